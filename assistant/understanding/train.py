"""Learns to read questions from composed ones: `python -m assistant.understanding.train [LANGUAGE ...]`.

It remakes `learned_<language>.npz`, the same to the byte on one machine at any thread count: one thread computes, in a
fixed order. No question that anybody asked is used, only the phrasings of `prompts` filled with invented schemas.
"""

from __future__ import annotations

import sys
import time
import zlib
from collections.abc import Sequence

import numpy as np

from assistant.understanding.encoder import WIDTH, Encoder
from assistant.understanding.examples import digest_of, read_phrasings
from assistant.understanding.head import MEANT, joined, joined_meaning
from assistant.understanding.labels import label_of
from assistant.understanding.learned import LANGUAGES, Weights, file_of, write
from assistant.understanding.learning.compose import Composer, Made
from assistant.understanding.learning.network import curve_of, learned_head
from assistant.understanding.learning.places import (
    examples_of_roles,
    examples_of_spans,
    learned_roles,
    learned_spans,
    slots_of,
)
from assistant.understanding.minilm import NumpyEncoder
from assistant.understanding.spans import Spans

TIMES = 4
"""Questions made of each phrasing."""
FOR_PLACES = 3
"""Of so many questions one teaches what words are there for."""
HELD_OUT = 6
"""One phrasing in so many is kept aside to learn how sure a lead makes."""


def learn(language: str, encoder: Encoder) -> None:
    """Makes the file of one language."""
    phrasings = read_phrasings(language)
    made = list(Composer(language, phrasings).questions(TIMES))
    tagger = learned_roles(examples_of_roles(made[::FOR_PLACES], language))
    spans = learned_spans(examples_of_spans(made[::FOR_PLACES], language))
    labels = tuple(dict.fromkeys(map(label_of, phrasings)))
    x, y = _inputs(made, language, spans, encoder), _wanted(made, labels)
    aside = np.array([zlib.crc32(m.source.encode()) % HELD_OUT == 0 for m in made])
    curve = curve_of(learned_head(x[~aside], y[~aside], labels), x[aside], y[aside])
    sources = {"phrasings": np.array(digest_of(phrasings))}
    write(
        {**sources, **learned_head(x, y, labels, curve).arrays(), **tagger.arrays(), **spans.arrays()},
        file_of(language),
    )


def _inputs(made: Sequence[Made], language: str, spans: Spans, encoder: Encoder) -> Weights:
    """What the head sees of each question, (n, width); meanings are taken of what is asked."""
    asked, rows, none = [], [], np.zeros(WIDTH)
    for one in made:
        slots = slots_of(one, language)
        asked.append(spans.asked(slots, one.schema))
        rows.append(joined(asked[-1], none, slots, one.schema).astype("float32"))
    x = np.stack(rows)
    if language in MEANT:
        texts = sorted(set(asked))
        meanings = dict(zip(texts, encoder.encode(texts), strict=True))
        x[:, :WIDTH] = np.stack([joined_meaning(meanings[text]) for text in asked])
    return x


def _wanted(made: Sequence[Made], labels: Sequence[str]) -> Weights:
    return np.array([[label in one.labels for label in labels] for one in made], dtype="float32")


def main() -> None:
    """Remakes the files of the languages named, or of all."""
    import torch
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    with threadpool_limits(1):
        for language in sys.argv[1:] or LANGUAGES:
            start = time.time()
            learn(language, NumpyEncoder())
            print(f"{file_of(language).name}: {time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
