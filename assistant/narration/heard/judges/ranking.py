"""Claims about order over many cases: what weighs or matters most, what is level, and the share of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import says
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.judges.groups import pulls
from assistant.narration.heard.judges.population import in_scope
from assistant.narration.heard.names import Record

PLACES = ("r_first", "r_second", "r_third", "r_fourth", "r_fifth", "r_sixth")
ORDINALS = {"second": 2, "third": 3, "fourth": 4}
TOLD = ("listed", "named", "told", "given", "shown")
ALL = 0.985
"""The shares of a whole list sum to so much at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A list of features by how much each weighs or matters, and whether it is all of them."""

    path: str
    entries: Sequence[Mapping[str, Any]]
    whole: bool

    @classmethod
    def of(cls, record: Record) -> Ranked:
        """The reasons of a group, or the importance of features. KeyError where there are none."""
        if "group_why" in record:
            found = record["group_why"]
            return cls(
                path="group_why.reasons", entries=found["reasons"], whole=found["total"] == len(found["reasons"])
            )
        entries = record["population"]["importance"]
        whole = sum(entry.get("share", 0.0) for entry in entries) > ALL
        return cls(path="population.importance", entries=entries, whole=whole)

    def entry(self, part: Node) -> Mapping[str, Any]:
        """The one that a part names. KeyError where it is not on the list."""
        named = part.all("feature")
        if len(named) != 1:
            raise KeyError("one feature is meant")
        found = next((e for e in self.entries if e["feature"] in named[0].value), None)
        if found is None:
            raise KeyError("not on the list")
        return found


def tied(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether two features are too close to be told apart."""
    return second["feature"] in first.get("tied_with", ()) or first["feature"] in second.get("tied_with", ())


def _named(claim: Node, ranked: Ranked) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    first, second = claim.first("r_thing"), claim.first("r_other")
    if first is None:
        raise KeyError("no feature is named")
    entry, other = ranked.entry(first), ranked.entry(second) if second else None
    if entry is other:
        raise KeyError("one is named twice")
    return entry, other


def _place(node: Node, ranked: Ranked) -> int:
    rule = next((rule for rule in PLACES if node.has(rule)), None)
    if rule is not None:
        return PLACES.index(rule) + 1
    if not ranked.whole:
        raise KeyError("not all are told")
    return len(ranked.entries)


def rank(claim: Node, record: Record) -> Judged:
    """ "debt ranks first and income second, although the two are tied"."""
    ranked = Ranked.of(record)
    first, second = _named(claim, ranked)
    facts, text = (f"{ranked.path}.rank", f"{ranked.path}.tied_with"), f" {claim.text} "
    if not in_scope(claim, record):
        return false("it is about other cases", *facts)
    places = _places(claim, ranked)
    third = claim.first("r_next")
    entries = (first, second, ranked.entry(third)) if third else (first, second)
    for entry, place in zip(entries, places, strict=False):
        if entry is None or entry["rank"] != place:
            return false("it stands at another place", *facts)
    if " ahead of " in text and not _ahead(first, second, just=" one " in text):
        return false("it does not come just before that", *facts)
    if " only " in text and " second only to " not in text and first["rank"] == 1:
        return false("it comes first", *facts)
    if claim.has("r_two_tied") and (second is None or not tied(first, second)):
        return false("they are not tied", *facts)
    if not _measured(claim, record) or not _is_amount(claim, first, second, record):
        return false("the number beside it is another", *facts)
    return Judged(facts=facts) if places else false("no place is named")


def _places(claim: Node, ranked: Ranked) -> list[int]:
    """The places that a text gives, left to right."""
    text = f" {claim.text} "
    if " second only to " in text:
        return [2, 1]
    places = [_place(node, ranked) for node in claim.all("r_place")]
    return [1, *places] if claim.has("r_top_list") or " takes first place " in text else places


def _ahead(first: Mapping[str, Any], second: Mapping[str, Any] | None, *, just: bool) -> bool:
    """Whether one stands before another, one place before it where that is said."""
    if second is None:
        return False
    places = int(second["rank"]) - int(first["rank"])
    return places == 1 if just else places > 0


