"""What is asked before and after a course: the same few items, as survey.toml holds them."""

from typing import Final, Literal, TypeAlias

import msgspec

from curriculum.catalog.text import Text

Kind: TypeAlias = Literal["knowledge", "norm", "intention", "route"]

KINDS: Final[tuple[Kind, ...]] = ("knowledge", "norm", "intention", "route")


class SurveyOption(Text, frozen=True, forbid_unknown_fields=True):
    """One answer to choose."""

    id: str


class SurveyItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item: a statement to agree with on four steps or, with `options`, a question with one answer.

    `key` is the id of the right option, where there is one.
    """

    id: str
    kind: Kind
    prompt: Text
    options: tuple[SurveyOption, ...] = ()
    key: str | None = None


class Survey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """survey.toml."""

    items: tuple[SurveyItem, ...]
