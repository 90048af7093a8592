"""Owns what item types share in which every card is given one option: matching and sorting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curriculum.quizzes.item import FULL, Counted, Explanation, Given, Item, Option, Response, ResponseError, Told
from curriculum.quizzes.reading import labels_of, options_of, shared_by_items


@dataclass(frozen=True)
class Placing(Item):
    """Cards, each of which is given one option; an option may be given to several cards or to none.

    `key` holds for each card, in their order, the options that fit it. A response is "card=option" for every card.
    """

    cards: tuple[Option, ...]
    key: tuple[frozenset[str], ...]

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "Placing":
        """Every card has a `key` of its own: a list of option ids."""
        cards, key = options_of(entry, "cards"), tuple(frozenset(card["key"]) for card in entry["cards"])
        return cls(**shared_by_items(entry), options=labels_of(entry, "options"), cards=cards, key=key)

    @property
    def asked(self) -> Mapping[str, Told]:
        """The cards."""
        return {"cards": self.cards}

    @property
    def fields(self) -> Mapping[str, Sequence[str]]:
        """An option for each card."""
        return {card.id: self.option_ids for card in self.cards}

    def _parse(self, given: Given) -> Response:
        placed = {card.id: set(given.get(card.id, ())) for card in self.cards}
        if any(len(options) > 1 for options in placed.values()):
            raise ResponseError("too-many")
        if not all(placed.values()):
            raise ResponseError("incomplete")
        return tuple(_pair(card, option) for card, (option,) in placed.items())

    def given(self, response: Response) -> Given:
        """The option of each card."""
        return {card: [option] for card, option in _options_by_card(response).items()}

    @property
    def right_response(self) -> Response:
        """Every card with the first option that fits it."""
        return tuple(
            _pair(card.id, next(option for option in self.option_ids if option in fitting))
            for card, fitting in self._cards_and_key()
        )

    def points(self, response: Response) -> int:
        """Cards that were given an option that fits / cards, rounded down.

        Each card counts alike and a wrong one takes nothing back, as QTI 2.2 scores a match interaction
        (`map_response` with a default of 0): with one option a card, ticking everything is not possible.
        """
        placed = _options_by_card(response)
        return sum(placed[card.id] in fitting for card, fitting in self._cards_and_key()) * FULL // len(self.cards)

    def explain(self, response: Response) -> Sequence[Explanation]:
        """The cards as they are written, each with what it was given and everything that fits it."""
        placed = _options_by_card(response)
        return [
            Explanation(
                card,
                chosen=True,
                right=placed[card.id] in fitting,
                given=self.option(placed[card.id]),
                accepted=[option for option in self.options if option.id in fitting],
            )
            for card, fitting in self._cards_and_key()
        ]

    def counted(self) -> Sequence[Counted]:
        """Every card with every option."""
        return [
            Counted(_pair(card.id, option.id), (card.text, option.text), option.id in fitting, card.feedback)
            for card, fitting in self._cards_and_key()
            for option in self.options
        ]

    def problem(self) -> str | None:
        """Every card has an option that fits and one that does not, and no option fits them all."""
        if len(self.cards) < 2:
            return "too-few-cards"
        if not frozenset().union(*self.key) <= set(self.option_ids):
            return "key-names-no-option"
        if not all(self.key):
            return "key-empty"
        if any(len(fitting) == len(self.options) for fitting in self.key):
            return "key-takes-every-option"
        return "one-option-fits-every-card" if frozenset.intersection(*self.key) else None

    def _cards_and_key(self) -> Sequence[tuple[Option, frozenset[str]]]:
        return list(zip(self.cards, self.key, strict=True))


def _pair(card: str, option: str) -> str:
    return f"{card}={option}"


def _options_by_card(response: Response) -> dict[str, str]:
    return dict(pair.split("=") for pair in response)
