"""The words of every page keep their promise: nothing sensitive where others look, no false promise, no blame."""

import re

import pytest
from flask import Flask

from tests.cast import Cast
from tests.site_client import SiteClient

# What a glance at a tab, a history or a folder of downloads must not show on pages of help.
SENSITIVE = re.compile(
    r"성폭력|성범죄|성적|피해|딥페이크|합성|협박|자살|죽고|신고|가해|삭제"
    r"|sexual|abuse|victim|deepfake|fake|threat|suicide|report|blackmail|nude|crime",
    re.IGNORECASE,
)
# What no school and no program can promise (curriculum.md, S10; bars.md 38).
FALSE_PROMISES = re.compile(
    r"비밀(을|은)? ?보장|완전(히|한) ?익명|100 ?% ?익명|절대 ?(알|들키)|모두 삭제해 ?(줘|드려)"
    r"|기록(을|도) (모두 )?지워 ?(줘|드려)"
    r"|completely anonymous|fully anonymous|nobody will ever|erases? your history"
    r"|guarantee[sd]? (to|that)|100% (safe|secure)",
    re.IGNORECASE,
)
# Sentences that hand the blame to the person harmed, outside quotation marks: lessons quote them to answer them.
BLAME = re.compile(
    r"왜 그런 사진을|조심했어야|조심하지 그랬|빌미를|자초|네가 먼저"
    r"|should have been (more )?careful|you let (it|this) happen|asked for it|led them on",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\"[^\"]*\"")
HELP = ("help/", "help/contacts", "privacy")
LOCALES = ("ko", "en")
SAID_BY_NO_DATABASE = pytest.mark.only("sqlite")  # these words are the pack's and the templates'


def open_pages(app: Flask) -> list[str]:
    """The addresses below a language that everybody can read."""
    lessons = [f"lessons/{lesson}" for lesson in app.extensions["catalog"].lessons]
    return ["", "lessons/", "join", "sign-in", *HELP, *lessons, *(f"{lesson}/quiz" for lesson in lessons)]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", HELP)
def test_pages_of_help_show_nothing_where_others_look(client: SiteClient, locale: str, path: str) -> None:
    page = client.get(f"/{locale}/{path}")
    shown = [page.words(page.all("title")[0]), f"/{locale}/{path}", *client.last.headers.getlist("Set-Cookie")]
    files = [link.attrib["href"] for link in page.all("link")] + [one.attrib["src"] for one in page.all("script")]
    names = [one.attrib.get("content", "") for one in page.all("meta")]
    assert not [text for text in (*shown, *files, *names) if SENSITIVE.search(text)]


@SAID_BY_NO_DATABASE
@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_promises_what_nobody_can_keep_or_blames_the_person_harmed(
    app: Flask, client: SiteClient, locale: str
) -> None:
    for path in open_pages(app):
        words = client.get(f"/{locale}/{path}").words()
        assert not FALSE_PROMISES.search(words), f"{path}: {FALSE_PROMISES.search(words)}"
        blame = BLAME.search(QUOTED.sub("", words))
        assert not blame, f"{path}: {blame}"


@SAID_BY_NO_DATABASE
@pytest.mark.parametrize("locale", LOCALES)
def test_guides_promise_and_blame_no_more_than_lessons(app: Flask, client: SiteClient, cast: Cast, locale: str) -> None:
    client.sign_in(cast.han)
    for lesson in app.extensions["catalog"].lessons:
        words = QUOTED.sub("", client.get(f"/{locale}/lessons/{lesson}/guide").words())
        assert not FALSE_PROMISES.search(words)
        assert not BLAME.search(words)


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        (SENSITIVE, "딥페이크 신고 · 동의"),
        (SENSITIVE, "Report abuse · Dongui"),
        (FALSE_PROMISES, "비밀을 보장해요"),
        (FALSE_PROMISES, "This box is completely anonymous."),
        (BLAME, "네가 조심했어야지"),
        (BLAME, "You should have been careful."),
    ],
)
def test_a_planted_word_is_found(rule: re.Pattern[str], planted: str) -> None:
    assert rule.search(planted)
