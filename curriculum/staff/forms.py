"""Owns the forms of the staff: an invitation, a role, the code of a link, a new password."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Regexp, ValidationError

from curriculum.accounts.viewer import Role
from curriculum.staff.invitation import LONGEST
from curriculum.staff.password import LONGEST as LONGEST_PASSWORD
from curriculum.staff.password import SHORTEST, Refusal, refusal
from curriculum.support.school_people import UNSEEN, tidy

LONGEST_NAME, LONGEST_EMAIL = 40, 254
ROLES: Mapping[Role, LazyString] = {
    Role.TEACHER: _("수업 교사"),
    Role.COUNSELLOR: _("상담교사"),
    Role.ADMINISTRATOR: _("관리자"),
}
REFUSALS: Mapping[Refusal, LazyString] = {
    Refusal.SHORT: _("%(least)d자 이상이어야 합니다. 낱말 몇 개를 이어 적으면 외우기 쉽습니다.", least=SHORTEST),
    Refusal.LONG: _("%(most)d자까지 쓸 수 있습니다.", most=LONGEST_PASSWORD),
    Refusal.OWN: _("이름, 이메일, 학교 이름으로 만든 비밀번호는 가장 먼저 맞혀 보는 것이라 쓸 수 없습니다."),
    Refusal.COMMON: _(
        "많은 사람이 쓰는 낱말로 만든 비밀번호라 금방 맞힐 수 있습니다. 자판만 영어로 바꾸어 적은 것도 같습니다."
    ),
    Refusal.PATTERN: _("되풀이되거나 자판 순서를 따르거나 날짜로 된 비밀번호라 금방 맞힐 수 있습니다."),
}


def only_what_is_seen(_form: FlaskForm, field: Field) -> None:
    """Refuse what nobody sees and nobody types on purpose."""
    if UNSEEN in (field.data or ""):
        raise ValidationError(
            _("보이지 않는 문자가 섞여 있어서 %(sign)s로 바꾸었습니다. 지우고 다시 적어 주세요.", sign=UNSEEN)
        )


def _as_address(typed: str | None) -> str:
    return tidy(typed).lower()


def name_field(label: Any) -> StringField:
    """The name of somebody who works at the school."""
    too_long = _("%(most)d자까지 적을 수 있습니다.", most=LONGEST_NAME)
    checks = [DataRequired(_("이름을 적어 주세요.")), Length(max=LONGEST_NAME, message=too_long), only_what_is_seen]
    kw = {"autocomplete": "off", "maxlength": str(LONGEST_NAME)}
    return StringField(label, validators=checks, filters=[tidy], render_kw=kw)


def email_field(label: Any) -> EmailField:
    """The address that somebody signs in with; nothing is sent there."""
    checks = [
        DataRequired(_("이메일을 적어 주세요.")),
        Length(max=LONGEST_EMAIL, message=_("이메일이 너무 깁니다.")),
        Regexp(rf"[^@\s{UNSEEN}]+@[^@\s{UNSEEN}]+$", message=_("이메일은 이름@학교 주소처럼 적습니다.")),
    ]
    return EmailField(label, validators=checks, filters=[_as_address], render_kw={"autocomplete": "off"})


def _roles() -> list[SelectChoice]:
    return [SelectChoice(str(role), str(words)) for role, words in ROLES.items()]


class InvitationForm(FlaskForm):
    """Whom to invite."""

    role = SelectField(_("역할"), coerce=Role, choices=_roles)
    display_name = name_field(_("이름"))
    email = email_field(_("이메일"))
    sign_on = BooleanField(_("다른 기관의 계정으로 들어오게 하기"))


class RoleForm(FlaskForm):
    """Another role."""

    role = SelectField(_("역할"), coerce=Role, choices=_roles)


class LinkForm(FlaskForm):
    """What stands after the # of a link, where no script has put it."""

    code = StringField(
        _("링크"),
        validators=[InputRequired(_("받은 링크를 붙여 넣어 주세요.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "off", "spellcheck": "false", "data-from-address": ""},
    )


class NewPasswordForm(FlaskForm):
    """A new password, twice. `about`: names and addresses it may not be made of."""

    password = PasswordField(
        _("새 비밀번호"),
        validators=[InputRequired(_("새 비밀번호를 적어 주세요."))],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("새 비밀번호 한 번 더"),
        validators=[InputRequired(_("같은 비밀번호를 한 번 더 적어 주세요."))],
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, *given: Any, about: Iterable[str] = (), **more: Any) -> None:
        super().__init__(*given, **more)
        self.about = tuple(about)

    def validate_password(self, field: Field) -> None:
        """Refuse what is guessed first, and say why."""
        found = refusal(field.data or "", self.about)
        if found is not None:
            raise ValidationError(REFUSALS[found])

    def validate_again(self, field: Field) -> None:
        """Refuse a slip of the keyboard."""
        if field.data != self.password.data:
            raise ValidationError(_("두 번 적은 비밀번호가 서로 다릅니다."))


class OwnNewPasswordForm(NewPasswordForm):
    """The same for who is signed in: the present password first."""

    present = PasswordField(
        _("지금 비밀번호"),
        validators=[InputRequired(_("지금 비밀번호를 적어 주세요.")), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
