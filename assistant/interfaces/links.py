"""A person's own link: it opens one case, and no other by another number in it."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from assistant.domains.cache import cache_folder
from assistant.domains.source import name_of

DIGITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Makes and checks the keys of links. Whoever knows the secret can open every case."""

    secret: bytes = field(repr=False)

    @classmethod
    def own(cls) -> Links:
        """With the secret in the user's folder, made when it is first needed; without that file, old links end."""
        path = cache_folder() / "links.secret"
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent) as file, suppress(FileExistsError):
            file.write(secrets.token_bytes(32))
            file.flush()
            os.link(file.name, path)  # whole, or not there yet, for whoever else looks
        return cls(secret=path.read_bytes())

    def key(self, domain: str, case: str) -> str:
        """Of one case of a domain (its name or the path of its `domain.toml`): 128 bits of an HMAC, as hex."""
        text = f"{name_of(domain)}\0{case}".encode()
        return hmac.new(self.secret, text, "sha256").hexdigest()[:DIGITS]

    def opens(self, key: str, domain: str, case: str) -> bool:
        """Whether a key is that of this case."""
        return hmac.compare_digest(key.encode(), self.key(domain, case).encode())

    def address(self, page: str, domain: str, case: str) -> str:
        """The link itself, below the address of the person's page."""
        asked = {"domain": name_of(domain), "case": case, "key": self.key(domain, case)}
        return f"{page.rstrip('/')}/?{urlencode(asked)}"
