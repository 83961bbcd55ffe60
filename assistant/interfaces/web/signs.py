"""What a page may say about a domain before it is open: its title, and whom to turn to."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domains.source import source
from assistant.domains.vocabulary import said, texts
from explainers.errors import DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """`organisation` and `contact` are "" where the domain does not name them."""

    title: str
    organisation: str = ""
    contact: str = ""

    @classmethod
    def of(cls, name: str, language: str) -> Sign:
        """From the domain's description; the bare name where that cannot be read, which opening it puts in words."""
        try:
            described = source(name).description
        except DomainError:
            return cls(title=name)
        organisation = described.organisation.raw()
        return cls(
            title=said(texts(described.raw(), "title"), language),
            organisation=said(texts(organisation, "name"), language),
            contact=said(texts(organisation, "contact"), language),
        )
