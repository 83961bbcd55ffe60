"""`plainwhy init` with its first answer on adult (32,561 rows): `python -m benchmarks.init`.

Each row is the command in a process of its own with an empty cache, from its start to its end. Adult is read from the
folder in PLAINWHY_DATA.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

TARGET = "income-per-year"
MOST_MB = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    what: str
    words: tuple[str, ...]
    most_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    seconds: float
    processor: float
    """Seconds that the processor worked for it: what the wall clock shows where nothing else runs."""
    model: float
    """Seconds of making the model ready: training it, or loading and checking it."""
    megabytes: float


def booster(folder: Path, table: pd.DataFrame) -> Path:
    """An xgboost model of the columns as they are, texts as categories."""
    import xgboost

    rows = table.drop(columns=TARGET)
    rows = rows.astype(dict.fromkeys(rows.select_dtypes("str").columns, "category"))
    model = xgboost.XGBClassifier(n_estimators=100, max_depth=6, enable_categorical=True)
    model.fit(rows, table[TARGET] == ">50K").save_model(folder / "model.json")
    return folder / "model.json"


def measured(run: Run, data: Path, folder: Path) -> Took:
    """One command, its wall time and the most memory it held."""
    home = folder / run.what.replace(" ", "-")
    code = "from assistant.interfaces.cli import main; main()"
    words = ["init", "--data", str(data), "--target", TARGET, "-o", str(home), "--json", *run.words]
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PLAINWHY_CACHE": str(home / "cache")},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        found = json.loads(process.stdout.read())
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = 0
    worked = usage.ru_utime + usage.ru_stime
    return Took(seconds=seconds, processor=worked, model=found["seconds"]["model"], megabytes=usage.ru_maxrss / 1024)


def main() -> None:
    named = os.environ.get("PLAINWHY_DATA")
    if not named:
        print("PLAINWHY_DATA is unset: there is no adult to draft from")
        return
    folder, data = Path(tempfile.mkdtemp()), Path(named) / "data" / "adult.csv"
    model = booster(folder, pd.read_csv(data, skipinitialspace=True).replace("?", np.nan))
    runs = (
        Run(what="no model given", words=(), most_seconds=40),
        Run(what="xgboost json", words=("--model", str(model)), most_seconds=10),
    )
    print("| adult, 32,561 rows | init and first answer | of it the model | processor | peak memory | bound |")
    print("| --- | --- | --- | --- | --- | --- |")
    for run in runs:
        took = measured(run, data, folder)
        met = "met" if took.seconds <= run.most_seconds and took.megabytes <= MOST_MB else "missed"
        times = " | ".join(f"{seconds:.1f} s" for seconds in (took.seconds, took.model, took.processor))
        print(f"| {run.what} | {times} | {took.megabytes:,.0f} MB | {met} ({run.most_seconds:g} s) |")


if __name__ == "__main__":
    main()
