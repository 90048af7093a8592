"""Owns the two languages of the interface: the locale in the URL, the catalogs, the language control."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import Babel

from curriculum.config import CATALOGS

Locale = Literal["ko", "en"]
LOCALES: tuple[Locale, ...] = ("ko", "en")
DEFAULT: Locale = "ko"
LABELS: Mapping[Locale, str] = {"ko": "한국어", "en": "English"}
# The label of the third choice is said in the language of the page: it names no language.
SIDE_BY_SIDE: Mapping[Locale, str] = {"ko": "나란히", "en": "Side by side"}
PREFIX = "/<any(ko, en):locale>"

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """One entry of the language control."""

    label: str
    lang: Locale
    href: str
    current: bool


def side_by_side(view: View) -> View:
    """Say of a view that its page can stand in both languages at once (`?read=both`)."""
    view.side_by_side = True  # type: ignore[attr-defined]  # a view is a plain function; the mark travels on it
    return view


def page_locale() -> Locale:
    """The language of this page: from its URL, else the browser's first choice among ours."""
    if not has_request_context():
        return DEFAULT
    known = g.get("locale")  # one look: it is asked for with every sentence and every address of a page
    if known is None:
        first = request.path.split("/", 2)[1]
        known = first if first in LOCALES else request.accept_languages.best_match(LOCALES, DEFAULT)
        g.locale = known
    return cast("Locale", known)


def reads_both() -> bool:
    """Whether this page was asked for in both languages side by side."""
    return request.args.get("read") == "both" and _can_stand_side_by_side(request.endpoint)


def reading_locales() -> tuple[Locale, ...]:
    """The languages in which lesson text stands on this page, the page's own first."""
    own = page_locale()
    return (own, *(other for other in LOCALES if other != own)) if reads_both() else (own,)


def language_choices() -> list[LanguageChoice]:
    """The language control of this page: each entry leads to this same page."""
    endpoint, values = request.endpoint, dict(request.view_args or {})
    if endpoint is None or not _can_be_fetched(endpoint):
        endpoint, values = "reading.home", {}
    both, own = reads_both(), page_locale()
    choices = [
        LanguageChoice(LABELS[lang], lang, _address(endpoint, values, locale=lang, read=None), not both and lang == own)
        for lang in LOCALES
    ]
    if _can_stand_side_by_side(endpoint):
        href = _address(endpoint, values, locale=own, read="both")
        choices.append(LanguageChoice(SIDE_BY_SIDE[own], own, href, both))
    return choices


def _can_be_fetched(endpoint: str) -> bool:
    """Whether a link can lead there in each language: not where the page refuses something that was sent."""
    rules = current_app.url_map.iter_rules(endpoint)
    return any("locale" in rule.arguments and "GET" in (rule.methods or ()) for rule in rules)


def _address(endpoint: str, values: Mapping[str, Any], **changes: str | None) -> str:
    return url_for(endpoint, **{**values, **changes})


def _can_stand_side_by_side(endpoint: str | None) -> bool:
    return getattr(current_app.view_functions.get(endpoint or ""), "side_by_side", False)


def compile_catalogs(folder: Path = CATALOGS) -> None:
    """Compile every catalog that is newer than its compiled form; Babel reads the compiled one."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        part = target.with_suffix(f".{id(catalog)}.part")
        with part.open("wb") as file:
            write_mo(file, catalog)
        part.replace(target)  # whole or not at all: several workers may start at once


@lru_cache(maxsize=len(LOCALES))
def _sentences(locale: Locale) -> NullTranslations:
    return Translations.load(str(CATALOGS), [locale])


def init_localization(app: Flask) -> None:
    """Give the app its languages, and every URL with a locale its language."""
    compile_catalogs()
    Babel(
        app,
        default_locale=DEFAULT,
        default_timezone="Asia/Seoul",
        default_translation_directories=str(CATALOGS),
        locale_selector=page_locale,
    )
    # Templates ask for dozens of sentences: the extension would look for the language anew at each.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # given to it by Jinja's own extension
        gettext=lambda text: _sentences(page_locale()).ugettext(text),
        ngettext=lambda one, many, count: _sentences(page_locale()).ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]

    @app.url_value_preprocessor
    def take_locale(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "locale" in values:
            g.locale = values.pop("locale")

    @app.url_defaults
    def put_locale(endpoint: str, values: dict[str, Any]) -> None:
        if "locale" not in values and app.url_map.is_endpoint_expecting(endpoint, "locale"):
            values["locale"] = page_locale()
        if "read" not in values and request and reads_both() and _can_stand_side_by_side(endpoint):
            values["read"] = "both"
