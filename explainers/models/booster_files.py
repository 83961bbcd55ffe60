"""Files of boosted trees: xgboost .json and .ubj, lightgbm .txt, catboost .cbm and .json."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from explainers.models import ubjson
from explainers.models.model_file import ModelFile


def json_file(file: ModelFile) -> object:
    """The booster in a JSON file, of the library whose words it holds."""
    if not file.data.startswith(b"{"):
        raise file.damaged()
    return _catboost_json(file) if b'"oblivious_trees"' in file.data else xgboost_file(file)


def xgboost_file(file: ModelFile) -> object:
    """Its scikit-learn class where it was saved by one, else the bare booster."""
    xgboost = file.library("xgboost")
    if file.data[:1] != b"{" or (file.path.suffix.lower() == ".ubj" and not ubjson.whole(file.data)):
        raise file.damaged()
    booster = xgboost.Booster(model_file=bytearray(file.data))
    kind = json.loads(booster.attr("scikit_learn") or "{}").get("_estimator_type")
    if kind not in ("classifier", "regressor"):
        return booster
    model = xgboost.XGBClassifier() if kind == "classifier" else xgboost.XGBRegressor()
    model.load_model(bytearray(file.data))
    return model


def lightgbm_file(file: ModelFile) -> object:
    """A booster."""
    lightgbm = file.library("lightgbm")
    if not _whole_lightgbm(file.data):
        raise file.damaged()
    return lightgbm.Booster(model_str=file.data.decode("utf-8"))


def _whole_lightgbm(data: bytes) -> bool:
    """Whether every tree stands where the head says: lightgbm ends the program on files that are cut short."""
    sizes = re.search(rb"^tree_sizes=([\d ]+)\r?$", data, re.MULTILINE)
    at = data.find(b"Tree=0")
    if not data.startswith(b"tree") or sizes is None or at < 0 or b"\npandas_categorical:" not in data:
        return False
    for number, size in enumerate(map(int, sizes[1].split())):
        if not data.startswith(b"Tree=%d\n" % number, at):
            return False
        at += size
    return data.startswith(b"end of trees", at)


def catboost_file(file: ModelFile) -> object:
    """A model of catboost's own binary kind: `CBM1`, the size of its trees, the trees, and tables of categories."""
    catboost = file.library("catboost")
    if file.data[:4] != b"CBM1" or len(file.data) < 8 + int.from_bytes(file.data[4:8], "little"):
        raise file.damaged()
    return catboost.CatBoost().load_model(blob=file.data)


def _catboost_json(file: ModelFile) -> Any:
    catboost = file.library("catboost")
    if "model_info" not in json.loads(file.data):  # catboost takes what is cut short for a model of no trees
        raise file.damaged()
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "model.json"
        path.write_bytes(file.data)
        return catboost.CatBoost().load_model(str(path), format="json")
