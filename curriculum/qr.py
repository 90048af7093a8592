"""Owns QR codes: a text as one path of an SVG, black on white with its quiet zone."""

from dataclasses import dataclass

QUIET = 4  # modules of white around (ISO/IEC 18004)


@dataclass(frozen=True, slots=True)
class Qr:
    """A code to be drawn: the side of its square in modules, and the path of the black ones."""

    side: int
    path: str


def qr_of(text: str) -> Qr:
    """The QR code of a text."""
    import segno  # few pages draw one

    rows = segno.make_qr(text, error="m").matrix
    dark = [(x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, module in enumerate(row) if module]
    return Qr(len(rows) + 2 * QUIET, "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
