"""A `domain.toml`, read and checked: the schema, the vocabulary, and where data and model are."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from explainers.attribution import named
from explainers.errors import DomainError

Scalar = str | float | int | bool


class Table(BaseModel):
    """One table of the file. Unknown keys are kept: `label_zh` and the like are read by the vocabulary."""

    model_config = ConfigDict(extra="allow", frozen=True)

    def raw(self) -> dict[str, Any]:
        """As it stood in the file."""
        return self.model_dump(exclude_unset=True, by_alias=True)


class DataTable(Table):
    """`[data]`; an embedded demo has no `path`, its own code makes the table."""

    path: str | None = None
    target: str
    id: str | None = None
    decision: str | None = None
    test: str | None = None
    source: str = ""
    synthetic: bool | None = None


class ReferenceTable(Table):
    """`[reference]`"""

    rows: str = "all"
    n: int = Field(500, ge=10)
    name: str = ""


class ModelTable(Table):
    """`[model]`: a file, or a method that Plainwhy trains itself; `explain` names the method of attribution."""

    path: str | None = None
    train: Literal["logistic", "gradient_boosting", "random_forest", "explainable_boosting"] | None = None
    trusted_sha256: tuple[str, ...] = ()
    cutoff: float = Field(0.5, gt=0, lt=1)
    name: str | None = None
    explain: str | None = None

    @field_validator("explain")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        """DomainError E607 for a method that there is not."""
        return value and named(value).name


class OutcomeTable(Table):
    """One line of `[outcomes]`."""

    name: str
    verb: str = ""
    favourable: bool | None = None
    also: tuple[str, ...] = ()


class QuantityTable(Table):
    """`[outcome]`: what a regression predicts."""

    name: str
    unit: str = ""
    range: tuple[float, float] | None = None
    favourable: Literal["low", "high"] | None = None
    goal: float | None = None


class FeatureTable(Table):
    """`[features.NAME]`"""

    label: str | None = None
    also: tuple[str, ...] = ()
    kind: Literal["number", "category", "flag", "text", "image"]
    unit: str = ""
    range: tuple[float, float] | None = None
    step: float | None = Field(None, gt=0)
    change: Literal["no", "free", "up", "down"] = "no"
    effort: Literal["days", "weeks", "months", "years"] | None = None
    group: str = ""
    missing: Literal["refuse", "unknown"] | None = None
    source: str = ""
    meaning: str = ""
    sensitive: bool = False
    input: bool = True
    values: dict[str, str | dict[str, Any]] | list[Scalar] = Field(default_factory=dict)
    columns: tuple[str, ...] = ()


class RuleTable(Table):
    """One of `[[rules]]`"""

    when: str
    then: str
    text: str


class LinkTable(Table):
    """One of `[[links]]`"""

    set: str
    as_: str = Field(alias="as")


class LimitsTable(Table):
    """`[limits]`: how long a call of a foreign model may take, in seconds; how many what-ifs a day a case may have."""

    seconds: float = Field(20.0, gt=0, le=3600)
    what_ifs_a_day: int | None = Field(None, ge=0)


class Description(Table):
    """The whole file. `[data]` and `[model]` may be absent: understanding needs the vocabulary only."""

    title: str
    subject: str = "case"
    law: tuple[str, ...] = ()
    data: DataTable | None = None
    reference: ReferenceTable = ReferenceTable()  # type: ignore[call-arg]  # pydantic fills the defaults
    model: ModelTable | None = None
    outcomes: dict[str, OutcomeTable] = Field(default_factory=dict)
    outcome: QuantityTable | None = None
    rules: tuple[RuleTable, ...] = ()
    features: dict[str, FeatureTable] = Field(default_factory=dict)
    groups: dict[str, Table] = Field(default_factory=dict)
    links: tuple[LinkTable, ...] = ()
    organisation: Table = Table()
    limits: LimitsTable = LimitsTable()  # type: ignore[call-arg]  # as above


def read_description(path: Path) -> Description:
    """The file at `path`. Raises DomainError: E601 no such file, E602 not TOML, E603 and E607 a wrong key."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DomainError("E601", f"There is no domain file {path}.", where=str(path),
                          hint="`plainwhy domains` lists the embedded ones.") from error  # fmt: skip
    except UnicodeDecodeError as error:
        raise DomainError("E602", f"{path} is not UTF-8.", where=str(path)) from error
    return parse_description(text, str(path))


def parse_description(text: str, name: str) -> Description:
    """The text of a domain file that errors call `name`. Raises DomainError E602, E603."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DomainError("E602", f"{name} is not valid TOML: {error}.", where=name) from error
    try:
        return Description.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DomainError("E603", f"In {name}, [{where}] does not fit: {first['msg']}.", where=where) from error
