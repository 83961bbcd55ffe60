"""Everything that can go wrong and be put in words: one tree, one stable code a leaf.

    PlainwhyError
    ├── InputError      E1xx  a table or a value that somebody gave
    ├── ModelError      E2xx  the model file, or what the model did
    ├── RangeError      E3xx  a question about values the model has not seen
    ├── QuestionError   E4xx  the question itself, or the case it names
    ├── StoreError      E5xx  the record of conversations
    └── DomainError     E6xx  the description of a domain

An error is a sentence for a person: what is wrong, where, and what to do about it.

Tables and values (the gate: `explainers.table`, `explainers.cell`, `explainers.schema`, `explainers.seen`):

    E101  a cell is empty where the model needs a value
    E102  infinite, or too large to compute with
    E103  outside the allowed range; not a whole number where only these are allowed
    E104  a category the schema does not know; two at once in one-hot columns
    E105  a number that cannot be read
    E106  the wrong type; null where a value is needed
    E110  a column is missing, or a name is unknown
    E112  a column stands twice
    E113  columns without names
    E120  no rows
    E121  columns separated by semicolons, tabs or bars
    E122  a row with more or fewer cells than the header
    E123  NUL bytes: not a text table
    E124  a web page
    E125  the header repeated among the rows
    E126  not UTF-8
    E127  a double quote that does not close
    E128  too big for the page
    E129  the file cannot be opened, or is no parquet file
    E130  a target that nothing can be learned of
    E301  a value outside what the model has seen

Models (`explainers.models`, `explainers.attribution`):

    E201  the model file is damaged, or not a model
    E202  a pickle that nobody has allowed by its hash
    E203  a package is missing, or of another version than the model's
    E210  the model raised an error
    E211  it took longer than allowed, or ended its own process
    E212  it returned NaN or infinity
    E213  it returned the wrong shape, or labels instead of scores
    E214  probabilities outside 0 to 1, or that do not sum to 1
    E215  outcomes that are not those described, or swapped
    E216  weights that do not add up to the score
    E217  a method that does not fit the model
    E220  the stored decision and the model disagree
    E230  a language model that cannot be fetched, or gives no answer

Questions (`assistant`):

    E401  an empty question, or one that is too long
    E404  no such case: there is none, or it is somebody else's
    E405  a computed value was to be moved by itself
    E406  a value that is not known was to be moved from where it is
    E407  no words for this language
    E408  no such reader
    E429  too often: the hint says when again
    E44x  over REST: E440 no JSON, E441 a field that does not fit, E442 no such address, E443 not with this verb,
          E444 too large, E445 another media type, E446 no token

The store (`assistant.store`):

    E501  locked by another program
    E502  full, or not to be written
    E503  made by a newer Plainwhy
    E504  damaged, or not a store
    E505  this turn is recorded already

The description of a domain (`assistant.domains`):

    E601  no such domain, or a file that is not there
    E602  not TOML
    E603  a key that does not fit
    E604  names that do not fit together
    E605  no data or no model is named
    E606  a folder that holds a domain already, or cannot be written
    E607  a method of explaining that there is not
    E610  a formula that cannot be read
    E611  the model was trained with a feature it is said not to see

Bugs: E900 over REST, with a reference number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReport:
    """What a face shows of an error: `{"code", "message", "where", "hint"}`."""

    code: str
    message: str
    where: str
    hint: str


class PlainwhyError(Exception):
    """An error that a person can read and mend. `exit_status` is what the command line ends with."""

    exit_status: ClassVar[int] = 1

    def __init__(self, code: str, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" + (f" {self.hint}" if self.hint else "")

    def report(self) -> ErrorReport:
        """The same as a value, for `--json` and REST."""
        return ErrorReport(code=self.code, message=self.message, where=self.where, hint=self.hint)


class InputError(PlainwhyError):
    """E1xx: a table or a value that somebody gave."""

    exit_status = 2


class ModelError(PlainwhyError):
    """E2xx: the model file, or what the model did."""


class RangeError(PlainwhyError):
    """E3xx: a question about values the model has not seen."""

    exit_status = 2


class QuestionError(PlainwhyError):
    """E4xx: the question itself, or the case it names."""

    exit_status = 2


class StoreError(PlainwhyError):
    """E5xx: the record of conversations."""


class DomainError(PlainwhyError):
    """E6xx: the description of a domain."""

    exit_status = 2
