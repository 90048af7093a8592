"""Owns the command line: gathers the features' commands."""

from collections.abc import Callable

import click
from flask import Flask
from flask.cli import FlaskGroup

from curriculum.administration.commands import audit_commands
from curriculum.catalog.commands import content_commands, facts_commands
from curriculum.classrooms.commands import network_commands
from curriculum.config import Settings
from curriculum.operations.commands import (
    access_commands,
    accessibility_commands,
    database_commands,
    demo_commands,
    words_commands,
)
from curriculum.quizzes.check import quizzes_in
from curriculum.quizzes.commands import quizzes_commands
from curriculum.retention.commands import retention_commands
from curriculum.setup.commands import school_commands, setup_commands
from curriculum.staff.commands import staff_commands
from curriculum.stories.check import story_problems
from curriculum.support.banned import banned_contacts
from curriculum.support.plan_check import navigator_problems


def command_line(settings: Settings, make_app: Callable[[], Flask]) -> click.Group:
    """Every command. Only those that need the app make it: content that cannot be shown must still be checked."""
    group = FlaskGroup(
        create_app=make_app,
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
        set_debug_flag=False,
        help="Dongui's own commands.",
    )
    checks = [quizzes_in, story_problems, banned_contacts, navigator_problems]
    group.add_command(content_commands(settings.lessons, checks))
    group.add_command(facts_commands(settings.lessons))
    group.add_command(words_commands())
    group.add_command(access_commands())
    group.add_command(audit_commands())
    group.add_command(retention_commands())
    group.add_command(accessibility_commands())
    group.add_command(network_commands())
    group.add_command(quizzes_commands())
    group.add_command(setup_commands())
    group.add_command(school_commands())
    group.add_command(staff_commands())
    group.add_command(database_commands())
    group.add_command(demo_commands())
    return group