def _is_amount(claim: Node, first: Mapping[str, Any], second: Mapping[str, Any] | None, record: Record) -> bool:
    """Whether the share or weight that is told beside a place is that of the feature."""
    if times := claim.first("r_times_of"):
        ratio = first["share"] / second["share"] if second else 0.0
        if not ratio or (ratio < 0.5) != times.text.startswith("not even"):
            return False
    if (pull := claim.first("g_pull")) and not pulls(pull, first["weight"], record["group_why"]):
        return False
    said = claim.first("r_share_behind")
    return said is None or _is_share(said, float(first["share"]))


def _measured(claim: Node, record: Record) -> bool:
    """Whether it is measured over so many cases as is said, if it is: all of the group, or those explained."""
    over = claim.first("r_over")
    if over is None:
        return True
    population = record["population"]
    explained = population.get("explained") or record.get("group_why", {}).get("explained")
    n = explained if over.text.startswith("drawn") or explained is not None else population["n"]
    return n is not None and all(says(node, n) for node in over.all("size_n"))


def most(claim: Node, record: Record) -> Judged:
    """ "of the three factors listed, credit history matters least"."""
    ranked = Ranked.of(record)
    entry, other = _named(claim, ranked)
    facts, text = (f"{ranked.path}.rank", f"{ranked.path}.weight"), f" {claim.text} "
    if not in_scope(claim, record) or not _listed(claim, ranked):
        return false("it is about others", *facts)
    if claim.has("r_least", "r_low", "r_less_than") or " rear " in text:
        if not ranked.whole and not claim.has("r_ranked"):
            return false("not all features are told", *facts)
        others = [other for other in ranked.entries if other is not entry]
        fine = all(abs(other["weight"]) > abs(entry["weight"]) and not tied(entry, other) for other in others)
    else:
        place = next((n for word, n in ORDINALS.items() if f" {word} most " in text), 1)
        fine = entry["rank"] == place
    if (said := claim.first("portion")) and not says(said, entry["share"], unit="%"):
        return false("its share is another", *facts)
    if " followed by " in text and (other is None or other["rank"] != entry["rank"] + 1):
        return false("another one follows", *facts)
    if claim.has("r_two_tied") and (other is None or not tied(entry, other)):
        return false("they are not tied", *facts)
    return Judged(facts=facts) if fine else false("another one does", *facts)


def most_on_a_side(claim: Node, record: Record) -> Judged:
    """ "debt was the strongest factor against approval"."""
    found, ranked = record["group_why"], Ranked.of(record)
    entry, _ = _named(claim, ranked)
    sign = _side(claim, found)
    counting = [e for e in ranked.entries if e["weight"] * sign > 0 and e["direction"] != "none"]
    facts = (f"{ranked.path}.rank", f"{ranked.path}.direction")
    fine = in_scope(claim, record) and counting and min(counting, key=lambda e: int(e["rank"])) is entry
    return Judged(facts=facts) if fine else false("another one does", *facts)


def _listed(claim: Node, ranked: Ranked) -> bool:
    return all(node.parts[0].value.value == len(ranked.entries) for node in claim.all("listed_n"))


def most_both(claim: Node, record: Record) -> Judged:
    """ "debt and income are what the model relies on most"."""
    ranked = Ranked.of(record)
    first, second = _named(claim, ranked)
    facts, text = (f"{ranked.path}.rank", f"{ranked.path}.tied_with"), f" {claim.text} "
    if second is None or {first["rank"], second["rank"]} != {1, 2} or not in_scope(claim, record):
        return false("others matter more", *facts)
    level = claim.has("r_two_tied", "r_so_little") or " share " in text
    return Judged(facts=facts) if not level or tied(first, second) else false("they are not tied", *facts)


def more(claim: Node, record: Record) -> Judged:
    """ "income matters more to the model than missed payments"."""
    ranked = Ranked.of(record)
    first, second = _named(claim, ranked)
    facts, text = (f"{ranked.path}.rank", f"{ranked.path}.weight"), f" {claim.text} "
    if second is None or not in_scope(claim, record):
        return false("it is about others", *facts)
    if claim.has("r_less", "r_behind", "r_attention_less") or " less weight " in text:
        first, second = second, first
    by_rank = claim.has("r_ahead", "r_behind") and " outweighs " not in text
    fine = first["rank"] < second["rank"] and (by_rank or not tied(first, second))
    return Judged(facts=facts) if fine else false("it does not", *facts)


