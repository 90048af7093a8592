"""Owns what item types share whose response is options of one list: reading them, explaining them, counting them."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curriculum.quizzes.item import ONLY, Counted, Explanation, Given, Item, Response, ResponseError
from curriculum.quizzes.reading import options_of, shared_by_items


@dataclass(frozen=True)
class Choice(Item):
    """An item whose options are right or not, each by itself."""

    key: frozenset[str]

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "Choice":
        """`key` is a list of option ids."""
        return cls(**shared_by_items(entry), options=options_of(entry, "options"), key=frozenset(entry["key"]))

    def _parse(self, given: Given) -> Response:
        chosen = set(given[ONLY])
        return tuple(option for option in self.option_ids if option in chosen)

    @property
    def right_response(self) -> Response:
        """Every option of the key."""
        return tuple(option for option in self.option_ids if option in self.key)

    def explain(self, response: Response) -> Sequence[Explanation]:
        """Every option as it is written: whether it was chosen, and whether it belongs to the key."""
        return [Explanation(option, option.id in response, option.id in self.key) for option in self.options]

    def counted(self) -> Sequence[Counted]:
        """The options."""
        return [Counted(one.id, (one.text,), one.id in self.key, one.feedback) for one in self.options]

    def problem(self) -> str | None:
        """The key must name options of the item, as many as the type asks for."""
        return "key-names-no-option" if not self.key <= set(self.option_ids) else self._problem_of_number()

    @abstractmethod
    def _problem_of_number(self) -> str | None:
        """A code for a key that names too few or too many options, or None."""


@dataclass(frozen=True)
class ChooseOne(Choice):
    """A choice of one option."""

    def _parse(self, given: Given) -> Response:
        response = super()._parse(given)
        if len(response) > 1:
            raise ResponseError("too-many")
        return response

    @property
    def right_response(self) -> Response:
        """The first option of the key."""
        return super().right_response[:1]
