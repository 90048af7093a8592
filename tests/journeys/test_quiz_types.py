"""Every type of item by keyboard alone and without JavaScript, and answers that outlive a bad network and a session."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect
from werkzeug.serving import make_server

from curriculum.quizzes.item import Item
from curriculum.quizzes.quiz import TYPES, Quiz
from tests.cast import CODE, Cast, Member
from tests.journeys.browsing import Person
from tests.journeys.conftest import Arrive
from tests.journeys.page_rules import axe_faults
from tests.journeys.site import Site
from tests.journeys.test_quiz import tab_to
from tests.quizzes.devices import PATH, Standing, attempts, kept
from tests.quizzes.every_type import every, every_type
from tests.quizzes.private_parts import put_in_place
from tests.quizzes.sample import fields, right
from tests.site.rows import change

__all__ = ["every"]
pytestmark = [pytest.mark.journey, pytest.mark.only("sqlite")]
SAVED = {"ko": "고른 답을 모두 저장했어요.", "en": "All your answers are saved."}
STORED = "() => JSON.stringify({...sessionStorage})"
BACK = "() => window.dispatchEvent(new Event('online'))"  # what a browser says when the network is there again
WHOLE = Standing(1, 900, 900, True)


@pytest.fixture
def site(app: Flask, every: Quiz, prepared: tuple[Flask, Cast, Path]) -> Iterator[Site]:
    """A server of this process, which asks a quiz with a part of every type."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", {}, prepared[2])
    server.shutdown()
    thread.join()


def enter(person: Person, member: Member) -> None:
    """Sign in with a student's slip."""
    person.join({"class_code": str(member.class_code), "number": str(member.number), "code": CODE})


@pytest.fixture
def gaon(arrive: Arrive, cast: Cast) -> Person:
    """Gaon, who has opened the quiz."""
    person = arrive()
    enter(person, cast.gaon)
    person.go(PATH)
    return person


@pytest.fixture
def until(gaon: Person) -> Callable[[Callable[[], bool]], None]:
    """Waits for what a server has to do first."""

    def wait(is_so: Callable[[], bool]) -> None:
        for _ in range(50):
            if is_so():
                return
            gaon.page.wait_for_timeout(100)
        raise AssertionError("it did not come to be so")

    return wait


def words(page: Page) -> Locator:
    return page.locator("[data-saving-words]")


def pick(page: Page, item: str, option: str) -> None:
    """Choose an option of an item with one field."""
    page.locator(f'input[name="item-{item}"][value="{option}"]').check(force=True)


def is_picked(page: Page, item: str, option: str) -> bool:
    return page.locator(f'input[name="item-{item}"][value="{option}"]').is_checked()


# --- every type


def test_it_works() -> None:
    assert {part.type for part in every_type().parts} == set(TYPES)


def by_keyboard(page: Page, item: Item) -> None:
    """Answer an item rightly with Tab, Space, arrows and Enter."""
    if item.type == "order":
        in_order(page, item)
        return
    for name, values in fields(item, right(item)).items():
        for value in values:
            field = page.locator(f'[name="{name}"]')
            kind = field.first.evaluate("field => field.type")
            {"checkbox": tick, "radio": turn_to, "select-one": turn_to}[kind](page, field, value)


def tick(page: Page, field: Locator, value: str) -> None:
    tab_to(page, page.locator(f'[name="{field.first.get_attribute("name")}"][value="{value}"]'))
    page.keyboard.press("Space")


def turn_to(page: Page, field: Locator, value: str) -> None:
    """Reach the list or the first of the round buttons, and go on with the arrows."""
    tab_to(page, field.first)
    if field.first.evaluate("field => field.type") == "radio":
        page.keyboard.press("Space")
    chosen = "fields => fields.map(one => one.type !== 'radio' || one.checked ? one.value : '').join('')"
    for _ in range(9):
        if field.evaluate_all(chosen) == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not reached")


