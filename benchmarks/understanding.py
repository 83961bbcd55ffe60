"""How well questions are read: `python -m benchmarks.understanding [--wrong] [--kinds]`; PLAINWHY_DATA has the data."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from assistant.domains.description import read_description
from assistant.domains.reading import schema_of, vocabulary_of
from assistant.question import Question
from assistant.understanding.encoder import Encoder
from assistant.understanding.minilm import NumpyEncoder
from assistant.understanding.understand import Scope, understand

Row = dict[str, Any]
SCHEMAS = {"ttm-compas": "compas", "coxql-train": "coxql"}
COLUMNS = ("exact", "op-set", "merged", "filters", "asked", "silent", "wrong", "sure")
REWRITTEN, REWRITES = 50, 5


def main() -> None:
    """Prints a line for each source, and for each part of it."""
    folder = Path(os.environ.get("PLAINWHY_DATA", ".")) / "questions"
    if not folder.is_dir():
        sys.exit(f"There is no folder {folder}; name its parent in PLAINWHY_DATA.")
    score = _module(folder / "score.py")
    rows = [{"schema": SCHEMAS.get(r["source"]), **r} for r in (*score.read(folder / "lay_dev.jsonl"),
            *score.read(folder / "dev.jsonl"))]  # fmt: skip
    scopes = _scopes(folder / "domains", NumpyEncoder())
    judged = [_judged(row, scopes[row["schema"]], score) for row in rows]
    print(f"{'':34}{'n':>5}" + "".join(f"{column:>9}" for column in COLUMNS) + f"{'p50 ms':>9}{'p95 ms':>9}")
    by_source = {
        source: [j for j in judged if j["source"] == source] for source in dict.fromkeys(r["source"] for r in rows)
    }
    for source, found in by_source.items():
        _line(source, found)
        _parts(found)
    if "--kinds" in sys.argv:
        _kinds(judged)
    english = [row for row in rows if row["source"] == "lay-en" and "turn_before" not in row]
    print(f"\nSame reading after a rewrite: {_robustness(english, scopes):.1f} % of {REWRITTEN} x {REWRITES}")


def _parts(found: Sequence[Row]) -> None:
    parts: Mapping[str, Callable[[Row], bool]] = {
        "without a flag": lambda j: not j["flags"],
        "follow-ups": lambda j: j["follows"],
        "one operation": lambda j: j["operations"] == 1,
        "several operations": lambda j: j["operations"] > 1,
        "all rows or the case": lambda j: not j["filtered"],
        "with filters": lambda j: j["filtered"],
    }
    for title, holds in parts.items():
        if (some := [j for j in found if holds(j)]) and len(some) < len(found):
            _line(f"  {title}", some)


def _kinds(judged: Iterable[Row]) -> None:
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for one in judged:
        for kind in one["kinds"]:
            by_kind[kind].append(one)
    for kind in sorted(by_kind):
        _line(f"{kind}", by_kind[kind])


def _line(title: str, judged: Sequence[Row]) -> None:
    shares = "".join(f"{100 * sum(j[column] for j in judged) / len(judged):>9.1f}" for column in COLUMNS)
    times = [1000 * j["seconds"] for j in judged]
    print(f"{title:34}{len(judged):>5}{shares}{np.median(times):>9.1f}{np.quantile(times, 0.95):>9.1f}")


def _judged(row: Row, scope: Scope, score: ModuleType) -> Row:
    """`sure`: answered, and exactly right."""
    start = time.perf_counter()
    predicted = _prediction(row["text"], row.get("turn_before"), scope)
    seconds = time.perf_counter() - start
    result = score.judge(row, predicted)
    if "--wrong" in sys.argv and not result["exact"]:
        print(f"  {row['id']} {predicted['confidence']:.2f} {row['text']!r}\n      gold {json.dumps(row['gold'])}\n"
              f"      read {json.dumps(predicted)}")  # fmt: skip
    operations = {o["op"] for o in row["gold"]["operations"]}
    return {
        **result, "sure": result["exact"] and not result["asked"], "seconds": seconds, "source": row["source"],
        "flags": row["flags"], "follows": "turn_before" in row, "operations": len(operations), "kinds": operations,
        "filtered": bool(row["gold"]["filters"]),
    }  # fmt: skip


def _prediction(text: str, before: Mapping[str, Any] | None, scope: Scope) -> Row:
    previous = Question.from_json(before["gold"]) if before else None
    reading = understand(text, replace(scope, previous=previous))
    offered = [question.to_json() for question in reading.alternatives]
    asks = not reading.question.operations
    best = reading.alternatives[0] if asks and reading.alternatives else reading.question
    return {**best.to_json(), "confidence": reading.confidence, "ask_back": asks and (offered or True)}


def _robustness(rows: Sequence[Row], scopes: Mapping[str, Scope]) -> float:
    """The share of rewrites (case, typing errors, politeness, order of clauses) that are read as what they rewrite."""
    chosen = random.Random(0)
    same = []
    for row in chosen.sample(list(rows), REWRITTEN):
        scope = scopes[row["schema"]]
        own = understand(row["text"], scope)
        same += [
            understand(_rewritten(row["text"], way, chosen), scope).question == own.question for way in range(REWRITES)
        ]
    return 100 * sum(same) / len(same)


def _rewritten(text: str, way: int, chosen: random.Random) -> str:
    words = text.split()
    if way == 0:
        return text.upper()
    if way == 1:
        return chosen.choice(("please, {}", "hi, {}", "{} thanks", "{}, please", "could you tell me: {}")).format(text)
    if way == 2:
        return text.lower().rstrip("?!. ")
    if way == 3 and ", " in text:
        first, _, rest = text.rstrip("?!. ").partition(", ")
        return f"{rest}, {first}"
    long = [i for i, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if long:
        i, at = chosen.choice(long), chosen.randrange(1, 4)
        words[i] = words[i][:at] + words[i][at + 1] + words[i][at] + words[i][at + 2 :]
    return " ".join(words)


def _scopes(folder: Path, encoder: Encoder) -> dict[str, Scope]:
    found = {}
    for path in sorted(folder.glob("*.toml")):
        description = read_description(path)
        schema = schema_of(description)
        found[path.stem] = Scope(schema=schema, vocabulary=vocabulary_of(description, schema), language="en",
                                 previous=None, encoder=encoder)  # fmt: skip
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
