"""Shows that a school moves in: from an empty data folder and the token on the console to students with their slips."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Person
from tests.journeys.conftest import Arrive
from tests.journeys.empty_school import EmptySchool, begun_server
from tests.journeys.qr_reading import read_qr

pytestmark = pytest.mark.journey
SCHOOL, ROOM = "새봄중학교", "본관 1층 보건실"
ADMINISTRATOR = {"email": "kim@saebom.example", "password": "별이 빛나는 밤의 운동장"}
TEACHER = {"email": "jeong@saebom.example", "password": "우산 셋 나란히 걷는 아침"}
PASTED, ADDED = "1 김가온\n2 이나래", "번호,이름\r\n2,이나래\r\n3,박다온\r\n"
NAMES = ("김가온", "이나래", "박다온")


@pytest.fixture(params=["ko", "en"])
def locale(request: pytest.FixtureRequest) -> str:
    """The language of everybody in this school."""
    return str(request.param)


@pytest.fixture
def site(chromium: str, tmp_path: Path, locale: str) -> Iterator[EmptySchool]:
    """A server that has just been started for the first time."""
    with begun_server(tmp_path / "data") as site:
        yield site


def fill(person: Person, **fields: str) -> None:
    for name, text in fields.items():
        person.page.locator(f"#{name.replace('help_', 'help-')}").fill(text)


def begin(person: Person, locale: str, token: str) -> None:
    """The first run: every page leads there, and only the token opens it."""
    person.go("/")
    expect(person.page).to_have_url(re.compile("/setup$"))
    person.go(f"/{locale}/help/")
    expect(person.page).to_have_url(f"{person.site.url}/{locale}/setup")
    fill(person, token="AAAA-AAAA-AAAA-AAAA")
    person.send_form("/setup")
    expect(person.page.get_by_role("alert")).to_be_visible()
    fill(person, token=token)
    person.send_form("/setup")
    fill(person, school_name=SCHOOL, display_name="김 선생님", email=ADMINISTRATOR["email"])
    fill(person, password=ADMINISTRATOR["password"], again=ADMINISTRATOR["password"])
    fill(person, help_role_ko="보건 선생님", help_room_ko=ROOM, help_hours_ko="쉬는 시간과 점심시간")
    if locale == "en":  # the other school has no internet, and so no second factor
        person.page.locator("#offline").check()
    person.send_form("/setup")


def switch_codes_on(person: Person) -> None:
    """One-time codes, as an authenticator makes them from what stands on the page."""
    page = person.page
    page.locator('button[value="begin"]').click()
    key = re.sub(r"\s", "", page.locator(".code-to-copy").inner_text())
    fill(person, code=pyotp.TOTP(key).now())
    page.locator('button[value="confirm"]').click()
    expect(page.locator(".codes-to-keep li")).to_have_count(10)
    page.locator("main a.button--primary").click()


def invite(administrator: Person, locale: str) -> str:
    """Invite a teacher; the link to hand over."""
    administrator.go(f"/{locale}/school/staff/new")
    fill(administrator, display_name="정 선생님", email=TEACHER["email"])
    administrator.send_form("/school/staff/new")
    return administrator.page.locator("#link").input_value()


def accept(teacher: Person, link: str, locale: str) -> None:
    """Come in by the link and set a password."""
    teacher.page.goto(link)
    teacher.send_form("/invitation")
    fill(teacher, password=TEACHER["password"], again=TEACHER["password"])
    teacher.send_form("/invitation/password")
    expect(teacher.page).to_have_url(f"{teacher.site.url}/{locale}/teach/")


def make_class(administrator: Person, locale: str) -> str:
    """A class with its teacher; its id."""
    page = administrator.page
    administrator.go(f"/{locale}/school/classes/new")
    fill(administrator, grade="2", section="3")
    administrator.send_form("/school/classes/new")
    page.locator("#teacher").select_option(label="정 선생님")
    page.locator('form[action$="/teachers"] button').click()
    expect(page.locator("#teachers li")).to_contain_text("정 선생님")
    return page.url.partition("/classes/")[2].partition("#")[0]


def read_in(teacher: Person, path: str, counts: tuple[int, int], *, text: str = "", file: bytes = b"") -> None:
    """Send a roster, look at what it would change (new, same), and do it with the guardians' consent on paper."""
    page = teacher.page
    teacher.go(path)
    page.locator("#text").fill(text)
    if file:
        page.locator("#file").set_input_files({"name": "명단.csv", "mimeType": "text/csv", "buffer": file})
    teacher.send_form("/roster")
    tiles = page.locator(".tiles dd").all_inner_texts()
    assert (int(tiles[0]), int(tiles[2])) == counts
    page.locator("#consent").select_option("paper")
    with page.expect_navigation():
        page.locator('form:has(input[value="apply"]) button.button--primary').click()


