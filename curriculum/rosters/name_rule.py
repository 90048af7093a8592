"""Owns how a name on a roster is tidied, what cannot be one, and which names look alike."""

import unicodedata
from enum import StrEnum

LONGEST = 40  # characters, as long as the column
_FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20"
# Letters of other scripts and digits that are drawn as Latin letters (after Unicode TR 39, confusables).
_LOOKS_LIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝвкмнтαονρτυκιβηχγ0135l|¡",
    "aeopcyxijshdqwbkmhtaovptukibnxyoiesiii",
)


class NameFault(StrEnum):
    """Why something is no name."""

    NONE = "no-name"
    LONG = "long-name"
    FORMULA = "formula"
    SIGNS = "signs"
    MIXED = "mixed-scripts"


def tidy_name(typed: str) -> str:
    """A name composed (NFC), with single spaces, full-width letters narrow and without signs that nobody sees."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", typed))
    seen = (" " if sign.isspace() else sign for sign in text if sign.isspace() or not _is_unseen(sign))
    return " ".join("".join(seen).split())


def name_fault(name: str) -> NameFault | None:
    """What is wrong with a tidied name; None when nothing is."""
    if not name:
        return NameFault.NONE
    if len(name) > LONGEST:
        return NameFault.LONG
    if name[0] in _FORMULA:
        return NameFault.FORMULA
    if not any(sign.isalpha() for sign in name) or any(_is_strange(sign) for sign in name):
        return NameFault.SIGNS
    return NameFault.MIXED if any(_is_mixed(word) for word in name.split()) else None


def look(name: str) -> str:
    """What two names share that look alike on a screen: case, accents of width, spaces and look-alike letters apart."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_LOOKS_LIKE)
    return "".join(sign for sign in folded if sign.isalnum())


def _is_unseen(sign: str) -> bool:
    # Fillers of Hangul are letters that draw nothing.
    return unicodedata.category(sign).startswith("C") or sign in "\u115f\u1160\u3164\uffa0"


def _is_strange(sign: str) -> bool:
    category = unicodedata.category(sign)
    return not (category[0] in "LMN" or sign in " .'-·’()&/")


def _is_mixed(word: str) -> bool:
    """Letters of scripts that no name mixes in one word: what looks Latin is not."""
    scripts = {unicodedata.name(sign, "").split(" ")[0] for sign in word if sign.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1
