"""The quiz by keyboard alone, on a wide page and at 400 % zoom: nothing chosen is lost, and it may be tried again."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import FIRST_DAY, FIRST_DAY_TITLE
from tests.journeys.conftest import Arrive
from tests.journeys.page_rules import DESK, TARGET, ZOOMED
from tests.journeys.site import Site, answer_keys

pytestmark = pytest.mark.journey
QUIZ = f"/ko/lessons/{FIRST_DAY}/quiz"
LEFT_OUT = "next-adult"
MANY = 90  # more stops than the page has

WHERE = """aim => {
    const focus = document.activeElement;
    if (focus === aim) return "here";
    return focus.compareDocumentPosition(aim) & Node.DOCUMENT_POSITION_PRECEDING ? "Shift+Tab" : "Tab";
}"""
SEEN = """aim => {
    const box = aim.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return top !== null && (aim.contains(top) || aim.labels?.[0]?.contains(top) === true);
}"""


def tab_to(page: Page, aim: Locator) -> None:
    """Press Tab until it has the focus; then it must be in view, with nothing over it."""
    for _ in range(MANY):
        key = aim.evaluate(WHERE)
        if key == "here":
            expect(aim).to_be_in_viewport()
            assert aim.evaluate(SEEN), f"covered: {aim}"
            return
        page.keyboard.press(key)
    raise AssertionError(f"not reached by Tab: {aim}")


def choose(page: Page, item: str, key: list[str]) -> None:
    """Choose the options of an item, or put its steps in order, with Tab, Space, arrows and Enter."""
    boxes = page.locator(f'input[name="item-{item}"]')
    if boxes.count() == 0:
        order(page, item, key)
    elif boxes.first.get_attribute("type") == "checkbox":
        for option in key:
            tab_to(page, page.locator(f'input[name="item-{item}"][value="{option}"]'))
            page.keyboard.press("Space")
    else:
        tab_to(page, boxes.first)
        page.keyboard.press("Space")
        while not page.locator(f'input[name="item-{item}"][value="{key[0]}"]').is_checked():
            page.keyboard.press("ArrowDown")


def order(page: Page, item: str, key: list[str]) -> None:
    """Lift each step to its place; after every press the button keeps the focus and the new place is announced."""
    for place, option in enumerate(key, start=1):
        select = page.locator(f'select[name="item-{item}.{option}"]')
        lift = page.locator(".ordering__option").filter(has=select).locator(".ordering__move").first
        assert all(side >= TARGET for side in lift.evaluate("button => [button.offsetWidth, button.offsetHeight]"))
        for before in range(int(select.input_value()), place, -1):
            tab_to(page, lift)
            page.keyboard.press("Enter")
            expect(lift).to_be_focused()
            expect(page.locator("[data-ordering-status]")).to_have_text(f"{before - 1}번째로 옮겼어요")
        expect(select).to_have_value(str(place))


def send(page: Page) -> None:
    tab_to(page, page.locator('main form .actions button[type="submit"]'))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def chosen(page: Page) -> list[str]:
    """What the form holds: the boxes that are ticked and the places that are set."""
    return page.locator("main form").evaluate(
        """form => [...new FormData(form)].filter(([name]) => name.startsWith("item-")).map(pair => pair.join("="))"""
    )


@pytest.mark.parametrize(("viewport", "number"), [(DESK, 13), (ZOOMED, 14)], ids=["wide", "zoomed"])
def test_it_works(arrive: Arrive, site: Site, viewport: dict[str, int], number: int) -> None:
    keys = answer_keys(FIRST_DAY)
    student = arrive(viewport=viewport)
    page = student.page
    student.join(site.student(3, number))
    student.go(QUIZ)
    for item, key in keys.items():
        if item != LEFT_OUT:
            choose(page, item, key)
    before = chosen(page)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("아직 보내지 않았어요")
    expect(page.locator(".item .field__error")).to_have_count(1)
    expect(page.locator(f"#item-{LEFT_OUT} .field__error")).to_contain_text("아직 고르지 않았어요")
    assert sorted(chosen(page)) == sorted(before)  # nothing that was chosen is lost

    choose(page, LEFT_OUT, ["wait"])
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("이번 결과 83%")
    wrong = page.locator("section.item").filter(has=page.locator(".verdict--again"))
    expect(wrong).to_have_count(1)
    expect(wrong.locator(".answer--chosen .feedback")).to_contain_text("오늘 다른 어른에게 말해도 돼요")

    tab_to(page, page.get_by_role("link", name="다시 풀기"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{QUIZ}")
    for item, key in keys.items():
        choose(page, item, key)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("이번 결과 100%")
    expect(page.locator(".page-header")).to_contain_text("지금까지 가장 좋은 결과 100%")
    student.go("/ko/class")
    expect(student.card(FIRST_DAY_TITLE)).to_contain_text("100%")


def test_an_order_that_nobody_touched_is_asked_for(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.go(QUIZ)
    visitor.choose_all(leave_out=["hajun-order"])
    visitor.send_form("/quiz")
    expect(visitor.page.locator("#item-hajun-order .field__error")).to_be_visible()
    expect(visitor.page.locator(".field__error")).to_have_count(1)
    visitor.choose_all()
    visitor.send_form("/quiz")
    expect(visitor.page.locator("h1")).to_contain_text("100%")
