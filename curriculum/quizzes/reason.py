"""Owns the true-or-false-with-reason item: whether a statement holds, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from curriculum.catalog.text import Text
from curriculum.quizzes.item import FULL, Counted, Explanation, Given, Item, Option, Response, ResponseError, Told
from curriculum.quizzes.mistake import Mistake, Slip
from curriculum.quizzes.reading import options_of, shared_by_items, text_of

# They stand among the options, in the languages in which those are read.
VERDICTS = (Option("holds", Text(ko="맞는 말", en="True")), Option("fails", Text(ko="틀린 말", en="False")))


@dataclass(frozen=True)
class TrueWithReason(Item):
    """A verdict on a statement, and one reason out of several; the explanation follows whatever was chosen."""

    key: Response
    statement: Text
    explanation: Text

    type: ClassVar[str] = "reason"

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "TrueWithReason":
        """`key` is the verdict (holds, fails) and the id of the reason."""
        return cls(
            **shared_by_items(entry),
            options=options_of(entry, "options"),
            key=tuple(entry["key"]),
            statement=text_of(entry["statement"]),
            explanation=text_of(entry["explanation"]),
        )

    @property
    def asked(self) -> Mapping[str, Told]:
        """The statement, and what can be said of it."""
        return {"statement": self.statement, "verdicts": VERDICTS}

    @property
    def told(self) -> Mapping[str, Told]:
        """Why it is so, whatever was chosen."""
        return {"explanation": self.explanation}

    @property
    def fields(self) -> Mapping[str, Sequence[str]]:
        """The verdict and the reason."""
        return {"verdict": [verdict.id for verdict in VERDICTS], "reason": self.option_ids}

    def _parse(self, given: Given) -> Response:
        chosen = [set(given.get(field, ())) for field in self.fields]
        if any(len(values) > 1 for values in chosen):
            raise ResponseError("too-many")
        if not all(chosen):
            raise ResponseError("incomplete")
        return tuple(value for (value,) in chosen)

    def given(self, response: Response) -> Given:
        """The verdict and the reason, each by its field."""
        return {field: [value] for field, value in zip(self.fields, response, strict=True)}

    @property
    def right_response(self) -> Response:
        """The key as it is written."""
        return self.key

    def points(self, response: Response) -> int:
        """Half for the verdict, the other half for the reason given with the right verdict.

        So are evidence-based selected response items scored (PARCC: two points for parts A and B, one for A alone):
        a reason for the wrong verdict explains nothing.
        """
        if response[0] != self.key[0]:
            return 0
        return FULL if response == self.key else FULL // 2

    def explain(self, response: Response) -> Sequence[Explanation]:
        """The verdict that was given and the right one, then every reason as it is written."""
        verdicts = [verdict for verdict in VERDICTS if verdict.id in (response[0], self.key[0])]
        return [Explanation(one, one.id in response, one.id in self.key) for one in (*verdicts, *self.options)]

    def counted(self) -> Sequence[Counted]:
        """The verdicts and the reasons."""
        return [Counted(one.id, (one.text,), one.id in self.key, one.feedback) for one in (*VERDICTS, *self.options)]

    def mistakes(self, chosen: Mapping[str, int], answered: int) -> Sequence[Mistake]:
        """A wrong verdict, which the explanation answers, before a wrong reason."""
        wrong = next(verdict for verdict in VERDICTS if verdict.id != self.key[0])
        judged = Mistake(Slip.JUDGED, (wrong.text,), chosen.get(wrong.id, 0), self.explanation)
        reasons = [one for one in self.options if one.id != self.key[1]]
        return [
            judged,
            *(Mistake(Slip.CHOSEN, (one.text,), chosen.get(one.id, 0), one.feedback) for one in reasons),
        ]

    def problem(self) -> str | None:
        """The key is a verdict and a reason, and no reason is named like a verdict."""
        verdicts = {verdict.id for verdict in VERDICTS}
        if verdicts.intersection(self.option_ids):
            return "reason-named-like-a-verdict"
        fits = len(self.key) == 2 and self.key[0] in verdicts and self.key[1] in self.option_ids
        return None if fits else "key-not-verdict-and-reason"
