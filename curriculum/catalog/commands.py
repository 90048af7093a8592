"""The commands `content check`, `stamp` and `record`, and `facts check`, for who writes and keeps lessons."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import click

from curriculum.catalog.block import DocumentError
from curriculum.catalog.check import check_content
from curriculum.catalog.due import SOON, due
from curriculum.catalog.pack import read_pack
from curriculum.catalog.pair import restamp
from curriculum.catalog.problem import Problem
from curriculum.catalog.record import with_record
from curriculum.catalog.review_day import today_in_korea
from curriculum.config import PROJECT

REVIEW = PROJECT / "docs" / "review.md"
ContentCheck: TypeAlias = Callable[[Path], Sequence[Problem]]


def content_commands(folder: Path, extra_checks: Sequence[ContentCheck] = ()) -> click.Group:
    """Return the group `content` for a folder; `extra_checks` are rules of features above this one."""
    group = click.Group("content", help="Check lessons and stamp translations.")
    group.add_command(_check_command(folder, [check_content, *extra_checks]))
    group.add_command(_stamp_command(folder))
    group.add_command(_record_command(folder))
    return group


def facts_commands(folder: Path) -> click.Group:
    """Return the group `facts` for one content folder."""
    group = click.Group("facts", help="Find facts and contacts to read again.")

    @group.command("check")
    def check() -> None:
        """List what is to be read again within sixty days; exit with 1 if the review day of something has passed."""
        registers, today = read_pack(folder).registers, today_in_korea()
        found = due(registers.facts, registers.contacts, today)
        overdue = sum(1 for one in found if one.is_overdue(today))
        for one in found:
            state = "overdue since" if one.is_overdue(today) else "due by"
            click.echo(f"{one.id}: {state} {one.review_by} — {one.remedy}")
        click.echo(f"{len(found) - overdue} due within {SOON.days} days")
        _finish(overdue, "overdue")

    return group


def _check_command(folder: Path, checks: Sequence[ContentCheck]) -> click.Command:
    @click.command("check")
    def check() -> None:
        """List every problem with file, line and what to do; exit with 1 if there are any."""
        problems = [problem for one in checks for problem in one(folder)]
        for problem in problems:
            click.echo(str(problem))
        _finish(len(problems), "problems")

    return check


def _stamp_command(folder: Path) -> click.Command:
    @click.command("stamp")
    @click.argument("lessons", nargs=-1, required=True)
    def stamp(lessons: tuple[str, ...]) -> None:
        """Mark the English of LESSONS (as in middle/consent/every-step) as read against the Korean."""
        for lesson in lessons:
            try:
                restamp(folder, lesson)
            except (OSError, DocumentError) as error:
                raise click.ClickException(f"{lesson}: {error}") from error
            click.echo(f"{lesson}: stamped")

    return stamp


def _record_command(folder: Path) -> click.Command:
    @click.command("record")
    def record() -> None:
        """Write the table of lessons in docs/review.md."""
        REVIEW.write_text(with_record(REVIEW.read_text("utf-8"), read_pack(folder)), "utf-8")
        click.echo(f"{REVIEW.name}: written")

    return record


def _finish(count: int, what: str) -> None:
    click.echo(f"{count} {what}")
    if count:
        raise click.exceptions.Exit(1)
