"""Owns the command that writes the projections anew."""

import click
from flask.cli import AppGroup

from curriculum.accounts.queries import school_ids
from curriculum.database import db
from curriculum.quizzes.services import rebuild
from curriculum.tenancy import act_for


def quizzes_commands() -> click.Group:
    """Return the group `quizzes`."""
    group = AppGroup("quizzes", help="Write progress and tallies anew.")

    @group.command("rebuild")
    def rebuild_all() -> None:
        """Compute progress rows and item tallies anew from visits, attempts and responses, school by school."""
        for school_id, name in school_ids():
            act_for(school_id)
            rows, tallies = rebuild(school_id=school_id)
            db.session.commit()
            click.echo(f"{name}: {rows} progress rows, {tallies} tallies")

    return group
