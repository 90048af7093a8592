"""Owns the Korean keyboard: which English keys a Korean text is typed on."""

import unicodedata

# The two-set layout (KS X 5002) in the order of Unicode's jamo blocks: initials, vowels, finals.
_INITIALS = "r R s e E f a q Q t T d w W c z x v g"
_VOWELS = "k o i O j p u P h hk ho hl y n nj np nl b m ml l"
_FINALS = "r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g"
_KEYS = {
    0x1100 + place + first: keys
    for first, row in ((0, _INITIALS), (0x61, _VOWELS), (0xA8, _FINALS))
    for place, keys in enumerate(row.split())
}


def on_english_keys(text: str) -> str:
    """The text as it comes out when somebody types it without switching to Korean: 안녕 becomes dkssud."""
    return unicodedata.normalize("NFD", text).translate(_KEYS)
