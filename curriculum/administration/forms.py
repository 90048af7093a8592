"""Owns the forms of how a school is run."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from curriculum.support.school_people import UNSEEN, tidy

LONGEST_NAME = 40
WITHDRAWN = "withdrawn"
WAYS = {
    "paper": _("종이 동의서"),
    "online": _("학교의 온라인 가정통신문"),
    "in_person": _("학교에서 직접 만나"),
    WITHDRAWN: _("동의를 거두었음"),
}


def _only_what_is_seen(_form: FlaskForm, field: Field) -> None:
    if UNSEEN in field.data:
        raise ValidationError(
            _("보이지 않는 문자가 섞여 있어서 %(sign)s로 바꾸었습니다. 지우고 다시 적어 주세요.", sign=UNSEEN)
        )


class StepForm(FlaskForm):
    """One step with nothing to fill in."""


class NameForm(FlaskForm):
    """A student's display name; where a guardian has not agreed yet it can only be `number`: what one is called."""

    lacks_consent = False
    number = ""
    name = StringField(
        _("화면에 보이는 이름"),
        validators=[
            DataRequired(_("이름을 적어 주세요.")),
            Length(max=LONGEST_NAME, message=_("%(most)d자까지 적을 수 있습니다.", most=LONGEST_NAME)),
            _only_what_is_seen,
        ],
        filters=[tidy],
        render_kw={"autocomplete": "off", "maxlength": str(LONGEST_NAME)},
    )

    def validate_name(self, field: Field) -> None:
        """Refuse a name as long as a guardian has to agree to it."""
        if self.lacks_consent and field.data != self.number:
            raise ValidationError(
                _("이 학년은 보호자 동의를 적은 뒤에 이름을 남길 수 있습니다. 그때까지는 번호로 부릅니다.")
            )


class ConsentForm(FlaskForm):
    """How a guardian has agreed, or that they have taken it back."""

    how = SelectField(
        _("동의를 받은 방법"),
        choices=lambda: [SelectChoice(way, str(words)) for way, words in WAYS.items()],
        validators=[InputRequired(_("동의를 받은 방법을 골라 주세요."))],
    )

    ways = WAYS

    @property
    def withdraws(self) -> bool:
        """Whether the consent is taken back."""
        return bool(self.how.data == WITHDRAWN)


class ErasureForm(FlaskForm):
    """The student's number, typed once more; `expected` is the right one."""

    expected = ""
    number = StringField(_("학생의 번호"), filters=[tidy], render_kw={"autocomplete": "off", "inputmode": "numeric"})

    def validate_number(self, field: Field) -> None:
        """Refuse when another number was typed."""
        if field.data != self.expected:
            raise ValidationError(_("번호가 다릅니다. 지우려는 학생이 맞는지 다시 확인해 주세요."))
