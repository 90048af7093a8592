"""Owns the form of a quiz, built from its items: what each item's fields are called and what is said about them."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from curriculum.quizzes.item import ONLY, Given, Item, Response, ResponseError
from curriculum.quizzes.quiz import Quiz
from curriculum.quizzes.sitting import Sent

PREFIX = "item-"
NUMBER = re.compile(r"[1-9][0-9]{0,8}\Z")  # of an attempt: small enough for any database
MESSAGES = {
    "missing": _("아직 고르지 않았어요. 하나를 골라 주세요."),
    "missing-several": _("아직 고르지 않았어요. 맞다고 생각하는 것을 모두 골라 주세요."),
    "missing-safe": _("아직 고르지 않았어요. 안전한 행동을 하나 이상 골라 주세요."),
    "missing-order": _("아직 순서를 정하지 않았어요. 모든 단계에 순서를 정해 주세요."),
    "missing-match": _("아직 고르지 않았어요. 상황마다 알맞은 것을 하나씩 골라 주세요."),
    "missing-sort": _("아직 나누지 않았어요. 카드마다 들어갈 곳을 하나씩 골라 주세요."),
    "missing-wording": _("아직 고르지 않았어요. 더 나은 말을 하나 골라 주세요."),
    "missing-reason": _("아직 고르지 않았어요. 맞는 말인지 고르고, 까닭도 하나 골라 주세요."),
    "unknown": _("이 문항에 없는 선택지가 왔어요. 다시 골라 주세요."),
    "too-many": _("이 문항은 하나만 고를 수 있어요."),
    "too-many-match": _("상황 하나에는 하나만 고를 수 있어요."),
    "too-many-sort": _("카드 하나는 한 곳에만 넣을 수 있어요."),
    "too-many-reason": _("맞는 말인지와 까닭은 각각 하나만 고를 수 있어요."),
    "incomplete": _("모든 단계에 서로 다른 순서를 정해 주세요."),
    "incomplete-match": _("아직 고르지 않은 상황이 있어요. 상황마다 알맞은 것을 하나씩 골라 주세요."),
    "incomplete-sort": _("아직 나누지 않은 카드가 있어요. 카드마다 들어갈 곳을 하나씩 골라 주세요."),
    "incomplete-reason": _("맞는 말인지와 까닭 가운데 하나를 아직 고르지 않았어요. 둘 다 골라 주세요."),
}


def field_name(item_id: str, field: str) -> str:
    """The name of a field in the page: `item-<id>`, or `item-<id>.<field>` where an item has several."""
    return f"{PREFIX}{item_id}" if field == ONLY else f"{PREFIX}{item_id}.{field}"


class ResponseField(Field):
    """The response to one item: `given` as it was chosen, and `response` when it can be graded."""

    def __init__(self, item: Item, **bound: Any) -> None:
        super().__init__(item.prompt.ko, **bound)
        self.item = item
        self.given: Given = {}
        self.response: Response | None = None

    def process(self, formdata: Any, *others: Any, **more: Any) -> None:
        """Keep what was chosen, field by field; it is judged in `pre_validate`."""
        super().process(formdata, *others, **more)
        if formdata:
            # A list in which nothing was chosen sends an empty value.
            self.given = {
                field: [value for value in formdata.getlist(field_name(self.item.id, field)) if value]
                for field in self.item.fields
            }

    def pre_validate(self, form: Any) -> None:
        """Parse what was chosen, or say what is missing."""
        try:
            self.response = self.item.parse(self.given)
        except ResponseError as error:
            # As the type asks for it, where it does so in words of its own.
            said = MESSAGES.get(f"{error.code}-{self.item.type}", MESSAGES[error.code])
            raise ValidationError(said) from error


class QuizForm(FlaskForm):
    """A whole quiz. `number` says which attempt it belongs to, `version` tells a quiz that changed meanwhile, `owner`
    whose page it was."""

    number = HiddenField(validators=[InputRequired(), Regexp(NUMBER)])
    version = HiddenField(validators=[InputRequired(), Length(max=12)])
    owner = HiddenField(validators=[Length(max=64)])
    # Of one answer sent by itself; a whole form is the latest there is.
    counter = IntegerField(validators=[Optional(), NumberRange(1, 10**9)])

    @property
    def attempt_number(self) -> int:
        """The number of the attempt, or 0, which is nobody's."""
        typed = self.number.data or ""
        return int(typed) if NUMBER.match(typed) else 0

    def has_token(self) -> bool:
        """Whether the form comes from a page of this very session."""
        return bool(self["csrf_token"].validate(self))

    def fields(self) -> list[ResponseField]:
        """The responses, in the order of the items."""
        return [field for field in self if isinstance(field, ResponseField)]

    def responses(self) -> dict[str, Response]:
        """What could be parsed, by item id."""
        return {field.item.id: field.response for field in self.fields() if field.response is not None}

    def problems(self, only: str | None = None) -> dict[str, Sequence[str]]:
        """What is wrong with the responses, by item id; of one item only where one is named."""
        wrong = {field.item.id: field.errors for field in self.fields() if field.errors}
        return {item_id: said for item_id, said in wrong.items() if only in {None, item_id}}

    def sent(self, seen: Collection[str]) -> Sent:
        """Everything that came, with the parts whose feedback was asked for."""
        return Sent({field.item.id: field.given for field in self.fields()}, self.responses(), seen)


def quiz_form(quiz: Quiz) -> QuizForm:
    """The form of this quiz, bound to the request."""
    fields: Mapping[str, ResponseField] = {f"{PREFIX}{item.id}": ResponseField(item) for item in quiz.items}
    form: QuizForm = type("FormOfQuiz", (QuizForm,), dict(fields))()  # its fields are known at run time only
    return form
