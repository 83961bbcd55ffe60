"""Assistant.ask: one turn, from the reader's words to a recorded answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd

from assistant.allowance import allow
from assistant.answering import Said, carry_out, known_names, say
from assistant.domains.build import Progress, silent
from assistant.domains.cache import cache_folder, digest
from assistant.domains.domain import Domain, no_such_case
from assistant.domains.ready import open_domain, open_in_memory
from assistant.narration.language_model import configured
from assistant.narration.restate import restate, second_hand, undecided
from assistant.question import Question
from assistant.questions import Context
from assistant.questions.links import asked_of_parts
from assistant.recording import entry_of, refusal, turn_of
from assistant.session import Alternative, Reader, Session, Turn
from assistant.settings import chosen_language_model
from assistant.store import Store
from assistant.understanding.encoder import Encoder
from assistant.understanding.followups import resumed
from assistant.understanding.minilm import NumpyEncoder
from assistant.understanding.second_reader import Filler, read_again
from assistant.understanding.understand import Reading, Scope, understand
from explainers.base import Case
from explainers.errors import InputError, PlainwhyError, QuestionError, StoreError
from explainers.schema import check_case
from prompts import Words, languages


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assistant:
    """Answers questions about one domain. Frozen and shared; everything that changes is in a `Session` or the store.

    `second_reader` is asked where the parser is not sure; None: nobody is.
    """

    domain: Domain
    store: Store
    encoder: Encoder
    second_reader: Filler | None = None

    @classmethod
    def for_domain(
        cls, name: str, *, store: str | Path | None = None, encoder: Encoder | None = None, progress: Progress = silent
    ) -> Assistant:
        """For an embedded domain by name, or the path of your own `domain.toml`; made ready first where it is new.

        Raises PlainwhyError: E6xx for the description, E1xx for the data, E2xx for the model, E5xx for the store.
        """
        return cls(
            domain=open_domain(name, progress),
            store=Store.open(store or default_store()),
            encoder=encoder or NumpyEncoder(),
            second_reader=configured(chosen_language_model()),
        )

    @classmethod
    def for_model(
        cls, model: object, table: pd.DataFrame, *, target: str, toml: str = "", store: str | Path | None = None
    ) -> Assistant:
        """For a model in memory and the table it answers about, with the column it predicts.

        A fitted scikit-learn estimator or pipeline, an xgboost or lightgbm model, or any function from a table to
        probabilities or values. `toml` is the text of a `domain.toml` without `[data]`; else features are inferred.
        Raises PlainwhyError as `for_domain`.
        """
        if not isinstance(table, pd.DataFrame):
            raise InputError("E113", "The table has no column names.", where="table",
                             hint="Give a pandas DataFrame with the columns the model was trained on.")  # fmt: skip
        return cls(
            domain=open_in_memory(model, table, target, toml),
            store=Store.open(store or default_store()),
            encoder=NumpyEncoder(),
            second_reader=configured(chosen_language_model()),
        )

    def start(
        self, *, case: str | None = None, values: Mapping[str, object] | None = None, reader: Reader | None = None
    ) -> Session:
        """A new session about a case of the data, one added before, or a new one given by its `values`.

        Raises QuestionError E404, InputError E101-E112.
        """
        reader = reader or Reader()
        if reader.name not in words_in(reader.language).readers:
            raise QuestionError("E408", f"There is no reader {str(reader.name)[:20]!r}.", where="reader",
                                hint="There are: person, support, expert.")  # fmt: skip
        if (case is None) == (values is None):
            raise QuestionError("E404", "Which case it is about is not said, or said twice.", where="case",
                                hint="Name a case, or give its values: one of the two.")  # fmt: skip
        focus = self.case(str(case)) if values is None else self._new_case(values, reader.language)
        return Session(id=secrets.token_hex(8), domain=self.domain.name, reader=reader, case=focus)

    def add_case(self, values: Mapping[str, object], language: str = "en") -> Case:
        """A new case, through the gate and recorded, so that it can be asked about by its id until it is erased.

        Raises InputError E101-E112, StoreError.
        """
        found = self._new_case(values, language)
        self.store.add_case(self.domain.name, found)
        return found

    def case(self, id: str) -> Case:  # noqa: A002  # the field's own name
        """A case of the data, or one that was added. Raises QuestionError E404."""
        if id.strip() not in self.domain.cases.ids and (added := self.store.case(self.domain.name, id.strip())):
            return added
        return self.domain.case(id)

    def resume(self, session_id: str) -> Session:
        """A session from the store, with its turns. Raises QuestionError E404."""
        recorded = [r.entry for r in self.store.session(session_id) if r.entry.about.domain == self.domain.name]
        if not recorded:
            raise no_such_case()
        last = recorded[-1]
        case = Case(id=last.about.case, values=last.about.values)
        turns = tuple(turn_of(entry) for entry in recorded)
        return Session(id=session_id, domain=self.domain.name, reader=last.reader, case=case, turns=turns)

    def ask(self, session: Session, text: str, question: Question | None = None) -> Session:
        """One turn: understood, answered, committed to the store, then returned. `question` is a reading chosen before.

        Raises PlainwhyError where no answer can be given. It is no turn then; what is said instead is recorded first.
        """
        try:
            return self._ask(session, text, question)
        except PlainwhyError as error:
            if not isinstance(error, StoreError):
                self.store.refuse(refusal(session, text, error))
            raise

    def read(self, session: Session, text: str) -> Reading:
        """How the parser reads a text as the session's next question; nothing is answered. Raises E401."""
        return understand(text, self._scope(session))

    def _understood(self, session: Session, context: Context, words: Words) -> Reading:
        """How the parser reads a text or, where it is not sure, a second reader whose reading can be answered."""
        text = context.text
        reading = self.read(session, text)
        if self.second_reader is None:
            return reading
        second = read_again(text, reading, self._scope(session), self.second_reader)
        return second if second is reading or answerable(second, context, words) else reading

    def _scope(self, session: Session) -> Scope:
        return Scope(
            schema=self.domain.schema,
            vocabulary=self.domain.vocabulary,
            language=session.reader.language,
            previous=session.turns[-1].question if session.turns else None,
            encoder=self.encoder,
        )

    def _ask(self, session: Session, text: str, question: Question | None) -> Session:
        started = time.perf_counter()
        words = words_in(session.reader.language)
        context = Context(domain=self.domain, case=session.case, reader=session.reader, text=text)
        reading = Reading(question=question, confidence=1.0) if question else self._understood(session, context, words)
        reading = asked_back(_resumed(reading, session), context)
        session = _spoken(session, reading.question)
        context, words = replace(context, reader=session.reader), words_in(session.reader.language)
        allow(reading.question, session.case, self.domain, self.store, datetime.now(UTC))
        turn = self._turn(session, text, reading, answered(reading, context, words), words)
        turn = _timed(turn, time.perf_counter() - started)
        keep_words(self.store, words.language)
        self.store.append(entry_of(session, turn, self.domain, words))
        return session.with_turn(turn)

    def _new_case(self, values: Mapping[str, object], language: str) -> Case:
        """Named by what it holds, so that the same values get the same answer."""
        if not isinstance(values, Mapping):
            raise InputError("E106", "A case is given by names and their values.", where="values")
        name = "new-" + digest(repr(sorted((key, str(value)) for key, value in values.items())))[:8]
        return check_case(values, self.domain.schema, id=name, language=language)

    def _turn(self, session: Session, text: str, reading: Reading, said: Said, words: Words) -> Turn:
        vocabulary, language = self.domain.vocabulary, session.reader.language
        offers = (
            Alternative(reading=restate(q, vocabulary, language, words), question=q) for q in reading.alternatives
        )
        return Turn(
            number=len(session.turns) + 1,
            text=text,
            reading=self._told(reading, language, words),
            question=reading.question,
            ask_back=tuple(offers),
            answer=said.answer,
            record=said.facts.record() if said.facts else None,
            follow_ups=said.follow_ups,
            seconds=0.0,
            language_model=self.second_reader.name if self.second_reader and reading.by != "parser" else None,
        )

    def _told(self, reading: Reading, language: str, words: Words) -> str:
        """The reading in words, and whose it is where it is not the parser's."""
        vocabulary = self.domain.vocabulary
        text = (
            restate(reading.question, vocabulary, language, words)
            if reading.question.operations
            else undecided(said_instead(reading), vocabulary, language, words)
        )
        return text if reading.by == "parser" else second_hand(text, words)


