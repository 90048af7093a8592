"""A teacher and ten students at once: a lesson is assigned, ten answer it, and the page of the class follows."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Response, expect

from tests.journeys.browsing import FIRST_DAY, FIRST_DAY_CODE, FIRST_DAY_TITLE, Person
from tests.journeys.conftest import Arrive
from tests.journeys.site import Site, answer_keys

pytestmark = pytest.mark.journey
SECTION, NUMBERS = 1, range(1, 11)  # a class that has not come to this lesson yet
SOON = 3000  # milliseconds
FOLLOWING = "학급을 따라가고 있습니다. 바뀌면 3초 안에 보입니다."

# Press what is right in every item; of an order, move each step up to its place.
CHOOSE = """keys => {
  for (const [item, options] of Object.entries(keys)) options.forEach((option, place) => {
    const box = document.querySelector(`input[name="item-${item}"][value="${option}"]`);
    const list = document.querySelector(`select[name="item-${item}.${option}"]`);
    if (box) box.click();
    else while (list.value > place + 1) list.closest(".ordering__option").querySelector(".ordering__move").click();
  });
}"""


class Desk:
    """A teacher whose page of the class is open, with what its script has been answered."""

    def __init__(self, teacher: Person) -> None:
        self.person, self.page, self.answers = teacher, teacher.page, list[Response]()
        self.page.on("response", lambda reply: self.answers.append(reply) if "/now" in reply.url else None)

    @property
    def completed(self) -> Locator:
        """The tile of how many have completed the lesson that the class is at."""
        return self.page.locator(".tile").filter(has_text="마친 학생").locator("dd")

    def mark(self, name: str) -> Locator:
        return self.person.mark(name, FIRST_DAY_CODE)

    def quiet(self) -> list[int]:
        """What the page is answered while nothing happens, three times."""
        self.answers.clear()
        self.page.wait_for_timeout(3 * SOON)
        return [reply.status for reply in self.answers]


def assign(teacher: Person) -> None:
    """Ask the lesson of the class that is open, from its plan."""
    here = teacher.page.url
    teacher.page.goto(f"{here}/assignments")
    lesson = teacher.page.locator(f'[id="{FIRST_DAY}"]')
    lesson.locator("summary").first.click()
    lesson.locator("input[name$=assigned]").check()
    with teacher.page.expect_navigation():
        lesson.locator("form button.button--primary").first.click()
    teacher.page.goto(here)


def within(seconds: float, happens: Callable[[], object]) -> None:
    begun = time.perf_counter()
    happens()
    assert time.perf_counter() - begun < seconds


def test_it_works(arrive: Arrive, site: Site) -> None:
    teacher = arrive()
    teacher.sign_in(site.teacher())
    teacher.press(f"2학년 {SECTION}반")
    assign(teacher)
    desk = Desk(teacher)
    expect(teacher.page.locator("[data-line]")).to_have_text(FOLLOWING)

    slips = [site.student(SECTION, number) for number in NUMBERS]
    students = [arrive() for _ in slips]
    for student, slip in zip(students, slips, strict=True):
        student.join(slip)
        expect(student.page.locator("main li").filter(has_text=FIRST_DAY_TITLE).first).to_be_visible()
        student.go(f"/ko/lessons/{FIRST_DAY}")

    # What the teacher has opened, scrolled and focused stays as it is while the class works.
    page = teacher.page
    page.locator("#words-rules summary").click()
    row = page.locator(".class-grid tbody a").nth(4)
    row.focus()
    focused = row.get_attribute("id")
    page.locator(".class-grid__scroll").evaluate("grid => { grid.scrollLeft = 120; }")

    for student, slip in zip(students[:2], slips, strict=False):
        with student.page.expect_response(lambda reply: "/steps/" in reply.url):
            student.page.locator("form.step__next").first.locator("button").click()
        expect(desk.mark(slip["name"])).to_have_text("하는 중", timeout=SOON)

    for student in students:
        student.go(f"/ko/lessons/{FIRST_DAY}/quiz")
        student.page.evaluate(CHOOSE, answer_keys(FIRST_DAY))
    # All ten in the same moment: nobody waits for another's page.
    for student in students:
        student.page.evaluate("setTimeout(() => document.querySelector('[data-quiz]').requestSubmit(), 200)")
    for student in students:
        student.page.wait_for_url("**/quiz/result*")
    names = [slip["name"] for slip in slips]
    within(3, lambda: [expect(desk.mark(name)).to_have_text("하는 중 100%", timeout=SOON) for name in names])

    assert page.evaluate("document.activeElement.id") == focused
    assert page.locator(".class-grid__scroll").evaluate("grid => grid.scrollLeft") == 120
    assert page.locator("#words-rules").get_attribute("open") is not None
    assert FIRST_DAY_CODE in page.locator("[role=status][data-told]").inner_text()
    assert set(desk.quiet()) == {304}

    # Who finishes the steps too has completed the lesson: the tile says so, and the way to the item's numbers is there.
    students[0].go(f"/ko/lessons/{FIRST_DAY}")
    students[0].finish_steps()
    expect(desk.completed).to_contain_text("1 /", timeout=SOON)


def test_it_stops_without_a_connection_and_by_hand_and_says_so(arrive: Arrive, site: Site) -> None:
    teacher = arrive()
    teacher.sign_in(site.teacher())
    teacher.press(f"2학년 {SECTION}반")
    desk, line = Desk(teacher), teacher.page.locator("[data-line]")
    expect(line).to_have_text(FOLLOWING)
    teacher.context.set_offline(True)
    expect(line).to_have_text("연결이 끊겨 멈추었습니다. 연결되면 이어집니다.")
    teacher.context.set_offline(False)
    expect(line).to_have_text(FOLLOWING)
    teacher.forget()  # the browser complains of the connection that was cut

    teacher.press("멈추기")
    expect(line).to_have_text("멈추었습니다.")
    assert desk.quiet() == []
    teacher.press("다시 따라가기")
    expect(line).to_have_text(FOLLOWING)
    teacher.page.wait_for_timeout(SOON)
    assert desk.answers

    # Signed out elsewhere: the page goes away with the names on it.
    token = teacher.page.locator('.site-nav form[action$="/sign-out"] input[name=csrf_token]').input_value()
    teacher.page.request.post(f"{site.url}/ko/sign-out", form={"csrf_token": token})
    expect(teacher.page).to_have_url(f"{site.url}/ko/sign-in")
