"""The one room that knows a language model: here on this machine, or on a server. None is needed for anything."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

VARIABLE = "PLAINWHY_LANGUAGE_MODEL"
"""Names the model: a folder, a hub id, or the address of a server and its name there, `http://host:8000/v1#name`."""
KEY = "PLAINWHY_LANGUAGE_MODEL_KEY"
"""What a server wants to be shown, if it wants that."""
PIECE = 128
"""Tokens of a prompt that are read between two looks at the clock."""
LONGEST_REPLY = 1 << 18
"""Bytes of a server's reply; a longer one is no form."""

log = logging.getLogger("plainwhy")
Schema = Mapping[str, Any]


class LanguageModel(Protocol):
    """Anything that fills in a form."""

    @property
    def name(self) -> str:
        """Which one it is, for the record."""

    def fill(self, prompt: str, schema: Schema, tokens: int, seconds: float) -> str | None:
        """JSON that keeps to the JSON schema; None where there is none within so many tokens and seconds."""


def configured(chosen: str = "") -> LanguageModel | None:
    """The model that PLAINWHY_LANGUAGE_MODEL names, else the chosen one; None where there is neither."""
    named = os.environ.get(VARIABLE, "").strip() or chosen
    return opened(named) if named else None


@lru_cache(maxsize=4)
def opened(named: str) -> LanguageModel:
    """A model by its name, one for all domains. Nothing is read or reached before it is first asked."""
    if named.startswith(("http://", "https://")):
        address, _, model = named.partition("#")
        return ServerModel(address.rstrip("/"), model or "default")
    return LocalModel(named)


class LocalModel:
    """A causal model of Transformers, by folder or hub id, on this machine's processor.

    A token mask keeps it to the schema whatever its weights say. Greedy: the same prompt gets the same text, or on a
    busy machine none. A folder is read without a look at the hub; weights are safetensors, and no code comes with them.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._parts: _Parts | None = None
        self._busy = threading.Lock()

    def fill(self, prompt: str, schema: Schema, tokens: int, seconds: float) -> str | None:
        """As `LanguageModel.fill`. The first call also reads the weights, which counts as its time."""

        def filled(until: float) -> str | None:
            if not self._busy.acquire(timeout=max(until - time.monotonic(), 0)):
                return None
            try:
                self._parts = self._parts or _read(self.name)
                return _written(self._parts, prompt, schema, tokens, until)
            finally:
                self._busy.release()

        return _within(seconds, filled, self.name)


class ServerModel:
    """A model behind an OpenAI-compatible server; what it sends back is only ever a text to be checked."""

    def __init__(self, address: str, model: str) -> None:
        self.name = f"{model} at {address}"
        self._address, self._model = address, model

    def fill(self, prompt: str, schema: Schema, tokens: int, seconds: float) -> str | None:
        """As `LanguageModel.fill`; None also for a server that is not there or sends anything else."""
        asked = {
            "model": self._model,
            "messages": [{"role": "user", "content": prompt}],
            "temperature": 0,
            "max_tokens": tokens,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "form", "strict": True, "schema": schema},
            },
        }
        return _within(seconds, lambda until: self._posted(asked, until), self.name)

    def _posted(self, asked: Mapping[str, Any], until: float) -> str | None:
        import httpx

        key = os.environ.get(KEY)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        patience = max(until - time.monotonic(), 0.001)
        url = f"{self._address}/chat/completions"
        with httpx.stream("POST", url, json=asked, headers=headers, timeout=patience) as response:
            response.raise_for_status()
            body = bytearray()
            for part in response.iter_bytes():
                body += part
                if len(body) > LONGEST_REPLY or time.monotonic() > until:
                    return None
        content = json.loads(body)["choices"][0]["message"]["content"]
        return content if isinstance(content, str) else None


def _within(seconds: float, work: Callable[[float], str | None], name: str) -> str | None:
    """What `work` gives before its time is up; None where it is late or fails, which the log tells."""
    found: Future[str | None] = Future()
    until = time.monotonic() + seconds

    def run() -> None:
        try:
            found.set_result(work(until))
        except Exception as error:  # the outer edge: whatever a model or a server does, the parser's reading stands
            found.set_exception(error)

    threading.Thread(target=run, daemon=True, name="language model").start()
    try:
        return found.result(timeout=seconds)
    except TimeoutError:
        log.warning("The language model %s was not ready after %g s.", name, seconds)
    except Exception as error:  # as above
        log.warning("The language model %s gave nothing: %s: %s", name, type(error).__name__, error)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """A model that was read: its network and tokenizer, and its tokens as the mask knows them; none has types."""

    network: Any
    tokenizer: Any
    masked: Any


def _read(name: str) -> _Parts:
    import llguidance.hf
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    here = Path(name).is_dir()
    tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=here)
    network = AutoModelForCausalLM.from_pretrained(
        name, local_files_only=here, use_safetensors=True, dtype=torch.float32
    ).eval()
    size = network.config.get_text_config().vocab_size
    return _Parts(network=network, tokenizer=tokenizer, masked=llguidance.hf.from_tokenizer(tokenizer, n_vocab=size))


def _written(parts: _Parts, prompt: str, schema: Schema, tokens: int, until: float) -> str | None:
    """The likeliest text that keeps to the schema, token by token; None past a limit."""
    from llguidance import LLMatcher

    grammar = LLMatcher.grammar_from_json_schema(dict(schema), overrides={"whitespace_flexible": False})
    matcher = LLMatcher(parts.masked, grammar)
    written: list[int] = []
    unread, cache = _tokens(parts, prompt), None
    while not matcher.is_stopped():
        for piece in _pieces(unread):
            if time.monotonic() > until:
                return None
            logits, cache = _step(parts, piece, cache)
        unread = [_likeliest(parts, logits, matcher)]
        matcher.consume_tokens(unread)
        forced = matcher.compute_ff_tokens()  # what can only follow need not be asked for
        matcher.consume_tokens(forced)
        unread += forced
        written += unread
        if len(written) > tokens:
            return None
    if matcher.is_error():
        raise ValueError(matcher.get_error())
    return str(parts.masked.decode_str(written))


def _tokens(parts: _Parts, prompt: str) -> list[int]:
    """The prompt as the model expects to be spoken to."""
    tokenizer = parts.tokenizer
    if not tokenizer.chat_template:
        return list(tokenizer(prompt).input_ids)
    spoken = tokenizer.apply_chat_template(
        [{"role": "user", "content": prompt}], add_generation_prompt=True, tokenize=False, enable_thinking=False
    )
    return list(tokenizer(spoken, add_special_tokens=False).input_ids)


def _pieces(tokens: Sequence[int]) -> Iterator[Sequence[int]]:
    yield from (tokens[i : i + PIECE] for i in range(0, len(tokens), PIECE))


def _step(parts: _Parts, piece: Sequence[int], cache: Any) -> tuple[Any, Any]:
    """Logits of the next token (n tokens), and what was read so far."""
    import torch

    with torch.inference_mode():
        read = parts.network(input_ids=torch.tensor([piece]), past_key_values=cache, use_cache=True, logits_to_keep=1)
    return read.logits[0, -1].numpy(), read.past_key_values


def _likeliest(parts: _Parts, logits: Any, matcher: Any) -> int:
    """The token of the highest logit among those that may stand next."""
    from llguidance import numpy as masks

    mask = masks.allocate_token_bitmask(1, parts.masked.vocab_size)
    masks.fill_next_token_bitmask(matcher, mask)
    allowed = logits[None, :].copy()
    masks.apply_token_bitmask_inplace(allowed, mask)
    return int(allowed[0].argmax())
