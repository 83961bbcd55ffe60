"""How well questions are read: `python -m benchmarks.understanding [--wrong]`; PLAINWHY_DATA holds `questions/`."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from assistant.domains.description import read_description
from assistant.domains.reading import schema_of, vocabulary_of
from assistant.question import Question
from assistant.understanding.encoder import Encoder
from assistant.understanding.examples import Examples
from assistant.understanding.minilm import NumpyEncoder
from assistant.understanding.understand import Reading, Scope, understand

ANSWERED = frozenset(
    (
        "predict",
        "confidence",
        "why",
        "why_not",
        "for_and_against",
        "what_if",
        "importance",
        "known",
        "method",
        "help",
        "social",
        "out_of_scope",
    )
)
Row = dict[str, Any]


def main() -> None:
    folder = Path(os.environ.get("PLAINWHY_DATA", ".")) / "questions"
    if not folder.is_dir():
        sys.exit(f"There is no folder {folder}; name its parent in PLAINWHY_DATA.")
    score = _module(folder / "score.py")
    encoder = NumpyEncoder()
    examples = Examples.read("en", encoder)
    lay, dev = (score.read(folder / name) for name in ("lay_dev.jsonl", "dev.jsonl"))
    english = [r for r in lay if r["source"] == "lay-en"]
    compas = [{**r, "schema": "compas"} for r in dev if r["source"] == "ttm-compas"]
    scopes = _scopes(folder / "domains", encoder, examples)
    verbose = "--wrong" in sys.argv
    print(f"{'':38}{'n':>5}{'exact':>8}{'op set':>8}{'asked':>8}{'lost':>7}{'wrong':>8}{'p50 ms':>9}")
    for title, rows in (
        ("lay English", english),
        ("lay English, kinds answered", [r for r in english if _answered(r)]),
        ("lay English, follow-ups", [r for r in english if "turn_before" in r]),
        ("lay, all languages", lay),
        ("ttm-compas", compas),
        ("ttm-compas, gold not in doubt", [r for r in compas if not r["flags"]]),
    ):
        _line(
            title,
            rows,
            scopes,
            score,
            verbose and title == "lay English",
        )


def _line(title: str, rows: Sequence[Row], scopes: dict[str, Scope], score: ModuleType, verbose: bool) -> None:
    seconds, judged, lost = [], [], 0
    for row in rows:
        start = time.perf_counter()
        reading = _read(row, scopes[row["schema"]])
        seconds.append(time.perf_counter() - start)
        predicted = _prediction(reading)
        result = score.judge(row, predicted)
        nothing = not predicted["operations"] and not predicted["ask_back"]
        good = result["exact"] or (bool(reading.alternatives) and _offered(row, predicted, score))
        lost += nothing and not result["exact"]
        judged.append({**result, "good": good, "wrong": result["wrong"] and not nothing})
        if verbose and not good:
            print(f"  {reading.confidence:.2f} {row['text']!r}")
            print(f"      gold {json.dumps(row['gold'])}")
            print(f"      read {json.dumps(predicted)}")
    n = len(rows)
    share = {k: 100 * sum(j[k] for j in judged) / n for k in ("exact", "op-set", "asked", "wrong", "good")}
    print(
        f"{title:38}{n:>5}{share['exact']:>8.1f}{share['op-set']:>8.1f}{share['asked']:>8.1f}{100 * lost / n:>7.1f}"
        f"{share['wrong']:>8.1f}{1000 * float(np.median(seconds)):>9.1f}   right or rightly asked {share['good']:.1f}"
    )


def _offered(row: Row, predicted: Row, score: ModuleType) -> bool:
    """Whether asking back put a gold reading on offer."""
    return any(score.judge({**row, "flags": []}, {**o, "ask_back": []})["exact"] for o in predicted["ask_back"])


def _read(row: Row, scope: Scope) -> Reading:
    before = row.get("turn_before")
    previous = Question.from_json(before["gold"]) if before else None
    return understand(
        row["text"],
        Scope(
            schema=scope.schema,
            vocabulary=scope.vocabulary,
            language=scope.language,
            previous=previous,
            encoder=scope.encoder,
            examples=scope.examples,
        ),
    )


def _prediction(reading: Reading) -> Row:
    return {**reading.question.to_json(), "ask_back": [q.to_json() for q in reading.alternatives]}


def _answered(row: Row) -> bool:
    return {o["op"] for o in row["gold"]["operations"]} <= ANSWERED


def _scopes(folder: Path, encoder: Encoder, examples: Examples) -> dict[str, Scope]:
    found = {}
    for path in sorted(folder.glob("*.toml")):
        description = read_description(path)
        if not (description.outcomes or description.outcome):
            continue
        found[path.stem] = Scope(
            schema=schema_of(description),
            vocabulary=vocabulary_of(description),
            language="en",
            previous=None,
            encoder=encoder,
            examples=examples,
        )
    return found


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
