"""An answer: sentences that each name the facts they rest on, put in layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

LAYERS = ("headline", "reasons", "detail", "technical", "limits")
"""All layers, in the order they are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence. `facts` are paths into the record, such as `reasons[0].weight`; `by` says what worded it."""

    text: str
    facts: tuple[str, ...] = ()
    by: Literal["template", "grammar", "model"] = "template"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`layers` maps a layer to the numbers of its sentences; `opened` are those this reader sees without asking.

    `listed`: a line for each sentence, as experts read them; else `between` stands between two.
    """

    sentences: tuple[Sentence, ...]
    layers: Mapping[str, tuple[int, ...]]
    opened: tuple[str, ...]
    listed: bool = False
    between: str = " "

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", MappingProxyType(dict(self.layers)))

    def layer(self, name: str) -> tuple[Sentence, ...]:
        """The sentences of one layer; none where the answer does not have it."""
        return tuple(self.sentences[i] for i in self.layers.get(name, ()))

    @property
    def text(self) -> str:
        """What the reader sees at once: the opened layers, a paragraph each."""
        between = "\n" if self.listed else self.between
        return "\n\n".join(between.join(self.sentences[i].text for i in places) for places in self.paragraphs)

    @property
    def paragraphs(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the sentences of each opened layer that has any."""
        return tuple(self.layers[name] for name in LAYERS if name in self.opened and self.layers.get(name))

    def under(self, path: str) -> Answer:
        """The same answer, its facts in a part of the record."""
        told = (replace(s, facts=tuple(path + fact for fact in s.facts)) for s in self.sentences)
        return replace(self, sentences=tuple(told))

    def joined(self, other: Answer) -> Answer:
        """Both answers, layer by layer; what this one says already is not said again.

        The other's headline opens its reasons, so that each answer is read by itself.
        """
        said = {sentence.text for sentence in self.sentences}
        sentences, layers = list(self.sentences), {name: list(places) for name, places in self.layers.items()}
        moved = {"headline": "reasons"} if "reasons" in self.opened else {}
        for layer, places in other.layers.items():
            name = moved.get(layer, layer)
            fresh = [other.sentences[i] for i in places if other.sentences[i].text not in said]
            layers.setdefault(name, []).extend(range(len(sentences), len(sentences) + len(fresh)))
            sentences += fresh
        ordered = {name: tuple(layers[name]) for name in LAYERS if layers.get(name)}
        return replace(self, sentences=tuple(sentences), layers=ordered)

    def to_json(self) -> dict[str, Any]:
        """`{"text", "layers", "opened", "listed", "sentences": [{"text", "facts", "by"}]}`.

        Layers number the sentences. `between` is there too where it is not a space.
        """
        return {
            "text": self.text,
            "layers": {name: list(places) for name, places in self.layers.items()},
            "opened": list(self.opened),
            "listed": self.listed,
            "sentences": [{"text": s.text, "facts": list(s.facts), "by": s.by} for s in self.sentences],
        } | ({"between": self.between} if self.between != " " else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Answer:
        """The answer written by `to_json`; KeyError or TypeError on anything else."""
        return cls(
            sentences=tuple(Sentence(text=s["text"], facts=tuple(s["facts"]), by=s["by"]) for s in data["sentences"]),
            layers={name: tuple(places) for name, places in data["layers"].items()},
            opened=tuple(data["opened"]),
            listed=data.get("listed", False),
            between=data.get("between", " "),
        )