def _resumed(reading: Reading, session: Session) -> Reading:
    """A question that only points to those before, as the one it comes to; several are asked back."""
    first = next(iter(reading.question.operations), None)
    if first is None or first.op not in ("followup", "restyle") or not session.turns:
        return reading
    if first.args.get("language", session.reader.language) not in languages():
        return reading
    offered = [offer.question for offer in session.last.ask_back]
    found = resumed(first, [turn.question for turn in session.turns], offered)
    if len(found) == 1:
        return replace(reading, question=found[0], alternatives=())
    return replace(reading, question=Question(), confidence=0.0, alternatives=found) if found else reading


def _spoken(session: Session, question: Question) -> Session:
    """The session, from now on in the language that was asked for, where there are words of it."""
    wished = [str(a.args["language"]) for a in question.operations if a.op == "restyle" and "language" in a.args]
    if not wished or wished[-1] not in languages():
        return session
    return replace(session, reader=replace(session.reader, language=wished[-1]))


def asked_back(reading: Reading, context: Context) -> Reading:
    """A question that sets a computed value is asked back: which of its parts should move?"""
    parts = asked_of_parts(reading.question, context)
    return replace(reading, question=Question(), confidence=0.0, alternatives=parts) if parts else reading


def answered(reading: Reading, context: Context, words: Words) -> Said:
    """What is said to a reading: an answer, a question back, or that it was not understood."""
    if not reading.question.operations:
        named = {"names": known_names(context, words)} if reading.nameless else {}
        return say(said_instead(reading), named, context, words)
    return carry_out(reading.question, context, words)


def said_instead(reading: Reading) -> str:
    """The kind of what is said where no reading is carried out."""
    return "no_feature" if reading.nameless else "ask_back" if reading.alternatives else "unclear"


def answerable(reading: Reading, context: Context, words: Words) -> bool:
    """Whether a reading is not refused: a refusal does not show how the question was read, nor by whom."""
    try:
        answered(asked_back(reading, context), context, words)
    except PlainwhyError:
        return False
    return True


@lru_cache(maxsize=8)
def words_in(language: str) -> Words:
    """The words of a language, read once. Raises QuestionError E407 where there are none."""
    if language not in languages():  # the name becomes that of a folder: no other may
        raise QuestionError(
            "E407", f"There are no words for the language {language[:20]!r}.", where="language",
            hint=f"There are: {', '.join(languages())}.",
        )  # fmt: skip
    return Words.load(language)


@lru_cache(maxsize=64)
def keep_words(store: Store, language: str) -> None:
    """Puts the words of a language beside the turns that use them, once for each store."""
    words = words_in(language)
    store.keep(words.digest, "words", words.packed())


def default_store() -> Path:
    """The file of conversations where nobody names another."""
    return cache_folder() / "conversations.sqlite"


def _timed(turn: Turn, seconds: float) -> Turn:
    return replace(turn, seconds=round(seconds, 4))
