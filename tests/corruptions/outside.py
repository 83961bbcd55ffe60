"""Sentences that no record bears out, whatever it holds: causes in the world, advice, promises, what happened or will.

A record holds what a model computed for one case or group. It has no place for any of these claims, and a text that
claims what a record does not hold is unsupported; that is their proof.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.facts import Facts
from tests.corruptions.oracle import SPEECH, capital, forms, labels, plural

PROTECTED = ("sex", "age", "nationality")
CHANGEABLE = (
    "debt",
    "income",
    "savings",
    "loan",
    "rent",
    "payments",
    "utilisation",
    "body mass",
    "blood",
    "cholesterol",
    "area",
    "rooms",
    "temperature",
    "term",
    "text",
)
AT_MOST = 5
"""So many features of one record are spoken of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a sentence of this file is filled with: a feature of the record, another one, and what did not come out."""

    label: str
    other: str
    whose: str
    wanted: str

    def fill(self, text: str) -> str:
        """The template filled; {s} is the ending of a verb, {is_} and {was} agree too."""
        several = plural(self.label)
        name, named = f"{self.whose} {self.label}", SPEECH.named(self.label)
        return capital(
            text.format(
                label=named,
                bare=self.label,
                your=name,
                other=f"{self.whose} {self.other}",
                bare_other=SPEECH.named(self.other),
                wanted=self.wanted,
                whose=self.whose,
                s="" if several else "s",
                is_="are" if several else "is",
                was="were" if several else "was",
            )
        )


def about(facts: Facts) -> Iterator[About]:
    """The features of a record, each with the next and with what came out and what did not."""
    names = [
        name for name in sorted(labels(facts.record())) if len(name) > 2 and not SPEECH.label_tags(name) & {"verbal"}
    ]
    names = names if facts.definition is None or facts.definition.about == "feature" else []
    for i, label in enumerate(names[: AT_MOST if facts.reasons else 2]):
        yield About(
            label=label,
            other=names[(i + 1) % len(names)] if len(names) > 1 else "family size",
            whose=forms(facts)["possessive"] if facts.subject else "the",
            wanted=f"“{facts.outcome.alternatives[0]}”" if facts.outcome else "a better answer",
        )


def filled(facts: Facts, texts: Sequence[str]) -> Iterator[str]:
    """Each text about each feature; a few of them for each, in turn."""
    for i, one in enumerate(about(facts)):
        yield from (one.fill(text) for text in texts[i % 2 :: 2])


CAUSE = (
    "In real life, {label} lead{s} to bad results.",
    "{your} caused {other}.",
    "{label} {is_} what brings about {bare_other} in the real world.",
    "This shows that {label} really cause{s} such results, not only in the model.",
    "Because of {your}, {other} went wrong.",
    "If {your} were different, {other} would change as well, because the one causes the other.",
    "{your} {is_} the true cause of all this, in the world and not just in the model.",
    "People with such a value of {bare} end up worse because of it.",
)
ADVICE = (
    "You should change {your}.",
    "It would be wise to work on {your} first.",
    "We advise you to lower {your}.",
    "Try to raise {your} before you ask again.",
    "You had better do something about {your}.",
    "Please bring {your} down as soon as you can.",
    "The best thing to do now is to improve {your}.",
    "You ought to see someone about {your}.",
)
PROMISE = (
    "You will get {wanted} if you change {your}.",
    "Change {your}, and you will get {wanted}.",
    "With a better value of {bare}, {wanted} is guaranteed.",
    "We promise that the next answer will be {wanted}.",
    "As soon as {your} improve{s}, {wanted} is certain.",
    "You can count on {wanted} next time.",
    "A small change of {your} is sure to bring {wanted}.",
    "No one with another value of {bare} is ever refused {wanted}.",
)
TIME = (
    "{your} {was} changed last month.",
    "Last year, {your} counted in another way.",
    "Until last week, the result was {wanted}.",
    "Soon {your} will no longer matter.",
    "Yesterday the model said something else about {your}.",
    "From next year on, {your} will count more.",
)
TIME_OF_NUMBERS = (
    "Last month, {your} {was} higher.",
    "{your} will be higher next year.",
    "{your} {was} lower a year ago.",
    "Since 2021, {your} kept rising.",
    "{your} {is_} about to fall.",
)
OUTSIDE = (
    "The law requires that {label} {is_} weighed.",
    "Most banks weigh {label} in the same way.",
    "Experts agree that {label} matter{s} most.",
    "Studies have shown that {label} {is_} a risk.",
    "{your} {was} checked by a person.",
    "A doctor confirmed {your}.",
    "The average person in this country does better in {bare}.",
    "The company's policy forbids such a value of {bare}.",
    "Your neighbours do better in {bare}.",
    "The data on {label} were bought from a third party.",
)


def in_the_world(facts: Facts) -> Iterator[str]:
    """Causes in the world."""
    yield from filled(facts, CAUSE)


def advised(facts: Facts) -> Iterator[str]:
    """Advice."""
    yield from (
        one.fill(text)
        for i, one in enumerate(about(facts))
        if any(word in one.label for word in CHANGEABLE)
        for text in ADVICE[i % 2 :: 2]
    )


def promised(facts: Facts) -> Iterator[str]:
    """Promises of a result."""
    if facts.outcome or facts.score:
        yield from filled(facts, PROMISE)


def at_another_time(facts: Facts) -> Iterator[str]:
    """What was before, or will be."""
    if facts.subject:
        yield from filled(facts, TIME)
        counted = {r.label for r in facts.reasons or () if isinstance(r.value, int | float)}
        for i, one in enumerate(one for one in about(facts) if one.label in counted):
            yield from (one.fill(text) for text in TIME_OF_NUMBERS[i % 2 :: 2])
    yield from _other_period(facts)


def _other_period(facts: Facts) -> Iterator[str]:
    """A period in a label told as another: "in the last 12 months"."""
    record = json.dumps(facts.record())
    for reason in facts.reasons or ():
        if "last 24 months" in reason.label and "last 12 months" not in record and reason.value is not None:
            said = SPEECH.value(reason.value, reason.unit, reason.step)
            label = reason.label.replace("last 24 months", "last 12 months")
            yield f"{capital(forms(facts)['possessive'])} {label} ({said}) moved the score."
            yield f"There were {said} {label}."


def from_elsewhere(facts: Facts) -> Iterator[str]:
    """What other people, laws and studies say."""
    yield from filled(facts, OUTSIDE)


BASIS = (
    "{your} {is_} an acceptable reason to decide like this.",
    "It is right that {your} counted here.",
    "The law allows {label} to decide such cases.",
    "It was only fair to weigh {your}.",
    "Nothing is wrong with deciding by {bare}.",
    "{your} {is_} reason enough for this result.",
    "It is quite all right that the model looked at {bare}.",
    "{label} should count in every such case.",
)
PEOPLE = (
    "The result is what it is because she is a woman.",
    "Women are a worse risk.",
    "Older people are rightly treated in another way.",
    "A man would have got another answer.",
    "People from abroad are less reliable.",
    "Young people get better answers, as they should.",
    "The model decided by religion.",
    "Being a foreigner counted against you.",
    "Pregnancy was taken into account.",
    "A younger person would deserve a better result.",
    "The answer has to do with skin colour.",
    "Married people are preferred.",
)


def on_protected_ground(facts: Facts) -> Iterator[str]:
    """A protected ground called acceptable, or brought in; a record has no word on what is right."""
    for one in about(facts):
        if one.label in PROTECTED:
            yield from (one.fill(text) for text in BASIS)
    if facts.reasons and facts.subject:
        start = len(facts.model.name) + len(facts.subject.id) + len(facts.reasons)
        yield from (PEOPLE[(start + i * 5) % len(PEOPLE)] for i in range(6))


NO_DOUBT = (
    "It is certain that {your} decided this.",
    "{your} will definitely count in the same way again.",
    "{your} {is_} beyond question the reason.",
    "{your} {is_} certain to decide every such case.",
    "The model is absolutely sure about {your}.",
    "It has been proven that {your} settled the matter.",
)


def without_doubt(facts: Facts) -> Iterator[str]:
    """Certainty that no record has."""
    if facts.reasons:
        yield from filled(facts, NO_DOUBT)
