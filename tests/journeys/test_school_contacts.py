"""A school writes down whom its students can turn to, and its students see them first."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import FIRST_DAY
from tests.journeys.conftest import Arrive
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
LIST = "/ko/school/contacts"


def test_what_the_administrator_writes_stands_first_for_a_student(arrive: Arrive, site: Site) -> None:
    keeper = arrive(java_script_enabled=False)
    page = keeper.page
    keeper.sign_in(site.staff("administrator"))
    keeper.go(LIST)
    expect(page).to_have_url(f"{site.url}{LIST}")
    entries = page.locator(".own-list__entry h2")
    before = entries.all_inner_texts()

    keeper.press("추가하기")
    page.get_by_label("역할", exact=True).fill("도서관 선생님")
    page.get_by_label("자리", exact=True).fill("4층 도서관")
    page.get_by_label("시간", exact=True).fill("점심시간")
    keeper.press("저장하기")
    expect(entries).to_have_text([*before, "도서관 선생님"])
    for _ in before:
        page.get_by_role("button", name="위로 옮기기 (도서관 선생님)").click()
    expect(entries).to_have_text(["도서관 선생님", *before])

    student = arrive()
    student.join(site.student(3, 21))
    student.go("/en/help/contacts")
    own = student.page.locator(".contact-row").first
    expect(own).to_contain_text("4층 도서관")
    expect(own.locator("[lang=ko]")).to_have_count(3)
    for path in (f"/ko/lessons/{FIRST_DAY}", "/ko/help/contacts"):
        student.go(path)
        expect(student.page.locator(".contact-row__name").first).to_have_text("도서관 선생님")
        expect(student.page.locator("footer")).to_contain_text("도서관 선생님")

    page.get_by_role("link", name="빼기 (도서관 선생님)").click()
    expect(entries).to_have_count(0)
    keeper.press("목록에서 빼기")
    expect(entries).to_have_text(before)
    student.page.reload()
    expect(student.page.locator("body")).not_to_contain_text("도서관 선생님")


def test_choosing_a_need_shows_its_places_without_a_script_or_a_request(arrive: Arrive) -> None:
    visitor = arrive(java_script_enabled=False)
    page = visitor.page
    visitor.go("/ko/help/contacts")
    address, asked = page.url, visitor.asked.count(page.url)
    shown = page.locator("[data-need]:visible")
    everything = shown.count()
    assert everything > 8
    page.get_by_role("radio", name="학교에서 생긴 일일 때").check()
    expect(shown).to_have_count(1)
    expect(page.get_by_role("heading", name="학교에서 생긴 일일 때")).to_be_visible()
    page.get_by_role("radio", name="모두 보기").check()
    expect(shown).to_have_count(everything)
    assert (page.url, visitor.asked.count(address)) == (address, asked)
    page.reload()
    expect(page.get_by_role("radio", name="모두 보기")).to_be_checked()
