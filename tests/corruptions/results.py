"""False sentences about a result, how sure it is, what a change would do and what matters, in other words than ours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from assistant.facts import Facts
from tests.corruptions.directions import moved
from tests.corruptions.oracle import SPEECH, apart, capital, plural


def wrong_certainty(facts: Facts) -> Iterator[str]:
    """More sure, or less, than the record says; and certainty that no record has."""
    certainty = facts.certainty
    if certainty is None:
        return
    yield from (
        "The model is certainly right about this.",
        "There is no doubt about this result.",
        "This result is bound to be right.",
        "The model cannot be wrong here.",
    )
    if certainty.band == "close":
        yield from ("It was not a close call.", "The score is nowhere near the line.", "The result is clear-cut.")
    if certainty.band == "clear":
        yield from ("It was a very close call.", "The score lies right at the line.", "It was a near thing.")
    if certainty.unusual:
        yield from ("This case is quite an ordinary one.", "There is nothing unusual about this case.")
    elif certainty.unusual is False:
        yield from ("This case is highly unusual.", "The model has hardly seen cases like this one.")
    if facts.score and facts.score.calibrated is False:
        yield "The percentages of this model have been shown to hold."


def wrong_result(facts: Facts) -> Iterator[str]:
    """Another outcome than there was, or a score on the wrong side of the line."""
    outcome, score = facts.outcome, facts.score
    if outcome and facts.what_if is None and facts.group_what_if is None:
        for other in outcome.alternatives[:2]:
            if outcome.by != "rule":
                yield f"The model came out in favour of “{other}”."
            if facts.truth is None and facts.compare is None:
                yield f"The result is “{other}” and not “{outcome.name}”."
    if score and score.cutoff is not None and score.value != score.cutoff:
        side = "below" if score.value > score.cutoff else "above"
        yield f"The score for “{score.of}” lies {side} the line."
    if score and score.base is not None and score.value != score.base:
        end = "higher" if score.value < score.base else "lower"
        yield f"The score ended up {end} than its starting point."


def wrong_change(facts: Facts) -> Iterator[str]:
    """What a change would do, the other way round, or not at all."""
    found, of = facts.what_if, facts.score.of if facts.score else ""
    if found is None or not moved(facts):
        return
    word = "lower" if moved(facts) > 0 else "raise"
    yield f"This change would {word} the score for “{of}”."
    yield f"With this change, the score for “{of}” would be {word.rstrip('e')}ed."
    if not found.slight:
        yield f"This change would make no difference to the score for “{of}”."
    if found.outcome_before != found.outcome_after:
        yield f"Even so, the model would still say “{found.outcome_before}”."
        yield "The result would stay the same."
    elif found.outcome_before:
        yield f"The model would no longer say “{found.outcome_before}”."


def wrong_importance(facts: Facts) -> Iterator[str]:
    """Of two features of unlike importance, the lesser told as the greater, or as no different."""
    ranked = sorted(facts.population.importance or () if facts.population else (), key=lambda one: one.rank)
    for one, other in combinations(ranked, 2):
        if other.feature not in one.tied_with and apart(one.weight, other.weight):
            less, more = SPEECH.named(other.label), SPEECH.named(one.label)
            yield f"{capital(less)} {_matter(other.label)} more to the model than {more}."
            yield f"{capital(more)} {_matter(one.label)} less to the model than {less}."
            yield f"{capital(more)} and {less} matter about equally."
            yield f"What the model leans on most is {less}."


def _matter(label: str) -> str:
    return "matter" if plural(label) else "matters"
