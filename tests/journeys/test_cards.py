"""Shows what a slip's QR does in a browser: it lets its student in and leaves nothing of itself behind. And that a
tablet that locked itself keeps what could not be sent for whoever wrote it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import FIRST_DAY
from tests.journeys.conftest import Arrive
from tests.journeys.qr_reading import read_qr
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
SECTION, NUMBER = 3, 25
NAME = ".whose__name"
QUIZ = f"/ko/lessons/{FIRST_DAY}/quiz"


@pytest.fixture
def card(arrive: Arrive, site: Site) -> str:
    """What a new slip's QR carries: `#`, class code and token."""
    teacher = arrive()
    teacher.sign_in(site.teacher())
    with teacher.page.expect_navigation():
        teacher.press("2학년 3반")
    teacher.go(f"{teacher.page.url.removeprefix(site.url)}/cards")
    teacher.page.locator("#number").fill(str(NUMBER))
    with teacher.page.expect_navigation():
        teacher.page.locator('button[value="one"]').click()
    expect(teacher.page.locator(".slip")).to_have_count(1)
    return f"#{read_qr(teacher.page.locator('.slip svg')).partition('#')[2]}"


def test_the_qr_lets_in_once_opened_and_once_more_and_leaves_no_trace(arrive: Arrive, site: Site, card: str) -> None:
    name = site.student(SECTION, NUMBER)["name"]
    tablet = arrive()
    page = tablet.page
    tablet.go(f"/ko/join{card}")
    page.wait_for_url("**/ko/class")
    expect(page.locator(NAME)).to_have_text(name)
    page.go_back()
    page.wait_for_load_state()
    assert "#" not in page.url
    assert card[1:] not in page.content()
    tablet.go("/ko/class")
    tablet.sign_out()
    # The tablet shows the page of joining when the slip is held up to it: only what stands after the # changes.
    tablet.go("/ko/join")
    page.evaluate("carried => { window.location.hash = carried; }", card)
    page.wait_for_url("**/ko/class")
    expect(page.locator(NAME)).to_have_text(name)
    assert [url for url in tablet.asked if card[1:] in url.partition("#")[0]] == []


def test_a_qr_that_is_not_good_any_more_says_so_and_the_way_by_code_stands_beside(arrive: Arrive, card: str) -> None:
    tablet = arrive()
    tablet.go(f"/ko/join{card[:-1]}{'A' if card[-1] != 'A' else 'B'}")
    expect(tablet.page.get_by_role("alert")).to_contain_text("이 QR로는 들어갈 수 없어요")
    expect(tablet.page.locator("#code")).to_be_visible()
    assert card[:-1] not in tablet.page.url
    tablet.refused.add(tablet.page.url)


@pytest.mark.parametrize("fragment", ["#idle", "#AAAA1111", "#AAAA1111.<b>", f"#AAAA1111.{'x' * 65}"])
def test_whatever_else_stands_after_the_sign_is_left_alone(arrive: Arrive, fragment: str) -> None:
    tablet = arrive()
    tablet.go(f"/ko/join{fragment}")
    tablet.page.wait_for_timeout(300)
    expect(tablet.page.locator("#code")).to_be_visible()
    assert [url for url in tablet.asked if url.endswith("/join/card")] == []


def test_without_script_the_token_goes_nowhere_and_the_code_is_typed(arrive: Arrive, site: Site, card: str) -> None:
    tablet = arrive(java_script_enabled=False)
    tablet.go(f"/ko/join{card}")
    tablet.page.locator("#code").fill(card[1:9])
    tablet.send_form("/join")
    expect(tablet.page).to_have_url(re.compile("/ko/join/number$"))
    assert [url for url in tablet.asked if card.partition(".")[2] in url.partition("#")[0]] == []


def test_an_answer_that_could_not_be_sent_waits_for_whoever_wrote_it(arrive: Arrive, site: Site) -> None:
    tablet = arrive(viewport={"width": 360, "height": 740})
    page, slip = tablet.page, site.student(2, 5)
    page.clock.install()
    tablet.join(slip)
    tablet.go(QUIZ)
    line = tablet.context.new_cdp_session(page)  # a route would hold up the sign-out of a page that is left
    line.send("Network.enable")
    line.send("Network.setBlockedURLs", {"urls": ["*/quiz/answer"]})
    page.locator("input[type=radio]").first.check()
    page.wait_for_timeout(500)
    page.clock.fast_forward("13:05")
    expect(page.get_by_role("dialog")).to_be_visible()
    with page.expect_response("**/sign-out"):
        page.clock.fast_forward("02:00")
    page.wait_for_url("**/ko/join#idle")
    line.send("Network.setBlockedURLs", {"urls": []})
    tablet.join(slip)
    with page.expect_response("**/quiz/answer") as told:
        tablet.go(QUIZ)
    assert told.value.status == 200
    expect(page.locator("input[type=radio]").first).to_be_checked()
    tablet.forget()  # the line that was cut is what this test has brought about
