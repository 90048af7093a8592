"""Owns the making of the app: the one module that knows every part."""

import hashlib
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, render_template, send_from_directory
from flask.typing import ResponseReturnValue
from flask_babel import format_date, ngettext
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy import exc
from werkzeug.exceptions import HTTPException

from curriculum.accounts.access import Mark
from curriculum.accounts.queries import stop_asking_who, viewer
from curriculum.accounts.views import accounts, init_accounts
from curriculum.across.views import across
from curriculum.administration.views import administration
from curriculum.assignments.views import assignments
from curriculum.catalog.catalog import LessonNotFound, load_catalog
from curriculum.catalog.queries import renderer
from curriculum.catalog.rendering import Renderer
from curriculum.certificates.views import certificates
from curriculum.classrooms.views import classrooms
from curriculum.config import PROJECT, Settings, SettingsError
from curriculum.dashboard.views import dashboard
from curriculum.database import end_request, init_database
from curriculum.item_analysis.views import item_analysis
from curriculum.localization import Locale, init_localization, language_choices, page_locale, reading_locales
from curriculum.papers.views import papers
from curriculum.passkeys.views import init_passkeys, passkeys
from curriculum.pauses.views import pauses
from curriculum.preparing.views import preparing
from curriculum.quizzes.quiz import Quizzes
from curriculum.quizzes.views import quizzes
from curriculum.reading.views import reading
from curriculum.retention.views import retention
from curriculum.rosters.views import rosters
from curriculum.school_classes.views import school_classes
from curriculum.second_factor.views import second_factor
from curriculum.security import access, access_table, init_security
from curriculum.setup.views import init_setup, setup
from curriculum.sign_on.views import init_sign_on, sign_on
from curriculum.staff.views import staff
from curriculum.stories.check import load_stories
from curriculum.stories.views import stories
from curriculum.support.plan_check import load_navigator
from curriculum.support.queries import help_panel, help_strip, school_people
from curriculum.support.views import support

RETRY_AFTER = 5  # seconds: a full disk or a busy database is worth another try soon
YEAR = 365 * 24 * 3600
KEPT = 32  # the parts of the frame in each reading mode, today and yesterday


class Dongui(Flask):
    """A Flask app that commits once, after the view and before the response, so that nothing false is ever said."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view; commit what an unsafe request wrote when it succeeded, else roll back."""
        response = self.make_response(super().dispatch_request())
        end_request(response.status_code)
        return response


def create_app(settings: Settings) -> Flask:
    """Make the app. It refuses to start when a URL states no access rule or the content cannot be shown."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Dongui(__name__, static_folder=None, template_folder=str(PROJECT / "templates"))
    app.config.update(
        SECRET_KEY=settings.secret_key(),
        EXIT_URL=settings.exit_url,
        SCHOOL=settings.school,
        DEMO=settings.demo,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["settings"] = settings
    app.extensions["catalog"] = load_catalog(settings.lessons)
    app.extensions["navigator"] = load_navigator(settings.lessons)
    app.extensions["stories"] = load_stories(settings.lessons)
    app.extensions["quizzes"] = Quizzes(app.extensions["catalog"].lessons)
    init_database(app, settings.database)
    init_localization(app)
    init_security(app, settings.hosts, https=settings.https)
    init_setup(app)
    init_accounts(app)
    init_passkeys(app)
    init_sign_on(app)
    for part in _parts():
        app.register_blueprint(part)
    _serve_static(app)
    _explain_faults(app)
    _fill_pages(app)
    app.extensions["access"] = access_table(app)
    return app


def _parts() -> tuple[Blueprint, ...]:
    """Every part that has pages."""
    return (
        accounts,
        across,
        administration,
        assignments,
        certificates,
        classrooms,
        dashboard,
        item_analysis,
        quizzes,
        papers,
        passkeys,
        pauses,
        preparing,
        reading,
        retention,
        rosters,
        school_classes,
        second_factor,
        setup,
        sign_on,
        staff,
        stories,
        support,
    )


def _serve_static(app: Flask) -> None:
    """Static files stand under a version of their content, so that browsers may keep them for a year."""
    folder = PROJECT / "static"
    version = _version_of(folder)

    @app.get(f"/static/{version}/<path:filename>", endpoint="static")
    @access(Mark.PUBLIC)
    def static(filename: str) -> Response:
        response = send_from_directory(folder, filename, max_age=YEAR)
        response.cache_control.immutable = True
        return response

    @app.get("/healthz")
    @access(Mark.PUBLIC)
    def healthz() -> ResponseReturnValue:
        return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}


def _version_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _explain_faults(app: Flask) -> None:
    """Say what went wrong in the reader's language, and never that something was saved when it was not."""

    def page(code: int) -> Response:
        return Response(render_template("error.html", code=code), code, mimetype="text/html")

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None or error.code is None or error.code < 400:
            return error  # a redirect that routing made
        response = page(error.code)
        response.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
        return response

    @app.errorhandler(CSRFError)
    def token_missing(_error: CSRFError) -> ResponseReturnValue:
        return page(400)

    @app.errorhandler(LessonNotFound)
    def no_such_lesson(_error: LessonNotFound) -> ResponseReturnValue:
        return page(404)

    @app.errorhandler(exc.DataError)
    def cannot_be_stored(_error: exc.DataError) -> ResponseReturnValue:
        # PostgreSQL takes no NUL in a text and no number of any length; nobody who means well sends one.
        stop_asking_who()
        return page(400)

    @app.errorhandler(exc.OperationalError)
    @app.errorhandler(exc.TimeoutError)
    @app.errorhandler(OSError)
    def cannot_save(error: Exception) -> ResponseReturnValue:
        # Of a database error only the driver's own words: the rest would carry what was being written.
        app.logger.error("cannot answer: %s", getattr(error, "orig", None) or type(error).__name__)
        stop_asking_who()
        response = page(503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response


def _fill_pages(app: Flask) -> None:
    """What every template may use."""
    app.jinja_env.filters["dateformat"] = lambda day: format_date(day, "long")
    app.jinja_env.globals["ngettext"] = ngettext
    app.jinja_env.globals["help_strip"] = help_strip
    app.jinja_env.globals["kept"] = _keeper(app)

    @app.context_processor
    def frame() -> dict[str, Any]:
        return {
            "locale": page_locale(),
            "reading_locales": reading_locales(),
            "viewer": viewer(),
            "language_choices": language_choices,
            "help_panel": help_panel,
            "school_people": school_people,
            "demo": app.config["DEMO"],
            "exit_url": app.config["EXIT_URL"],
        }


def _keeper(app: Flask) -> Callable[[str], Markup]:
    """What renders a part of the frame that is the same for everybody, once a day and reading mode."""

    @lru_cache(maxsize=KEPT)
    def rendered(_today: Renderer, _locales: tuple[Locale, ...], part: str) -> Markup:
        # Without the context that pages get: a part that is kept does not know who asks.
        text = app.jinja_env.get_template(part).render()
        return Markup(text)  # noqa: S704 - a template made it, and templates escape what is not safe

    return lambda part: rendered(renderer(), reading_locales(), part)


def main() -> None:
    """Run one of the app's own commands, as `run.py` forwards them; only those that need the app make it."""
    from curriculum.cli import command_line  # a server, which starts faster without, has no commands

    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        sys.exit(str(error))
    try:
        command_line(settings, lambda: create_app(settings))()
    except exc.OperationalError as error:
        # The driver's own words: host and reason, never the password.
        sys.exit(f"데이터베이스를 쓸 수 없어요. · The database cannot be used.\n{error.orig}")


if __name__ == "__main__":
    main()
