"""True sentences with a wrong name: of a feature, an outcome, a group of rows, a model; or in a wrong place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.narration.paths import at
from tests.corruptions.oracle import (
    SPEECH,
    Leaf,
    Record,
    Told,
    apart,
    capital,
    place_of,
    plural,
)

CLAIMED = (
    "value",
    "weight",
    "direction",
    "size",
    "rank",
    "from",
    "to",
    "yours",
    "theirs",
    "comparison",
    "used",
    "source",
    "up",
    "down",
    "agree",
    "share",
    "error",
    "reference.value",
    "reference.comparison",
)
"""Keys below a fact that has a label: what a sentence that rests on them says of it."""
IMPLIED: tuple[tuple[str, str, Any], ...] = (
    (r"cannot be told|not determined", "direction", "none"),
    (r"^Not known to the model|^Missing:", "value", None),
    (r"^The model is not shown|^Not an input", "used", False),
)
"""What a sentence says of each feature in it although it does not cite it: a key and its value."""
INVENTED = ("shoe size", "star sign", "postcode", "favourite colour", "body height", "blood group")
INVENTED_PLURAL = ("school marks", "parking fines", "online purchases", "library books")


def other_feature(told: Told) -> Iterator[str]:
    """A feature told as another of the same list, of which the record says something else: the most alike first."""
    for path in (p for p in told.paths if p.endswith("].label")):
        own, siblings = at(told.record, path.removesuffix(".label")), at(told.record, path.rpartition("[")[0])
        said = _said(told, path.removesuffix(".label"))
        found = [(_differing(own, other, said), other) for other in siblings if other["label"] != own["label"]]
        alike = sorted((pair for pair in found if pair[0]), key=lambda pair: (len(pair[0]), pair[1]["label"]))
        for differing, other in alike[:3]:
            if text := _renamed(told, own["label"], other["label"]):
                yield text
                whole = _revalued(text, own, other)
                if whole and {*differing} - {"value", "reference.value", "from", "to", "yours", "theirs"}:
                    yield whole


def _said(told: Told, item: str) -> tuple[str, ...]:
    """The keys below a fact that the sentence speaks of."""
    cited = {path.removeprefix(f"{item}.") for path in told.paths if path.startswith(f"{item}.")}
    implied = {key for pattern, key, _ in IMPLIED if re.search(pattern, told.text)}
    return tuple(key for key in CLAIMED if key in cited | implied)


def _differing(own: Record, other: Record, keys: tuple[str, ...]) -> tuple[str, ...]:
    tied = own.get("feature") in other.get("tied_with", ()) or other.get("feature") in own.get("tied_with", ())
    return tuple(key for key in keys if apart(_below(own, key), _below(other, key)) and not (tied and key == "rank"))


def _below(item: Record, key: str) -> Any:
    found: Any = item
    for step in key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _renamed(told: Told, label: str, other: str) -> str | None:
    """The text with another label, where the grammar stays; None where it does not, or where the label is not once."""
    place = place_of(told.text, label, told.book.labels)
    quoted = "verbal" in SPEECH.label_tags(label) | SPEECH.label_tags(other)
    if place is None or plural(label) != plural(other) or quoted or other.lower() in told.text.lower():
        return None
    return _put(told.text, place, other)


def _put(text: str, place: tuple[int, int], other: str) -> str:
    start, end = place
    return text[:start] + (capital(other) if text[start].isupper() and start == 0 else other) + text[end:]


def _revalued(text: str, own: Record, other: Record) -> str | None:
    """With the value of the other feature too; None where the value does not stand there once."""
    shown, wanted = (
        SPEECH.value(i.get("value"), i.get("unit"), i.get("step")) if "value" in i else "" for i in (own, other)
    )
    return text.replace(shown, wanted) if shown and shown != wanted and text.count(shown) == 1 else None


NAMING = re.compile(r"label|companions|moves|linked|unused|sparse|unusual_in")


def invented_feature(told: Told) -> Iterator[str]:
    """A feature told as one that no record has."""
    if not any(NAMING.search(path) for path in told.paths):
        return
    for i, label in enumerate(told.book.labels):
        place = place_of(told.text, label, told.book.labels)
        if place and "verbal" not in SPEECH.label_tags(label):
            names = INVENTED_PLURAL if plural(label) else INVENTED
            yield _put(told.text, place, names[(len(told.text) + i) % len(names)])


RESULT = (
    r"answer (?:for [^“]*)?is “{}”",
    r"^Prediction: {}(?=;)",
    r"model says “{}” for",
    r"decided for “{}”",
    r"^The decision is {}",
    r"^Decision by rule: {}",
    r"gave “{}” (?=for|to)",
    r"\bis “{}”, and the model says so too",
    r"came out for [^“]* is “{}”",
    r"^On record for [^“]* is “{}”",
    r"model got that wrong and says “{}”",
    r"true {}(?=[,.;])",
    r"predicted {}(?=[,.;])",
    r"would still say “{}”",
    r"still {}(?=;)",
    r"would say “{}”",
    r"\bto “{}”(?=[,. ])",
    r"instead of “{}”",
    r"→ {}(?=;)",
    r"\bsays “{}” in (?=\d)",
    r"\bchance of “{}” at\b",
    r"\bgives? “{}” a chance",
    r"\bP\({}\)",
    r"\bscore for “{}” is\b",
    r"^Behind {}",
    r"^Lead over {}",
    r"“{}” came",
    r"\bIts most frequent mistake was to say “{}”",
    r"\bto say “{}” where",
    r"said “{}”, that was right",
    r"truly were “{}”",
)
"""Where an outcome stands as what was, would be or really came out, or as that of which a score is told."""
OF_SCORE = re.compile(r"chance|P\\\(|score|gives|truly|said|came")


def other_outcome(told: Told) -> Iterator[str]:
    """An outcome told as another; where a score is told of it, the other has not that score."""
    known = outcomes(told.book.leaves)
    verb = told.facts.outcome.verb if told.facts.outcome else None
    for name in known:
        for other in (o for o in known if o != name):
            for pattern in RESULT:
                found = list(re.finditer(pattern.format(re.escape(name)), told.text)) if name in told.text else []
                if len(found) == 1 and _has_not(told, pattern, other):
                    yield told.text[: found[0].start()] + found[0][0].replace(name, other) + told.text[found[0].end() :]
            if verb and verb.endswith(f" {name}") and f" {verb}" in told.text:
                yield told.text.replace(verb, verb.removesuffix(name) + other, 1)


def _has_not(told: Told, pattern: str, other: str) -> bool:
    """Whether what is told cannot be true of the other outcome too."""
    if not OF_SCORE.search(pattern):
        return not _as_many(told, other)
    scores, score, effect = told.facts.scores or {}, told.facts.score, told.facts.effect
    alike = "score.cutoff" in told.paths or (effect is not None and effect.shape in ("flat", "mixed"))
    return score is not None and other in scores and apart(scores[other], score.value) and not alike


def _as_many(told: Told, name: str) -> bool:
    """Whether two outcomes were counted equally often, one of them this: either may stand for the other."""
    parts = (part for part in told.record.values() if isinstance(part, Mapping))
    for counts in (found for part in parts for key, found in part.items() if "counts" in key):
        own = [item["n"] for item in counts if item["name"] == name]
        if any(item["n"] in own for item in counts if item["name"] != name):
            return True
    return False


NAMED_OUTCOME = re.compile(
    r"^(?:outcome\.(?:name|alternatives\[)|what_if\.outcome_|(?:population|group_what_if|similar)\..*counts.*\.name)"
)


def outcomes(found: Sequence[Leaf]) -> tuple[str, ...]:
    """All outcomes a record names."""
    return tuple(dict.fromkeys(value for path, value, _ in found if NAMED_OUTCOME.search(path)))


OTHER_GROUPS = ("all women", "people of the same age", "approved cases only", "all cases of last year")


def other_scope(told: Told) -> Iterator[str]:
    """Rows other than those the record is about: another condition, all instead of some, another group of reference."""
    population = told.facts.population
    if population and population.filter and population.filter in told.text:
        yield from (told.text.replace(population.filter, other) for other in _other_filters(population.filter))
        if told.text.startswith(start := f"Where {population.filter}, "):
            yield f"In all cases, {told.text.removeprefix(start)}"
    group = next((r.compared.of for r in told.facts.reasons or () if r.compared), None)
    if group and f"among {group}" in told.text:
        yield from (told.text.replace(f"among {group}", f"among {other}") for other in OTHER_GROUPS)
    elif group and group in told.text and "reference" in " ".join(told.paths):
        yield told.text.replace(group, OTHER_GROUPS[len(told.text) % len(OTHER_GROUPS)])


def _other_filters(text: str) -> Iterator[str]:
    for word, other in (("above", "below"), ("below", "above"), ("age", "income"), ("all ", "a few ")):
        if re.search(rf"\b{word}", text):
            yield re.sub(rf"\b{word}", other, text, count=1)
    if re.search(r"\d", text):
        yield re.sub(r"\d+", lambda found: str(int(found[0]) * 2), text, count=1)


def other_name(told: Told) -> Iterator[str]:
    """The model, its version, its method, its data or the case by a wrong name."""
    facts = told.facts
    wrong = {facts.model.name: "house prices", facts.model.version[:19]: "sha256:0badc0de0bad"}
    if (
        facts.subject
        and facts.subject.id in told.text
        and re.match(rf"{facts.subject.noun} ", told.text, re.IGNORECASE)
    ):
        wrong[f"{capital(facts.subject.noun)} {facts.subject.id}"] = f"{capital(facts.subject.noun)} B-2041"
    if facts.data:
        wrong |= {facts.data.name: "car insurance claims", capital(facts.data.name): "Car insurance claims"}
        wrong |= {source: "the tax office" for source in (facts.data.source, *facts.data.sources) if source}
    wrong |= {k.source: "your employer" for k in facts.known or () if k.source}
    for name, other in wrong.items():
        if re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", told.text):
            yield told.text.replace(name, other)
    yield from _other_method(told)


METHODS = {
    "TreeSHAP": "KernelSHAP",
    "exact closed form": "sampled Shapley values",
    "sampled Shapley values": "occlusion",
    "interventional": "path-dependent",
    "converted from margins": "taken from margins without conversion",
    "Gower distance": "Euclidean distance",
    "split-conformal": "bootstrap",
    "Pairwise H": "Pairwise SHAP",
    "many small trees": "one single tree",
    "adds up points": "asks yes-or-no questions",
    "on average": "at most",
}


def _other_method(told: Told) -> Iterator[str]:
    for name, other in METHODS.items():
        if name in told.text and told.paths:
            yield told.text.replace(name, other, 1)