def make_slips(teacher: Person, path: str) -> tuple[list[dict[str, str]], str]:
    """What stands on the slips of everybody, and what the QR of the second one says."""
    teacher.go(path)
    with teacher.page.expect_navigation():
        teacher.page.locator('form:has(input[value="new"]) button').click()
    slips = teacher.page.locator(".slip")
    said = [slips.nth(at).locator("dd").all_inner_texts() for at in range(slips.count())]
    kept = [{"class_code": code, "number": number, "code": own.replace(" ", "")} for code, number, own in said]
    return kept, read_qr(slips.nth(1).locator("svg"))


def test_from_an_empty_folder_to_students_at_their_tablets(arrive: Arrive, site: EmptySchool, locale: str) -> None:
    administrator, teacher = arrive(locale=locale), arrive(locale=locale)
    begin(administrator, locale, site.token)
    if locale == "ko":
        switch_codes_on(administrator)
    expect(administrator.page).to_have_url(f"{site.url}/{locale}/school/")
    accept(teacher, invite(administrator, locale), locale)
    here = f"/{locale}/teach/classes/{make_class(administrator, locale)}"
    read_in(teacher, f"{here}/roster", (2, 0), text=PASTED)
    read_in(teacher, f"{here}/roster", (1, 1), file=ADDED.encode("cp949"))
    slips, card = make_slips(teacher, f"{here}/cards")
    teacher.go(f"{here}/cards")
    shown = teacher.page.content()  # slips are shown once
    assert not [one["code"] for one in slips if one["code"] in shown or f"{one['code'][:3]} {one['code'][3:]}" in shown]

    tablet = arrive(locale=locale, viewport={"width": 800, "height": 1100})
    tablet.join(slips[0], locale)
    expect(tablet.page.locator(".whose__name")).to_have_text(NAMES[0])
    tablet.page.locator(".whose__button").click()
    tablet.page.wait_for_url(f"**/{locale}/join")
    come_by_card(tablet, card)
    leave_nothing_in_another_tab(tablet, locale)
    tablet.go(f"/{locale}/help/contacts")
    expect(tablet.page.locator("main")).to_contain_text(ROOM)
    told = [*NAMES, ADMINISTRATOR["email"], ADMINISTRATOR["password"], TEACHER["password"], slips[0]["code"], card]
    assert [word for word in told if word in site.log.read_text("utf-8")] == []


def come_by_card(tablet: Person, card: str) -> None:
    """Open what the QR says. Its host is the machine's in the school network, where this server does not listen."""
    address, _, carried = card.partition("#")
    tablet.page.goto(f"{tablet.site.url}/{address.split('/', 3)[3]}#{carried}")
    tablet.page.wait_for_url("**/class")
    expect(tablet.page.locator(".whose__name")).to_have_text(NAMES[1])
    assert [url for url in tablet.asked if carried in url.partition("#")[0]] == []


def leave_nothing_in_another_tab(tablet: Person, locale: str) -> None:
    """Sign out in one tab, and nothing of the student is left in the other."""
    other = tablet.context.new_page()
    other.goto(f"{tablet.site.url}/{locale}/class")
    expect(other.locator(".whose__name")).to_have_text(NAMES[1])
    with tablet.page.expect_response("**/here"):  # a hand is told of once; then nothing is under way
        tablet.page.locator("h1").click()
    tablet.sign_out()
    other.wait_for_url(f"**/{locale}/join")
    for page in (other, tablet.page):
        assert not [name for name in NAMES if name in page.content()]
        assert page.evaluate("[sessionStorage.length, localStorage.length]") == [0, 0]