def level(claim: Node, record: Record) -> Judged:
    """ "debt and income are on a par"."""
    ranked = Ranked.of(record)
    first, second = _named(claim, ranked)
    facts = (f"{ranked.path}.tied_with",)
    if second is None or not in_scope(claim, record) or not tied(first, second):
        return false("they are not tied", *facts)
    if side := claim.first("g_against"):
        found = record["group_why"]
        named = side.first("outcome")
        sign = {found["of"]: 1, found.get("other"): -1}[named.value if named else None]
        sign = -sign if side.text.startswith("against") else sign
        if any(entry["weight"] * sign <= 0 or entry["direction"] == "none" for entry in (first, second)):
            return false("they count the other way", *facts)
    return Judged(facts=facts)


def share(claim: Node, record: Record) -> Judged:
    """ "missed payments make up about 14 % of the importance"."""
    ranked = Ranked.of(record)
    if ranked.path != "population.importance":
        raise KeyError("a reason has no share")
    first, second = _named(claim, ranked)
    facts = (f"{ranked.path}.share",)
    if not in_scope(claim, record) or not _measured(claim, record):
        return false("it is about other cases", *facts)
    together = any(word in f" {claim.text} " for word in (" together ", " between them "))
    value = first["share"] + (second["share"] if second and together else 0.0)
    said = claim.first("r_share") or claim.first("portion")
    if said is not None and not _is_share(said, value):
        return false("its share is another", *facts)
    if times := claim.first("r_times"):
        if second is None or not _times(claim, times, first["share"] / second["share"]):
            return false("it is another part of that", *facts)
    elif second is not None and not together:
        return false("whose share it is is not said", *facts)
    theirs = claim.first("portion_of")
    if theirs is not None and (second is None or not says(theirs, second["share"], unit="%")):
        return false("its share is another", *facts)
    return Judged(facts=facts)


def _side(claim: Node, found: Mapping[str, Any]) -> int:
    """The sign of the weights that a text speaks of: of an outcome, of the score, or for and against."""
    sign = -1 if claim.has("r_side_minus", "r_hurt_verb", "r_down") else 1
    side = next((claim.first(rule) for rule in ("r_side", "r_goal", "r_score") if claim.has(rule)), None)
    named = side.first("outcome") if side else None
    if named is not None:
        return {found["of"]: sign, found.get("other"): -sign}[named.value]
    if side is not None and (side.rule == "r_score" or side.has("r_score")):
        return sign
    known = [e for e in found["reasons"] if e["direction"] in ("for", "against")]
    ways = {e["direction"]: 1 if e["weight"] > 0 else -1 for e in known}
    return sign * ways.get("for", -ways["against"])


def shares(claim: Node, record: Record) -> Judged:
    """ "missed payments account for 14 % and the housing situation for 5 % of the importance"."""
    ranked = Ranked.of(record)
    if ranked.path != "population.importance" or not in_scope(claim, record):
        raise KeyError("a reason has no share")
    first, _ = _named(claim, ranked)
    told = [(first, next(part for part in claim.parts if part.rule == "r_share"))]
    told += [(ranked.entry(part), part) for part in claim.all("r_rest_share")]
    fine = all(_is_share(said, entry["share"]) for entry, said in told)
    fine = fine and len({entry["feature"] for entry, _ in told}) == len(told)
    facts = (f"{ranked.path}.share",)
    return Judged(facts=facts) if fine else false("its share is another", *facts)


def _is_share(said: Node, value: float) -> bool:
    if between := said.first("r_between"):
        low, high = (node.value.value for node in between.all("number"))
        return bool(low <= value * 100 <= high)
    return says(said, value, unit="%")


def _times(claim: Node, times: Node, ratio: float) -> bool:
    wanted, hedge = 0.5 if times.text == "half" else 2.0, claim.first("r_hedge_times")
    if hedge is None:
        return abs(ratio - wanted) <= 0.02 * wanted
    return ratio > wanted if hedge.text in ("more than", "over") else ratio < wanted


JUDGES: Judges = {
    "rank_is": rank,
    "rank_most": most,
    "rank_side": most_on_a_side,
    "rank_shares": shares,
    "rank_most_both": most_both,
    "rank_more": more,
    "rank_tied": level,
    "rank_share": share,
}
"""By the claim each judges."""
