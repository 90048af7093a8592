"""A content folder with three courses, made of the middle one: what pages do with several courses is tested on it."""

from pathlib import Path
from shutil import copytree

LESSONS = Path(__file__).parents[2] / "lessons"
COURSE = '\n[[courses]]\nid = "{0}"\ntitle.ko = "{1}"\ntitle.en = "{2}"\nages = "{3}"\nunits = ["{4}"]\n'
# Each has one unit of the middle course under its own letter.
YOUNGER = ("elementary", "초등학교 과정", "Elementary school course", "9-12", "consent")
OLDER = ("high", "고등학교 과정", "High school course", "15-18", "law")


def three_courses(folder: Path) -> Path:
    """The middle course as it is taught, between a small one for younger and one for older students."""
    copytree(LESSONS, folder, ignore=lambda _folder, names: [name for name in names if name in {"elementary", "high"}])
    middle = COURSE.format("middle", "중학교 과정", "Middle school course", "12-15", "consent")
    middle = middle.replace('["consent"]', '["consent", "images", "law", "peers", "help"]')
    courses = COURSE.format(*YOUNGER) + middle + COURSE.format(*OLDER)
    route = '["middle/consent/every-step", "middle/help/the-first-day", "high/law/what-the-law-says"]'
    (folder / "sequence.toml").write_text(f"as_of = 2026-11-21\nshort_route = {route}\n{courses}", "utf-8")
    for (course, *_, unit), letter in ((YOUNGER, "A"), (OLDER, "C")):
        copytree(folder / "middle" / unit, folder / course / unit)
        path = folder / course / unit / "unit.toml"
        path.write_text(path.read_text("utf-8").replace('code = "B', f'code = "{letter}'), "utf-8")
    return folder
