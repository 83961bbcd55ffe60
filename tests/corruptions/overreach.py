"""True sentences that were made to claim more than a model's answer can bear: the world, the future, what is right.

Their words are nearly all our own, so that what is wrong with them is not that a word is strange.
"""

from __future__ import annotations

import re

from tests.corruptions.oracle import Told
from tests.corruptions.phrases import Swap, always, swaps


def _of_a_case(told: Told, match: re.Match[str]) -> bool:
    return told.facts.subject is not None


def _of_a_change(told: Told, match: re.Match[str]) -> bool:
    return told.facts.what_if is not None


def _against(told: Told, match: re.Match[str]) -> bool:
    """Whether it is about reasons against someone: only these would one think of changing, told to a lay reader."""
    plain = told.facts.subject is not None and "±" not in told.text
    return plain and {item.get("direction") for item in told.items} == {"against"}


CAUSALITY: tuple[Swap, ...] = swaps(
    [
        (
            r"^In general, (.*), the (more|less) the model leans towards (“[^”]*”)",
            r"In real life, \1, the \2 likely \3 is",
        ),
        (r"^In general, (.*), the (\w+) the model puts the", r"In real life, \1, the \2 the true"),
        (
            r"^In general, (.*), the (\w+) the chance that the model gives to",
            r"In real life, \1, the \2 the true chance of",
        ),
        (r"\bThis tells how the model decides, not what", "This tells not only how the model decides but what"),
        (r"\bthey do not show cause and effect", "they show cause and effect"),
        (r"\bit is not about cause and effect", "it is about cause and effect as well"),
        (r"\bwhat causes what is another matter", "and so it tells what causes what"),
        (r"^Describes the model, not cause and effect", "Describes cause and effect, not only the model"),
        (r"; not a causal effect", "; a causal effect"),
        (r"more often, not why", "more often, and why"),
        (r"\bit says nothing about how a change would come about", "it says how a change would come about"),
        (r"\b(counted|weighed) (\w+|a little) (for|against) you\b", r"\1 \2 \3 you in real life"),
        (r"\bmoved (it|the score for “[^”]*”|the prediction) (up|down)\b", r"caused \1 to go \2 in real life"),
        (r"\braised the prediction\b", "raised the true value"),
        (r"\blowered the prediction\b", "lowered the true value"),
        (r"\b(spoke|pointed) (\w+|a little) (for|towards|against|away from) (?=“)", r"\1 \2 \3 the true answer "),
        (r"\boften (goes|go) together with", r"often \1 up because of"),
    ],
    always,
)
ADVICE: tuple[Swap, ...] = (
    *swaps(
        [(r"^If (.*?) were (.*?) instead of (.*?)(?: and |, ).*", r"You should have \1 at \2 instead of \3.")],
        _of_a_change,
    ),
    *swaps([(r"\.$", "; you should change that."), (r"\.$", ", so this is what you should work on.")], _against),
)
PROMISE: tuple[Swap, ...] = swaps(
    [
        (r"\bnot a promise", "and a promise"),
        (r"\bno one can promise that result", "anyone can promise that result"),
        (r"\bthe model would say (?=“)", "you would be sure to get "),
        (r"\bthe model would still say (?=“)", "you would still be sure to get "),
        (r"\bthe model would put", "you would be sure to find"),
    ],
    always,
)
TIME: tuple[Swap, ...] = swaps(
    [
        (r"\bwas (declined|approved)\b", r"will be \1"),
        (r"\bthe last 24 months", "the last 12 months"),
        (r"(?<!both )\bcounted (?=strongly|somewhat|a little|slightly)", "used to count "),
        (r"(?<!both )\bspoke (?=strongly|somewhat|slightly)", "used to speak "),
        (r"\b(weighed|helped) (you (?:a \w+|\w+)|\w+ against you)", r"\1 \2 until last year"),
        (r"\b(is|are) (higher|lower) than usual", r"\1 now \2 than last year"),
        (r"\bmoved (it|the score for “[^”]*”|the prediction) (up|down)", r"moved \1 \2 last year"),
    ],
    _of_a_case,
)
PROTECTED: tuple[Swap, ...] = swaps(
    [
        (r"\bWe don't present this as", "We present this as"),
        (r"\bthe case is flagged for a person", "no person has to look at the case"),
        (r"\bit is a matter for a person to look at", "no person has to look at it"),
        (r"\bsensitive feature, flagged", "an acceptable feature"),
        (r"\ba person has to look at this case", "no person has to look at this case"),
        (r"\bsensitive feature among the reasons", "acceptable feature among the reasons"),
    ],
    always,
)
OUTSIDE: tuple[Swap, ...] = swaps(
    [
        (r"^The model also weighed", "The person who decided also weighed"),
        (r"^The model weighed", "The people who decided weighed"),
        (r"\b([Tt])he model's (answer|figure)", r"\1he doctor's \2"),
        (r"\bthe model put the chance", "a person put the chance"),
        (r"^The model gives “", "The law gives “"),
        (r"^A fixed rule\b", "A law of the country"),
        (r"\ba fixed rule\b", "a law of the country"),
    ],
    always,
)
