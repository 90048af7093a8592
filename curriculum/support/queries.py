"""Owns the reads of where to turn: contacts of the running app as they hold today, and the navigator."""

from functools import lru_cache

from flask import current_app

from curriculum.catalog.queries import catalog, renderer
from curriculum.localization import page_locale
from curriculum.support.contact_list import ShownContact, shown, strip
from curriculum.support.navigator_page import NavigatorPage, render_navigator

_PAGES = 4  # two languages, today and yesterday


def help_strip() -> list[ShownContact]:
    """The numbers at the foot of every page."""
    return strip(catalog().panel, page_locale(), renderer().today)


def help_panel() -> list[ShownContact]:
    """The places to turn to under the help step of every lesson, in the fixed order."""
    return [shown(contact, page_locale(), renderer().today) for contact in catalog().panel]


def navigator_page() -> NavigatorPage:
    """The help navigator in the language of the page; it holds nothing personal."""
    return _navigator_page(renderer(), current_app.extensions["navigator"], page_locale())


_navigator_page = lru_cache(maxsize=_PAGES)(render_navigator)
