"""Owns the forms of rosters: what is to be read, and what becomes of what was read."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, TextAreaField

from curriculum.classrooms.forms import levels, years

CONSENTS: Mapping[str, LazyString] = {
    "paper": _("종이 동의서"),
    "online": _("학교의 온라인 가정통신문"),
    "in_person": _("학교에서 직접 만나"),
}


class RosterForm(FlaskForm):
    """A roster of one class: a file, or what was typed or pasted."""

    file = FileField(_("파일"), render_kw={"accept": ".csv,.txt,.tsv,.xlsx,.zip"})
    text = TextAreaField(
        _("또는 적거나 붙여 넣기"),
        filters=[lambda text: (text or "").replace("\0", "")],  # nobody types one, and no page can show it
        render_kw={"rows": "10", "autocomplete": "off", "spellcheck": "false"},
    )


class SchoolRosterForm(RosterForm):
    """A roster of all classes of a level."""

    school_year = SelectField(_("학년도"), choices=years)
    level = SelectField(_("학교급"), choices=levels, default="middle")


class ImportForm(FlaskForm):
    """What becomes of a roster that was read; `shown` is the plan that was looked at."""

    way = HiddenField()
    shown = HiddenField()
    consent = HiddenField()
