"""True sentences denied, or told with another degree of certainty, or of more or fewer than the record says."""

from __future__ import annotations

import re

from tests.corruptions.oracle import Told
from tests.corruptions.phrases import Proof, Swap, always, swaps

# How sure.


def _band(wanted: str) -> Proof:
    return lambda told, _: bool(told.facts.certainty and told.facts.certainty.band == wanted)


def _firm(wanted: bool) -> Proof:
    """As the record says, and as the error bars of the weightiest say; where they differ, nothing is proven."""

    def proof(told: Told, match: re.Match[str]) -> bool:
        weighty = (told.facts.reasons or ())[:4]
        bars = all(r.direction != "none" and abs(r.weight) >= 2 * (r.error or 0) for r in weighty)
        return bool(told.facts.certainty and told.facts.certainty.firm is wanted and bars is wanted)

    return proof


def _usual(told: Told, match: re.Match[str]) -> bool:
    return bool(told.facts.certainty and told.facts.certainty.unusual)


CERTAINTY: tuple[Swap, ...] = (
    *swaps(
        [
            (r"\bIt was close: the score lies near", "It was not close: the score lies far from"),
            (r"\bThis was a close call", "This was not a close call"),
            (r"\bis near the line", "is far from the line"),
            (r"\bso it was close\b", "so it was not close"),
            (r"\bIt was close: “", "It was not close: “"),
            (r"\bNot very sure\b", "Very sure"),
            (r"\bis not very sure", "is very sure"),
            (r"\(close\)", "(clear)"),
            (r"\blies near the line", "lies far from the line"),
            (r"\bcame just behind", "came far behind"),
            (r"\bclose to the line", "far from the line"),
            (r"\bwas a close call\b", "was clear"),
            (r"boundary: close", "boundary: clear"),
            (r"\bthis was a close call", "this was far from a close call"),
            (r"\bso the model is not very sure", "yet the model is sure"),
        ],
        _band("close"),
    ),
    *swaps(
        [
            (r"\bsome way from the line, but not far", "right at the line"),
            (r"\(moderate\)", "(close)"),
            (r"\bsome way from the line(?!, but)", "far from the line"),
            (r"\bNot beyond doubt", "Beyond doubt"),
            (r"\bThere is room for doubt", "There is no room for doubt"),
            (r"\(moderate\)", "(clear)"),
            (r"\bcame some way behind", "came just behind"),
            (r"\bkeeps some distance from the line, though not a great deal", "lies right at the line"),
            (r"\bis not right at the line, yet not far from it", "is right at the line"),
        ],
        _band("moderate"),
    ),
    *swaps(
        [
            (r"\bIt was not a close call", "It was a close call"),
            (r"\bfar from the line\b", "near the line"),
            (r"\bwell away from the line", "close to the line"),
            (r"\bso it was not close", "so it was close"),
            (r"\ba long way from the line", "a short way from the line"),
            (r"\bSure by its own measure", "Unsure by its own measure"),
            (r"\bthe model is sure", "the model is not sure"),
            (r"\bwas far behind", "was just behind"),
            (r"\(clear\)", "(close)"),
        ],
        _band("clear"),
    ),
    *swaps(
        [
            (r"\bis well settled", "is not settled"),
            (r"\bit is well settled", "it is not settled"),
            (r"\bIt is well settled", "It is not settled"),
            (r"\bat least two standard errors from zero", "within two standard errors of zero"),
        ],
        _firm(True),
    ),
    *swaps(
        [
            (r"\bNot all of it is firm", "All of it is firm"),
            (r"\bare not firm", "are firm"),
            (
                r"\bat least one weighty fact, it is not settled which way",
                "every weighty fact, it is settled which way",
            ),
            (
                r"\bfor at least one weighty fact, the direction is not settled",
                "for every weighty fact, the direction is settled",
            ),
            (r"\bAt least one main contribution is within", "No main contribution is within"),
        ],
        _firm(False),
    ),
    *swaps(
        [
            (r"\bless sure", "more sure"),
            (r"\bis unlike most", "is like most"),
            (r"\bis unusual in", "is not unusual in"),
            (r"\bOut of distribution\b", "In distribution"),
            (r"\bhas seen few cases", "has seen many cases"),
            (r"\bunusual case", "usual case"),
        ],
        _usual,
    ),
    *swaps(
        [
            (r"\bcannot be told", "can be told for certain"),
            (r"\bmay well differ from", "cannot differ from"),
            (r"\bOnly roughly", "Exactly"),
            (r"\bcannot be exact", "is exact"),
            (r"\bis not exact enough", "is exact enough"),
            (r"\bnot calibrated\b", "calibrated"),
            (r"\bSign not determined", "Sign determined"),
            (r"\bhas seen few cases near", "has seen many cases near"),
            (r"\bchances are not proven", "chances are proven"),
            (r"\bthere the answer is less sure", "there the answer is as sure"),
            (r"\bfew training rows near", "many training rows near"),
            (r"\bso this answer is less sure", "so this answer is more sure"),
            (r"\bso this is less sure", "so this is more sure"),
            (r"\btoo few to rely on", "enough to rely on"),
            (r"\bshould lie between", "is certain to lie between"),
        ],
        always,
    ),
)


