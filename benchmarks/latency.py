"""Warm "why?", from text to stored answer, beside the bare attribution call: `python -m benchmarks.latency`.

Both are timed in turn in one process, 60 cases each; the hops are timed one by one on the same cases. Adult is read
from the folder in PLAINWHY_DATA; without it that row is left out, saying so.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from assistant.dialogue import Assistant, words_in
from assistant.narration.narrate import narrate
from assistant.questions import Context
from assistant.questions.reasons import reasons_facts
from assistant.session import Reader
from assistant.understanding.minilm import NumpyEncoder
from explainers.attribution import choose

CASES = 60
QUESTION = "Why was it decided like that?"  # not one of the stored phrasings, so the encoder works


def milliseconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1e3


def adult(folder: Path, data: Path) -> Path:
    """A domain of one's own: an xgboost model of adult, given as a file, told by an inferred schema."""
    import xgboost

    table = pd.read_csv(data / "data" / "adult.csv", skipinitialspace=True).replace("?", np.nan)
    target = table.pop("income-per-year")
    codes = table.select_dtypes("str").columns
    for column in codes:
        table[column] = table[column].astype("category").cat.codes.replace(-1, np.nan)
    model = xgboost.XGBClassifier(n_estimators=100, max_depth=6, n_jobs=1).fit(table, target == ">50K")
    model.get_booster().save_model(folder / "model.json")
    table.assign(income=(target == ">50K").astype(int)).to_csv(folder / "adult.csv", index=False)
    (folder / "domain.toml").write_text(
        'title = "Adult"\nsubject = "person"\n[data]\npath = "adult.csv"\ntarget = "income"\n'
        '[model]\npath = "model.json"\n[outcomes]\n1 = { name = "above 50,000" }\n0 = { name = "up to 50,000" }\n'
    )
    return folder / "domain.toml"


def measured(assistant: Assistant) -> dict[str, float]:
    """Median and 95th percentile of a warm answer, medians of the bare call and of each hop, in milliseconds."""
    domain, words, reader = assistant.domain, words_in("en"), Reader()
    target = domain.schema.favourable or domain.schema.targets[0]
    explainer = choose(domain.model, target)
    whole, bare = [], []
    hops: dict[str, list[float]] = {"understand": [], "facts": [], "words": []}
    for id_ in domain.cases.ids[: CASES + 5]:
        session = assistant.start(case=id_, reader=reader)
        frame = domain.schema.frame([session.case])
        bare.append(milliseconds(lambda: explainer.explain(domain.model, frame, target)))  # noqa: B023  # called at once
        whole.append(milliseconds(lambda: assistant.ask(session, QUESTION)))  # noqa: B023
        context = Context(domain=domain, case=session.case, reader=reader)
        hops["understand"].append(milliseconds(lambda: assistant.read(session, QUESTION)))  # noqa: B023
        facts = reasons_facts("why", context)
        hops["facts"].append(milliseconds(lambda: reasons_facts("why", context)))  # noqa: B023
        hops["words"].append(milliseconds(lambda: narrate(facts, reader, words)))  # noqa: B023
    warm = slice(5, None)
    stored = np.array(whole[warm]) - sum(np.array(hops[name][warm]) for name in ("understand", "facts", "words"))
    return {
        "bare p50": float(np.median(bare[warm])),
        "why p50": float(np.median(whole[warm])),
        "why p95": float(np.quantile(whole[warm], 0.95)),
        **{name: float(np.median(values[warm])) for name, values in hops.items() if values},
        "store": float(np.median(stored)),
    }


def main() -> None:
    room, encoder = Path(tempfile.mkdtemp()), NumpyEncoder()
    names = ["biopsy", "progression", "loan"]
    data = os.environ.get("PLAINWHY_DATA")
    if data:
        names.append(str(adult(room, Path(data))))
    else:
        print("PLAINWHY_DATA is unset: adult is left out")
    print("| domain | bare p50 | why p50 | why p95 | above bare | understand | facts | words | store | bound |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name in names:
        found = measured(Assistant.for_domain(name, store=room / "store.sqlite", encoder=encoder))
        above = found["why p50"] - found["bare p50"]
        met = "met" if above <= 35 and found["why p95"] <= 150 else "missed"
        title = "adult (xgboost)" if name.endswith(".toml") else name
        cells = [found[k] for k in ("bare p50", "why p50", "why p95")] + [above]
        cells += [found[k] for k in ("understand", "facts", "words", "store")]
        print(f"| {title} | " + " | ".join(f"{value:.1f}" for value in cells) + f" | {met} |")


if __name__ == "__main__":
    main()