def in_order(page: Page, item: Item) -> None:
    for place, option in enumerate(right(item), start=1):
        select = page.locator(f'select[name="item-{item.id}.{option}"]')
        lift = page.locator(".ordering__option").filter(has=select).locator(".ordering__move").first
        for _ in range(int(select.input_value()) - place):
            tab_to(page, lift)
            page.keyboard.press("Enter")


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_type_is_answered_by_keyboard_alone_and_clean_for_axe(
    app: Flask, arrive: Arrive, cast: Cast, every: Quiz, locale: str
) -> None:
    student = arrive()
    enter(student, cast.gaon)
    student.go(PATH.replace("/ko/", f"/{locale}/"))
    page = student.page
    for item in every.items:
        by_keyboard(page, item)
    expect(words(page)).to_contain_text(SAVED[locale])
    assert kept(app).keys() == {item.id for item in every.items}
    for part, own in (("guess", "42"), ("think", "pencil")):
        tab_to(page, page.locator(f"#own-{part}"))
        page.keyboard.type(own)
    for asked in ("say", "guess"):
        tab_to(page, page.locator(f'button[name=check][value="{asked}"]'))
        page.keyboard.press("Enter")
    expect(page.locator("#part-say .verdict")).to_be_visible()
    expect(page.locator("#part-guess .private__told")).to_be_visible()
    assert page.locator("#own-guess").input_value() == "42"
    assert axe_faults(page) == []
    tab_to(page, page.locator(".actions button[type=submit]"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("100%")
    assert axe_faults(page) == []
    assert attempts(app) == [WHOLE]
    student.forget()  # the browser tells its console of every answer that was not whole yet


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_every_type_is_answered_without_javascript(
    app: Flask, arrive: Arrive, cast: Cast, every: Quiz, locale: str
) -> None:
    student = arrive(java_script_enabled=False)
    enter(student, cast.gaon)
    student.go(PATH.replace("/ko/", f"/{locale}/"))
    page = student.page
    fill_in(page, every)
    with page.expect_navigation():
        page.locator('button[name=check][value="say"]').click()
    expect(page.locator("#part-say .verdict")).to_be_visible()
    assert kept(app).keys() == {item.id for item in every.items}  # they came along
    assert attempts(app)[0].is_closed is False
    with page.expect_navigation():
        page.locator(".actions button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("100%")
    assert attempts(app) == [WHOLE]


def fill_in(page: Page, quiz: Quiz) -> None:
    """Answer everything that is graded with the mouse."""
    for item in quiz.items:
        for name, values in fields(item, right(item)).items():
            for value in values:
                select = page.locator(f'select[name="{name}"]')
                if select.count():
                    select.select_option(value)
                else:
                    page.locator(f'input[name="{name}"][value="{value}"]').check(force=True)


# --- a bad network


def test_saved_is_said_after_the_server_has_said_so(app: Flask, gaon: Person) -> None:
    held: list[Route] = []
    pick(gaon.page, "ask", "b")
    expect(words(gaon.page)).to_have_text(SAVED["ko"])
    gaon.page.route("**/quiz/answer", lambda route: held.append(route))  # noqa: PLW0108 - Playwright writes on it
    pick(gaon.page, "say", "a")
    gaon.page.wait_for_timeout(300)
    assert len(held) == 1
    expect(gaon.page.get_by_text(SAVED["ko"])).to_be_hidden()
    expect(words(gaon.page)).to_contain_text("답이 1개")  # and after a while, that it is not
    held[0].continue_()
    expect(words(gaon.page)).to_have_text(SAVED["ko"])
    assert kept(app)["say"].options == ["a"]


def test_a_half_answer_is_not_said_to_be_saved(app: Flask, gaon: Person) -> None:
    gaon.page.locator('select[name="item-lend.x"]').select_option("a")
    expect(words(gaon.page)).to_contain_text("덜 고른 문항은 마저 고르면")
    pick(gaon.page, "say", "a")
    gaon.page.wait_for_timeout(300)
    expect(words(gaon.page)).to_contain_text("덜 고른 문항은 마저 고르면")
    assert kept(app).keys() == {"say"}
    for card, option in (("y", "b"), ("z", "c")):
        gaon.page.locator(f'select[name="item-lend.{card}"]').select_option(option)
    expect(words(gaon.page)).to_have_text(SAVED["ko"])
    assert kept(app)["lend"].options == ["x=a", "y=b", "z=c"]
    gaon.forget()  # the browser tells its console of every 422


def test_without_a_network_the_answers_are_counted_kept_and_sent_later(app: Flask, gaon: Person) -> None:
    page, asked = gaon.page, list[str]()
    pick(page, "ask", "b")
    expect(words(page)).to_have_text(SAVED["ko"])
    gaon.context.set_offline(True)
    pick(page, "say", "a")
    pick(page, "read", "b")
    pick(page, "read", "c")  # thought better of
    expect(words(page)).to_contain_text("답이 2개")
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    gaon.context.set_offline(False)
    expect(words(page)).to_have_text(SAVED["ko"])
    gaon.forget()  # the browser complains about every request without a network
    found = kept(app)
    assert (found["say"].options, found["read"].options) == (["a"], ["c"])
    assert page.evaluate(STORED) == "{}"


def test_the_quick_exit_asks_nothing_and_leaves_nothing(app: Flask, gaon: Person) -> None:
    page, asked = gaon.page, list[str]()
    page.route("**/quiz/answer", lambda route: route.abort())
    pick(page, "say", "a")
    expect(words(page)).to_contain_text("답이 1개")
    assert "say" in page.evaluate(STORED)
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.route(lambda url: not url.startswith(gaon.site.url), lambda route: route.fulfill(body="", status=200))
    page.locator(".quick-exit").click()
    page.wait_for_timeout(500)
    assert gaon.site.url not in page.url
    gaon.go("/ko/help/")
    assert "say" not in page.evaluate(STORED)
    assert asked == []
    assert kept(app) == {}
    gaon.forget()


def test_a_reload_loses_nothing(app: Flask, gaon: Person) -> None:
    page = gaon.page
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/quiz/answer", lambda route: route.abort())
    pick(page, "say", "a")
    page.locator('select[name="item-lend.x"]').select_option("b")
    expect(words(page)).to_contain_text("답이 2개")
    page.reload()
    assert is_picked(page, "say", "a")
    assert page.locator('select[name="item-lend.x"]').input_value() == "b"
    page.unroute("**/quiz/answer")
    page.evaluate(BACK)
    expect(words(page)).to_contain_text("덜 고른 문항")
    assert kept(app)["say"].options == ["a"]
    gaon.forget()


def test_a_reply_that_is_cut_off_after_the_commit_costs_nothing_and_counts_once(app: Flask, gaon: Person) -> None:
    page, cut = gaon.page, list[int]()

    def lose(route: Route) -> None:
        cut.append(route.fetch().status)
        route.abort()

    page.route("**/quiz/answer", lose)
    pick(page, "say", "a")
    expect(words(page)).to_contain_text("답이 1개")
    assert cut == [200]
    page.unroute("**/quiz/answer")
    page.evaluate(BACK)
    expect(words(page)).to_have_text(SAVED["ko"])
    assert kept(app)["say"] == (["a"], 100, 1, None)
    gaon.forget()


# --- a session that ends, a quiz that changes, another page


def test_an_expired_session_costs_no_answer(app: Flask, gaon: Person, cast: Cast) -> None:
    page = gaon.page
    pick(page, "ask", "b")
    expect(words(page)).to_have_text(SAVED["ko"])
    change(app, "DELETE FROM sign_in_session")
    pick(page, "say", "a")
    expect(page.locator("[data-refused=signed-out]")).to_be_visible()
    expect(page.get_by_text(SAVED["ko"])).to_be_hidden()
    gaon.page = gaon.context.new_page()
    enter(gaon, cast.gaon)
    page.bring_to_front()
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    expect(words(page)).to_have_text(SAVED["ko"])
    assert kept(app)["say"].options == ["a"]
    gaon.forget()


def test_when_somebody_else_has_signed_in_meanwhile_nothing_is_sent_for_them_or_kept(
    app: Flask, gaon: Person, cast: Cast
) -> None:
    page = gaon.page
    # Tabs tell each other who is signed in, and this one would leave by itself; what holds without that is shown here.
    gaon.context.add_init_script("delete window.BroadcastChannel")
    page.reload()
    change(app, "DELETE FROM sign_in_session")
    pick(page, "say", "a")
    expect(page.locator("[data-refused=signed-out]")).to_be_visible()
    assert "say" in page.evaluate(STORED)
    gaon.page = gaon.context.new_page()
    enter(gaon, cast.narae)
    page.bring_to_front()
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-refused=owner]")).to_be_visible()
    assert page.evaluate(STORED) == "{}"
    page.goto(gaon.site.url + PATH)
    expect(page.locator("[data-part]").first).to_be_visible()
    assert not is_picked(page, "say", "a")
    assert kept(app) == {}
    gaon.forget()


def test_what_waits_is_ids_and_choices_gone_after_a_day_and_with_a_sign_out(gaon: Person) -> None:
    page = gaon.page
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/quiz/answer", lambda route: route.abort())
    pick(page, "say", "a")
    expect(words(page)).to_contain_text("답이 1개")
    [kept] = page.evaluate("() => Object.values(sessionStorage).map(one => JSON.parse(one))")
    assert kept["items"] == [["say", {"counter": 1, "fields": [["item-say", "a"]]}]]
    older = "() => { for (const key of Object.keys(sessionStorage)) { const one = JSON.parse(sessionStorage[key]);"
    page.evaluate(older + " one.at -= 25 * 3600 * 1000; sessionStorage[key] = JSON.stringify(one); } }")
    page.reload()
    assert (is_picked(page, "say", "a"), page.evaluate(STORED)) == (False, "{}")
    pick(page, "say", "a")
    expect(words(page)).to_contain_text("답이 1개")
    gaon.sign_out()
    assert page.evaluate(STORED) == "{}"
    gaon.forget()


def test_a_quiz_that_changed_meanwhile_is_said_and_the_answers_come_along(
    app: Flask, gaon: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = gaon.page
    page.on("dialog", lambda dialog: dialog.accept())
    put_in_place(app, monkeypatch, every_type("changed"))
    pick(page, "say", "a")
    line = page.locator("[data-refused=changed]")
    expect(line).to_be_visible()
    with page.expect_navigation():
        line.locator("a").click()
    expect(words(page)).to_have_text(SAVED["ko"])
    assert is_picked(page, "say", "a")
    assert kept(app)["say"].options == ["a"]
    gaon.forget()


def test_an_item_that_is_locked_costs_no_answer_to_another(app: Flask, gaon: Person, until: Any) -> None:
    page = gaon.page
    pick(page, "say", "b")
    expect(words(page)).to_have_text(SAVED["ko"])
    other = gaon.context.new_page()
    other.goto(gaon.site.url + PATH)
    other.locator('button[name=check][value="say"]').click()
    expect(other.locator("#part-say .verdict")).to_be_visible()
    gaon.context.set_offline(True)
    pick(page, "say", "a")
    pick(page, "read", "b")
    expect(words(page)).to_contain_text("답이 2개")
    gaon.context.set_offline(False)
    expect(page.locator("[data-refused=locked]")).to_be_visible()
    until(lambda: "read" in kept(app))
    assert kept(app)["say"].options == ["b"]
    gaon.forget()
