"""Owns the reads of where to turn: contacts of the running app, as they hold today."""

from curriculum.catalog.queries import catalog, renderer
from curriculum.localization import page_locale
from curriculum.support.contact_list import ShownContact, shown, strip


def help_strip() -> list[ShownContact]:
    """The numbers at the foot of every page."""
    return strip(catalog().panel, page_locale(), renderer().today)


def help_panel() -> list[ShownContact]:
    """The places to turn to under the help step of every lesson, in the fixed order."""
    return [shown(contact, page_locale(), renderer().today) for contact in catalog().panel]