# Negation.

BASE = {
    "counted": "count",
    "weighed": "weigh",
    "spoke": "speak",
    "pointed": "point",
    "pushed": "push",
    "raised": "raise",
    "lowered": "lower",
    "brought": "bring",
}
NEGATION: tuple[Swap, ...] = swaps(
    [
        *((rf"\bboth {past}\b", f"did not both {base}") for past, base in BASE.items()),
        (r"(?<!both )\bcounted (?=strongly|somewhat|a little|slightly)", "did not count "),
        (r"(?<!both )\bweighed (?=heavily|somewhat|slightly)", "did not weigh "),
        (r"(?<!both )\bhelped (?=you|it)", "did not help "),
        (r"(?<!both )\bspoke (?=strongly|somewhat|slightly)", "did not speak "),
        (r"(?<!both )\bpointed (?=strongly|somewhat|a little)", "did not point "),
        (r"(?<!both )\bpushed the prediction (?=up|down)", "did not push the prediction "),
        (r"(?<!both )\braised the prediction", "did not raise the prediction"),
        (r"(?<!both )\blowered the prediction", "did not lower the prediction"),
        (r"(?<!both )\bbrought the prediction", "did not bring the prediction"),
        (r"\bmoved (?=it|the score|the pred)", "did not move "),
        (r"\bis (higher|lower) than usual", r"is not \1 than usual"),
        (r"\bthat is (more|less) than usual", r"that is not \1 than usual"),
        (r"\bare (higher|lower) than usual", r"are not \1 than usual"),
        (r"\bwas (declined|approved)\b", r"was not \1"),
        (r"\banswer (for [^“]*)?is “", r"answer \1is not “"),
        (r"(?<!this )\bspeaks (for|against)", r"does not speak \1"),
        (r"(?<!this )\bpoints (towards|away)", r"does not point \1"),
        (r"\bspeak (for|against)", r"do not speak \1"),
        (r"(?<!to )\bpoint (towards|away)", r"do not point \1"),
        (r"\bNot known to the model", "Known to the model"),
        (r"\bThe model is not shown", "The model is shown"),
        (r"\bThe model does not know", "The model knows"),
        (r"\bThe model is not given", "The model is given"),
        (r"\bWhich way ([^.]*) cannot be told", r"Which way \1 can be told"),
        (r"\bNot an input", "An input"),
        (r"\bwould change (from “[^”]*” to “[^”]*”)(?! in)", r"would not change \1"),
        (r"\bwould still say", "would no longer say"),
        (r"\bno result would change", "some results would change"),
        (r"\bnothing would change", "everything would change"),
        (r"\bwould (rise|fall) from", r"would not \1 from"),
        (r"\bwould stay at", "would not stay at"),
        (r"\bwould move with it", "would not move with it"),
        (r"\bwould (?:still )?decide:", "would not decide:"),
        (r"\bwould not have (said|led)", r"would have \1"),
        (r"\bwould have (said|led) (?=to “|“)", r"would not have \1 "),
        (r"\bThe score alone agrees", "The score alone does not agree"),
        (r"\bdid not decide for", "decided for"),
        (r"\bthat was not enough", "that was enough"),
        (r"\bdoes not reach the line", "reaches the line"),
        (r"\bno other outcome got", "another outcome got"),
        (r"\band another outcome got more", "and no other outcome got more"),
        (r"\bThey are made up: no real person is", "They are not made up: real people are"),
        (r"\bThey are real, not made up", "They are not real but made up"),
        (r"\bleans most on\b", "does not lean most on"),
        (r"\blooks at (.*) together", r"does not look at \1 together"),
        (r"\bdoes not depend on", "depends on"),
        (r"(?<!not )\bdepends on the other", "does not depend on the other"),
        (r"\bis not on record", "is on record"),
        (r"\bNot in the training part", "In the training part"),
        (r"^In the training part", "Not in the training part"),
        (r"\bdid not learn from this case", "learned from this case"),
        (r"\blearned from this very case", "did not learn from this very case"),
        (r"\band the model says so too", "but the model does not say so"),
        (r"\bthe model got that wrong", "the model got that right"),
        (r"\bIn real cases, (.*?) often", r"In real cases, \1 never"),
        (r"\bthey pulled the same way", "they did not pull the same way"),
        (r"\bthey did not all pull the same way", "they all pulled the same way"),
        (r"\bIt was not the score that decided but", "It was the score that decided and not"),
        (r"(?<!not )\bgo the same way", "do not go the same way"),
        (r"\bplays no part in", "plays a part in"),
        (r"\bmakes hardly any difference", "makes a great difference"),
        (r"\bchanging (that|those) changes nothing", r"changing \1 changes much"),
        (r"\bcorrect\.$", "not correct."),
        (r"; wrong\.$", "; not wrong."),
        (r"\bSynthetic\.", "Not synthetic."),
        (r"\bReal data\.", "Not real data."),
        (r"\bThere is no case where", "There are cases where"),
        (r"\bThe model did not see\b", "The model saw"),
        (r"; not beaten", "; beaten"),
        (r"\bof no use", "of use"),
        (r"\bthey held\.", "they did not hold."),
        (r"\bbut none held", "and one held"),
        (r"\btoo few mistakes", "enough mistakes"),
    ],
    always,
)


