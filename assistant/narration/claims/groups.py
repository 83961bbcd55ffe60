"""Other rows beside the case: the most similar ones, those with one outcome, and, for experts, another case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.facts import CountFact, Difference
from assistant.narration.claims.weights import grammar
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags

MOST_PLAIN = 3


def similar(scene: Scene) -> Iterator[Claim]:
    """The headline: what the model says of the nearest rows, or that there are too few."""
    found = scene.facts.similar
    if found is None:
        return
    if found.n is None:
        yield scene.claim("too_few_alike", {"too_few": "similar.too_few"})
        return
    slots: Slots = {"n": _whole(scene, found.n, "similar.n"), **_counted(scene, found.counts or (), "similar.counts")}
    if found.mean is not None:
        slots["mean"] = Said(text=scene.score(found.mean) or "", facts=("similar.mean",))
    yield scene.claim("similar", _all(found.counts, found.n, "similar.counts"), slots)


def similar_private(scene: Scene) -> Iterator[Claim]:
    """That single rows are not shown, where some were asked for."""
    if scene.facts.top_k and scene.facts.similar and not scene.reader.technical:
        yield scene.claim("similar_private", {"asked": "top_k"})


def similar_truth(scene: Scene) -> Iterator[Claim]:
    """What really came out for them."""
    found = scene.facts.similar
    if found is None or found.n is None:
        return
    slots = _counted(scene, found.true_counts or (), "similar.true_counts")
    if found.true_mean is not None:
        slots["mean"] = Said(text=scene.score(found.true_mean) or "", facts=("similar.true_mean",))
    yield scene.claim("similar_truth", _all(found.true_counts, found.n, "similar.true_counts"), slots)


def similar_differences(scene: Scene) -> Iterator[Claim]:
    """What sets the case apart from them in what weighs most."""
    found = scene.facts.similar
    if found is None or found.n is None:
        return
    items = tuple(_apart(scene, d, f"similar.differences[{i}]") for i, d in _told(scene, found.differences))
    yield scene.claim("similar_differences", {} if items else {"alike": "similar.differences"}, {"items": items})


def similar_how(scene: Scene) -> Iterator[Claim]:
    """What alike means here."""
    if scene.facts.similar and scene.facts.similar.n is not None:
        yield scene.claim("similar_how")


def similar_rows(scene: Scene) -> Iterator[Claim]:
    """The nearest rows themselves, where the record holds them."""
    for t, table in enumerate(scene.facts.tables or ()):
        if table.name == "similar":
            items = tuple(_row(scene, row, f"tables[{t}].rows[{i}]") for i, row in enumerate(table.rows))
            yield scene.claim("similar_rows", {}, {"items": items})


def typical(scene: Scene) -> Iterator[Claim]:
    """The headline: what those with the outcome usually have, and others do not."""
    found = scene.facts.typical
    if found is None:
        return
    tags: Tags = {found.end: "typical.end"} if found.end else {}
    slots: Slots = {"having": Said(text=found.outcome, facts=("typical.outcome",))}
    if found.n is None or found.share is None:
        yield scene.claim("too_few_alike", {**tags, "too_few": "typical.too_few"}, slots)
        return
    items = tuple(_group(scene, d, f"typical.differences[{i}]") for i, d in _told(scene, found.differences))
    if not items:
        tags["alike"] = "typical.differences"
    if found.limit is not None:
        slots["limit"] = Said(text=scene.score(found.limit) or "", facts=("typical.limit",))
    slots |= {"items": items, "n": _whole(scene, found.n, "typical.n")}
    slots["share"] = Said(text=scene.speech.numbers.percent(found.share), facts=("typical.share",))
    yield scene.claim("typical", tags, slots)
    yield scene.claim("typical_n", tags, slots)


def typical_not_needed(scene: Scene) -> Iterator[Claim]:
    """That what is usual is not what is needed."""
    if scene.facts.typical and scene.facts.typical.n is not None:
        yield scene.claim("typical_not_needed")


def compare(scene: Scene) -> Iterator[Claim]:
    """Both results; or, without another case in the facts, that only one is told at a time."""
    found, outcome = scene.facts.compare, scene.facts.outcome
    if found is None:
        yield scene.claim("compare_one")
        return
    slots: Slots = {
        "other": Said(text=found.other, facts=("compare.other",)),
        "other_outcome": Said(text=found.outcome or "", facts=("compare.outcome",) if found.outcome else ()),
        "other_score": Said(text=scene.score(found.score) or "", facts=("compare.score",)),
    }
    tags: Tags = {} if outcome is None else {"same" if found.same_outcome else "differ": "compare.same_outcome"}
    yield scene.claim("compare", tags, slots)


def compare_differences(scene: Scene) -> Iterator[Claim]:
    """The features in which two cases differ, each with its attribution in either case, the furthest apart first."""
    found, exact = scene.facts.compare, scene.speech.numbers.exact
    if found is None:
        return
    for i, apart in enumerate(found.differences):
        claim = _apart(scene, apart, f"compare.differences[{i}]")
        weights: Slots = {
            name: Said(text=exact(number or 0.0, signed=True), facts=(f"compare.differences[{i}].{name}",))
            for name, number in (("weight_yours", apart.weight_yours), ("weight_theirs", apart.weight_theirs))
        }
        yield Claim(name="compare_line", tags=claim.tags, slots={**claim.slots, **weights})
    if found.rest is not None:
        rest = Said(text=exact(found.rest, signed=True), facts=("compare.rest",))
        yield scene.claim("compare_rest", {}, {"rest": rest})


def _told(scene: Scene, found: Sequence[Difference]) -> list[tuple[int, Difference]]:
    return list(enumerate(found))[: None if scene.reader.technical else MOST_PLAIN]


def _whole(scene: Scene, count: int, path: str) -> Said:
    return Said(text=scene.speech.numbers.whole(count), facts=(path,))


def _all(counts: Sequence[CountFact] | None, n: int, path: str) -> Tags:
    """`all` where one outcome holds for every row."""
    return {"all": f"{path}[0].share"} if counts and counts[0].n == n else {}


def _counted(scene: Scene, counts: Sequence[CountFact], path: str) -> Slots:
    items = tuple(
        scene.claim(
            "outcome_item",
            {},
            {
                "name": Said(text=c.name, facts=(f"{path}[{i}].name",)),
                "count": _whole(scene, c.n, f"{path}[{i}].n"),
            },
        )
        for i, c in enumerate(counts)
        if c.n
    )
    return {"items": items} | ({"only": items[0].slots["name"]} if items else {})


def _apart(scene: Scene, found: Difference, path: str) -> Claim:
    """What the case has and the others have not."""
    return _item(scene, found, path, found.comparison, "apart_item")


def _group(scene: Scene, found: Difference, path: str) -> Claim:
    """The same with the sides changed: what the group has and the rest have not."""
    turned = {"higher": "lower", "lower": "higher"}.get(found.comparison, found.comparison)
    return _item(scene, found, path, turned, "typical_item")


def _item(scene: Scene, found: Difference, path: str, compared: str, name: str) -> Claim:
    speech = scene.speech
    unit = (f"{path}.unit",) if found.unit else ()
    theirs, yours = (speech.value(v, found.unit, found.step) for v in (found.theirs, found.yours))
    if isinstance(found.theirs, float) and isinstance(found.yours, float):
        theirs, yours = speech.numbers.apart((found.theirs, found.yours), found.unit or "", found.step)
    tags: Tags = {found.kind: f"{path}.kind", compared: f"{path}.comparison", **grammar(scene, found.label)}
    if found.unit == "count":
        tags["counted"] = f"{path}.unit"
    slots: Slots = {
        "label": Said(text=found.label, facts=(f"{path}.label",)),
        "theirs": Said(text=theirs, facts=(f"{path}.theirs", *unit)),
        "yours": Said(text=yours, facts=(f"{path}.yours", *unit)),
    }
    return scene.claim(name, tags, slots)


def _row(scene: Scene, row: Sequence[object], path: str) -> Claim:
    shown = [v if isinstance(v, str) else scene.score(float(str(v))) or "" for v in row]
    names = ("id", "said", "true")
    slots: Slots = {n: Said(text=t, facts=(f"{path}[{i}]",)) for i, (n, t) in enumerate(zip(names, shown, strict=True))}
    return scene.claim("similar_row", {}, slots)
