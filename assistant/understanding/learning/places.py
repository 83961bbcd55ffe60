"""What each thing and each word of composed questions is there for, as hashed features, and logistic models of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from assistant.understanding import roles, spans
from assistant.understanding.examples import Examples
from assistant.understanding.labels import kind_of
from assistant.understanding.learned import Weights
from assistant.understanding.learning.compose import Made
from assistant.understanding.lexicon import read_lexicon
from assistant.understanding.slots import Slots, fill_slots
from assistant.understanding.text import clean

STRENGTH = 0.3
"""Of the regularisation, as scikit-learn's C."""
ROUNDS = 60
Example = tuple[tuple[int, ...], str]
"""What stands around something, as hashes, and what it is there for."""


def learned_roles(examples: Iterable[Example]) -> roles.Tagger:
    """Roles by what stands around each thing named, told by where the composer put it."""
    weights, bias = _logistic(examples, roles.ROLES, roles.BUCKETS)
    return roles.Tagger(weights=weights, bias=bias)


def learned_spans(examples: Iterable[Example]) -> spans.Spans:
    """Spans by what stands around each word, told likewise."""
    weights, bias = _logistic(examples, spans.SPANS, spans.BUCKETS)
    return spans.Spans(weights=weights, bias=bias)


def slots_of(made: Made, language: str) -> Slots:
    """What a composed question names, found as in any other."""
    known = Examples.read(language).words
    return fill_slots(clean(made.text), made.schema, made.vocabulary, read_lexicon(language), known)


def examples_of_roles(made: Iterable[Made], language: str) -> Iterator[Example]:
    """Of each thing that the questions name."""
    for one in _unchanged(made):
        slots = slots_of(one, language)
        kinds = sorted({kind_of(label) for label in one.labels})
        for mention in roles.mentions(slots):
            role = one.roles[slots.words[mention.first].start]
            if role in roles.ROLES:
                yield roles.hashed(mention, slots, one.schema, kinds), role


def examples_of_spans(made: Iterable[Made], language: str) -> Iterator[Example]:
    """Of each word of the questions."""
    for one in _unchanged(made):
        slots = slots_of(one, language)
        for word, numbers in zip(slots.words, spans.hashed(slots, one.schema), strict=True):
            role = one.roles[word.start]
            yield numbers, role if role in spans.SPANS else ""


def _unchanged(made: Iterable[Made]) -> Iterator[Made]:
    """Those whose roles still stand where their letters do."""
    return (one for one in made if clean(one.text) == one.text)


def _logistic(examples: Iterable[Example], names: Sequence[str], buckets: int) -> tuple[Weights, Weights]:
    """Multinomial logistic regression over hashed features: weights (buckets, names) and bias (names,)."""
    from scipy.sparse import csr_array
    from sklearn.linear_model import LogisticRegression

    columns: list[int] = []
    ends, truth = [0], []
    for numbers, name in examples:
        columns += sorted({number % buckets for number in numbers})
        ends.append(len(columns))
        truth.append(names.index(name))
    x = csr_array((np.ones(len(columns), dtype="float32"), columns, ends), shape=(len(truth), buckets))
    found = LogisticRegression(C=STRENGTH, max_iter=ROUNDS).fit(x, truth)
    weights, bias = np.zeros((buckets, len(names)), "float32"), np.full(len(names), -20.0, "float32")
    weights[:, found.classes_], bias[found.classes_] = found.coef_.T, found.intercept_  # some may never occur
    return weights, bias