# Quantifiers.


def _directions(told: Told) -> set[str]:
    return {r.direction for r in told.facts.reasons or () if r.direction != "none"}


def _mixed(told: Told, match: re.Match[str]) -> bool:
    return len(_directions(told)) > 1


QUANTIFIER: tuple[Swap, ...] = (
    *swaps(
        [
            (r"^Some facts spoke for (.*), others against.*", r"All facts spoke for \1."),
            (r"^Some facts spoke for (.*), others against.*", r"No fact spoke for \1."),
            (r"^Some facts pushed the prediction up, .*", "All facts pushed the prediction up."),
            (r"^Some facts pushed the prediction up, .*", "None of the facts brought the prediction down."),
            (r"\bThere were reasons on both sides", "There were reasons on one side only"),
            (r"^Contributions of both signs", "Contributions of one sign only"),
        ],
        _mixed,
    ),
    *swaps(
        [
            (r"\bAll the main facts pointed the same way", "Only some of the main facts pointed the same way"),
            (r"\bAll told contributions have one sign", "Not all told contributions have one sign"),
            (r"\bAll cases that were tried", "Only some of the cases that were tried"),
            (r"\bFor all of the", "For none of the"),
            (r"\bFor all of the", "For only half of the"),
            (r"\bin none of them", "in all of them"),
            (r"\bin none of them", "in some of them"),
            (r"\bfor none of them is it settled", "for all of them it is settled"),
            (r"\blearned from none of them", "learned from all of them"),
            (r"\bmay have learned from all of them", "learned from none of them"),
            (r"\bNo value is missing", "Some values are missing"),
            (r"\bNo single fact stood out", "Every single fact stood out"),
            (r"\bfor every one of them", "for most of them"),
            (r"\bfor every one of them", "for none of them"),
            (r"\bNo contribution differs", "Every contribution differs"),
            (r"\band fall in none", "and fall in some"),
            (r"\band rise in none", "and rise in some"),
            (r"\bFlags: none", "Flags: several"),
            (r"\bhardly any of the facts", "nearly all of the facts"),
            (r"\bHardly any of the facts", "Nearly all of the facts"),
            (r"\bevery pairwise H is zero", "no pairwise H is zero"),
            (r"\bis made of many small trees", "is made of one small tree"),
            (r"\bNo one kind of mistake stands out", "One kind of mistake stands out"),
            (r"\bMissing cells: none", "Missing cells: some"),
            (r"\bThe model learned from all of these", "The model learned from none of these"),
            (r"\bboth of its\b", "neither of its"),
            (r"\bno other figure is up for choice", "several other figures are up for choice"),
            (r"\bEvery main contribution", "Hardly any main contribution"),
            (r"\bOf all cases tried, only (\S+) go", r"Of all cases tried, all but \1 go"),
            (r"\bfor none of them is it\b", "for most of them it is"),
        ],
        always,
    ),
    *swaps(
        [
            (r"\bcounted (strongly|somewhat|a little|slightly) (for|against)", r"always counted \1 \2"),
            (r"\b(spoke|pointed) (strongly|somewhat|slightly|a little)", r"always \1 \2"),
            (r"\bmoved (it|the score|the prediction)\b", r"always moved \1"),
        ],
        lambda told, _: bool(told.items),
    ),
)
