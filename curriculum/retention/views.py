"""Owns the page of a school year's end: how long what is kept, which classes move up, what is to go now."""

from flask import Blueprint, flash, get_flashed_messages, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import signed_in
from curriculum.accounts.services import SESSION_LASTS
from curriculum.administration.labels import labels
from curriculum.classrooms.school_year import school_year_of
from curriculum.database import now
from curriculum.localization import PREFIX
from curriculum.retention.forms import SureForm
from curriculum.retention.queries import classrooms_in, months_of
from curriculum.retention.services import LONGEST_WHILE, moves_up, planned, promote, purge
from curriculum.retention.term import kept_until
from curriculum.security import access

retention = Blueprint("retention", __name__, url_prefix=f"{PREFIX}/school/retention")


@retention.get("")
@access(Mark.ADMINISTRATOR)
def overview() -> ResponseReturnValue:
    """How long what is kept, and what the end of a school year brings."""
    return _page()


@retention.post("/promote")
@access(Mark.ADMINISTRATOR)
def move_up() -> ResponseReturnValue:
    """Let the classes that were open last move up, and close them."""
    form = SureForm()
    if not form.validate_on_submit():
        return _page(up=form), 422
    made = promote(school_id=signed_in().school_id, school_year=_year_that_ends())
    flash(str(made), "promoted")
    return redirect(url_for("retention.overview"), 303)


@retention.post("/purge")
@access(Mark.ADMINISTRATOR)
def clear() -> ResponseReturnValue:
    """Erase what the page said is to go."""
    form = SureForm()
    if not form.validate_on_submit():
        return _page(over=form), 422
    done = purge(school_id=signed_in().school_id, moment=now())
    flash(str(done.people), "purged")
    return redirect(url_for("retention.overview"), 303)


def _year_that_ends() -> int:
    """The school year before this one as long as it has open classes, else this one: in March some are late."""
    this, school_id = school_year_of(now()), signed_in().school_id
    late = any(one.archived_at is None for one in classrooms_in(school_id, this - 1))
    return this - 1 if late else this


def _page(up: SureForm | None = None, over: SureForm | None = None) -> str:
    school_id, moment, ends = signed_in().school_id, now(), _year_that_ends()
    months = months_of(school_id)
    return render_template(
        "retention/retention.html",
        months=months,
        labels=labels(),
        student_hours=SESSION_LASTS[False],
        staff_hours=SESSION_LASTS[True],
        longest_days=LONGEST_WHILE.days,
        this_until=kept_until(school_year_of(moment), months),
        ends=ends,
        classrooms=[(one, moves_up(one)) for one in classrooms_in(school_id, ends) if one.archived_at is None],
        due=planned(school_id=school_id, moment=moment),
        up=up or SureForm(formdata=None),
        over=over or SureForm(formdata=None),
        just_done={one[0]: one[1] for one in get_flashed_messages(with_categories=True)},
    )
