"""Owns the form of a quiz, built from its items: the table from item type to form field."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from curriculum.quizzes.item import Item, Response, ResponseError
from curriculum.quizzes.quiz import Quiz

PREFIX = "item-"
MESSAGES = {
    "missing": _("아직 고르지 않았어요. 하나를 골라 주세요."),
    "missing-several": _("아직 고르지 않았어요. 맞다고 생각하는 것을 모두 골라 주세요."),
    "unknown": _("이 문항에 없는 선택지가 왔어요. 다시 골라 주세요."),
    "too-many": _("이 문항은 하나만 고를 수 있어요."),
    "incomplete": _("모든 단계에 서로 다른 순서를 정해 주세요."),
}


class ResponseField(Field):
    """The response to one item. `raw` is what was chosen, kept as it came; `response` is set when it can be graded."""

    def __init__(self, item: Item, **bound: Any) -> None:
        super().__init__(item.prompt.ko, **bound)
        self.item = item
        self.raw: tuple[str, ...] = ()
        self.response: Response | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was chosen; it is judged in `pre_validate`."""
        self.raw = tuple(valuelist)

    def pre_validate(self, form: Any) -> None:
        """Parse what was chosen, or say what is missing."""
        try:
            self.response = self.item.parse(self.raw)
        except ResponseError as error:
            several = error.code == "missing" and self.item.type == "several"
            raise ValidationError(MESSAGES["missing-several" if several else error.code]) from error


class OrderField(ResponseField):
    """The response to an order item: a place from 1 for each option, under a name of its own."""

    def __init__(self, item: Item, **bound: Any) -> None:
        super().__init__(item, **bound)
        self.places: dict[str, str] = {}

    def process(self, formdata: Any, *others: Any, **more: Any) -> None:
        """Read the places; the order is theirs when each is given once."""
        super().process(formdata, *others, **more)
        if formdata:
            self.places = {option: formdata.get(f"{self.name}-{option}", "") for option in self.item.option_ids}
        expected = [str(place) for place in range(1, len(self.item.options) + 1)]
        if sorted(self.places.values()) == expected:
            self.raw = tuple(sorted(self.places, key=lambda option: int(self.places[option])))

    def pre_validate(self, form: Any) -> None:
        """Parse the order; a place that is missing or given twice makes it incomplete, and so do all of them."""
        if not self.raw:
            raise ValidationError(MESSAGES["incomplete"])
        super().pre_validate(form)


FIELDS: Mapping[str, type[ResponseField]] = {
    "single": ResponseField,
    "several": ResponseField,
    "order": OrderField,
}


class QuizForm(FlaskForm):
    """A whole quiz. `token` counts a repeated submission once; `version` tells a quiz that changed meanwhile."""

    token = HiddenField(validators=[InputRequired(), Regexp(r"^[A-Za-z0-9_-]{1,64}\Z")])
    version = HiddenField(validators=[InputRequired(), Length(max=12)])

    def fields(self) -> list[ResponseField]:
        """The responses, in the order of the items."""
        return [field for field in self if isinstance(field, ResponseField)]

    def responses(self) -> dict[str, Response]:
        """What could be parsed, by item id."""
        return {field.item.id: field.response for field in self.fields() if field.response is not None}


def quiz_form(quiz: Quiz) -> QuizForm:
    """The form of this quiz, bound to the request."""
    fields = {f"{PREFIX}{item.id}": FIELDS[item.type](item) for item in quiz.items}
    form: QuizForm = type("FormOfQuiz", (QuizForm,), fields)()  # its fields are known at run time only
    return form
