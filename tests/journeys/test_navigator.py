"""The help navigator in a browser: the plan is the rules' plan, and not one choice leaves the page or stays behind."""

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from curriculum.catalog.catalog import Catalog, load_catalog
from curriculum.catalog.rendering import Renderer
from curriculum.catalog.review_day import today_in_korea
from curriculum.catalog.text import Locale, Style
from curriculum.config import LESSONS
from curriculum.support.navigator import Navigator
from curriculum.support.plan import Answers, paths, plan
from curriculum.support.plan_check import load_navigator
from tests.journeys.browsing import Person
from tests.journeys.conftest import Arrive
from tests.journeys.page_rules import axe_faults, print_faults, width_faults
from tests.journeys.places import LOCALES

pytestmark = pytest.mark.journey
SAMPLE = 8  # ways walked in each language; all of them in the long round
HARMED = {"who": "harmed", "what": "fake", "threat": "yes", "age": "child", "place": "search", "country": "kr"}
KEPT = """async () => ({
    href: location.href, title: document.title, history: history.length, name: window.name,
    local: localStorage.length, session: sessionStorage.length, cookie: document.cookie,
    databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
SHOWN = """() => [...document.querySelectorAll(".plan-entry:not(.plan-entry--own)")]
    .filter(one => one.checkVisibility()).map(one => ({
    text: one.querySelector(".plan-entry__text").textContent.replace(/\\s+/g, " ").trim(),
    contacts: [...one.querySelectorAll(".contact-row__name")].map(name => name.textContent.trim()),
}))"""
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"


@pytest.fixture(scope="module")
def navigator() -> Navigator:
    return load_navigator(LESSONS)


@pytest.fixture(scope="module")
def taught() -> Catalog:
    return load_catalog(LESSONS)


def some_ways(navigator: Navigator, count: int, seed: str) -> list[Answers]:
    """Ways drawn by chance, the same every time; with one at least for each role."""
    every = paths(navigator.questions)
    chance = random.Random(seed)
    by_role = [
        chance.choice([way for way in every if way["who"] == role.id]) for role in navigator.questions[0].options
    ]
    others = [way for way in every if way not in by_role]
    return by_role + chance.sample(others, count - len(by_role))


def come(arrive: Arrive, locale: str, **options: object) -> Person:
    person = arrive(**options)
    person.go(f"/{locale}/help/")
    person.page.wait_for_load_state("networkidle")
    return person


def act(page: Page, name: str) -> None:
    page.locator(f"[data-do={name}]:visible").click()


def answer(page: Page, answers: Answers) -> None:
    act(page, "begin")
    for question, option in answers.items():
        page.locator(f'fieldset:visible input[name="{question}"][value="{option}"]').check()
        act(page, "next")


def expected(navigator: Navigator, taught: Catalog, answers: Answers, locale: Locale) -> Iterator[dict[str, object]]:
    renderer = Renderer(taught.facts, taught.contacts, taught.glossary, today_in_korea())
    for entries in plan(navigator, answers).values():
        for entry in entries:
            style: Style = "plain" if answers["who"] == "teacher" else "polite"
            html = renderer.render(entry.in_(locale), locale, style).html
            names = [taught.contacts[name].name.in_(locale) for name in entry.contacts]
            yield {"text": " ".join(html.striptags().split()), "contacts": names}


def walk(person: Person, navigator: Navigator, taught: Catalog, ways: list[Answers], locale: Locale) -> None:
    page = person.page
    before, told = page.evaluate(KEPT), person.told()
    assert (before["local"], before["session"], before["cookie"], before["name"]) == (0, 0, "", "")
    for answers in ways:
        answer(page, answers)
        assert page.evaluate(SHOWN) == list(expected(navigator, taught, answers, locale)), answers
        assert page.evaluate(KEPT) == before
        act(page, "restart")
    assert person.told() == told
    assert person.context.cookies() == []


@pytest.mark.parametrize("locale", LOCALES)
def test_it_works(arrive: Arrive, navigator: Navigator, taught: Catalog, locale: Locale) -> None:
    walk(come(arrive, locale), navigator, taught, some_ways(navigator, SAMPLE, locale), locale)


@pytest.mark.full
@pytest.mark.parametrize("locale", LOCALES)
def test_every_way_shows_the_plan_of_the_rules(
    arrive: Arrive, navigator: Navigator, taught: Catalog, locale: Locale
) -> None:
    walk(come(arrive, locale), navigator, taught, paths(navigator.questions), locale)


def test_coming_leaves_one_neutral_entry_in_the_history(arrive: Arrive) -> None:
    person = arrive()
    person.go("/ko/")
    before = person.page.evaluate("history.length")
    person.press("도움받기")
    answer(person.page, HARMED)
    for button in person.page.locator("[data-do=go]").all():
        button.click()
    assert person.page.evaluate("[history.length, location.pathname, location.search, location.hash]") == [
        *(before + 1, "/ko/help/", "", ""),
    ]
    expect(person.page).to_have_title("지금 할 수 있는 일 · 동의")


def test_one_question_at_a_time_back_and_start_again(arrive: Arrive) -> None:
    page = come(arrive, "ko").page
    expect(page.locator(".role:visible")).to_have_count(0)
    act(page, "begin")
    expect(page.locator("fieldset:visible")).to_have_count(1)
    act(page, "next")
    expect(page.locator(".asking [role=status]")).to_contain_text("하나를 골라 주세요")
    page.locator("input[value=did]").check()
    act(page, "next")
    expect(page.locator("fieldset:visible h2")).to_contain_text("질문 2")
    act(page, "back")
    expect(page.locator("input[value=did]")).to_be_checked()
    page.locator("input[value=harmed]").check()
    act(page, "next")
    expect(page.locator("fieldset:visible input[name=what]")).to_have_count(3)
    act(page, "restart")
    expect(page.locator(".limits")).to_be_visible()
    expect(page.locator(":checked")).to_have_count(0)


def test_nothing_chosen_is_there_when_somebody_comes_back(arrive: Arrive) -> None:
    page = (person := come(arrive, "ko")).page
    answer(page, HARMED)
    person.go("/ko/lessons/")
    page.go_back(wait_until="commit")  # the page comes as it was kept: it does not load again
    expect(page.locator(".limits")).to_be_visible()
    expect(page.locator(".plan-entry:visible")).to_have_count(0)
    expect(page.locator(":checked")).to_have_count(0)


def test_the_keyboard_is_enough(arrive: Arrive) -> None:
    page = come(arrive, "en").page
    page.locator(".limits h2").focus()
    focused = "document.activeElement.closest('[data-do]')?.dataset.do ?? document.activeElement.tagName"
    while page.evaluate(focused) != "begin":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for arrows in (0, 1, 0, 0, 2):  # harmed, real, threats, child, search
        expect(page.locator("fieldset:visible h2")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        for _ in range(arrows):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    expect(page.locator("fieldset:visible input[name=country]")).to_have_count(6)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "next"
    page.keyboard.press("Enter")
    expect(page.locator(".plan-head h2")).to_be_focused()
    assert page.evaluate(SHOWN)
    while page.evaluate(focused) != "go":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".plan-step:visible h3").first).to_be_focused()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_view_is_accessible_narrow_and_fit_for_paper(arrive: Arrive, locale: str) -> None:
    page = come(arrive, locale).page
    found = [f"intro: {fault}" for fault in axe_faults(page)]
    act(page, "all")
    page.locator(".role > summary").first.click()
    for view in ("all", "questions", "plan"):
        if view == "questions":
            act(page, "restart")
            act(page, "begin")
            act(page, "next")
        elif view == "plan":
            act(page, "restart")
            answer(page, HARMED)
        found += [f"{view}: {fault}" for rule in (axe_faults, width_faults, print_faults) for fault in rule(page)]
        page.set_viewport_size({"width": 1280, "height": 800})
    assert found == []


def test_the_plan_is_printed_and_the_questions_are_not(arrive: Arrive) -> None:
    page = come(arrive, "ko").page
    answer(page, HARMED)
    shown = page.evaluate(SHOWN)
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN) == shown
    for hidden in (".asking", ".limits", ".plan-head .actions", "[data-do]", ".role:not([open])"):
        expect(page.locator(f"{hidden}:visible")).to_have_count(0)


@pytest.mark.parametrize(("locale", "country"), [("ko", "kr"), ("en", "us")])
def test_on_paper_stand_the_addresses_and_no_numbers_of_another_country(
    arrive: Arrive, locale: str, country: str
) -> None:
    page = come(arrive, locale).page
    answer(page, {**HARMED, "country": country})
    page.emulate_media(media="print")
    links = page.locator(".role:not([hidden]) .plan-entry:not([hidden]) .contact-row a[href^=http]")
    assert links.count() > 1
    for link in links.all():
        expect(link).to_be_visible()
        assert link.evaluate("one => getComputedStyle(one, '::after').content") == f'"{link.get_attribute("href")}"'
    expect(page.locator(".help-strip")).to_be_hidden()


def test_the_plan_is_copied_under_a_neutral_first_line(arrive: Arrive) -> None:
    page = come(arrive, "ko", permissions=["clipboard-read", "clipboard-write"]).page
    answer(page, HARMED)
    act(page, "copy")
    expect(page.locator(".plan-head [role=status]")).to_contain_text("복사했어요")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[:3] == ["지금 할 수 있는 일", "", "1. 먼저 안전부터"]
    assert any(line.startswith("- 112 ") for line in lines)
    assert sum(line[:2] in {f"{number}." for number in range(1, 8)} for line in lines) == 7


def test_where_the_clipboard_is_closed_the_text_can_be_selected(arrive: Arrive) -> None:
    person = arrive()
    person.context.add_init_script(NO_CLIPBOARD)
    person.go("/en/help/")
    page = person.page
    answer(page, HARMED)
    act(page, "copy")
    expect(page.locator("textarea")).to_be_focused()
    selected = "(field => field.value.slice(field.selectionStart, field.selectionEnd))(document.activeElement)"
    assert page.evaluate(selected).splitlines()[0] == "What you can do now"
    act(page, "back")
    expect(page.locator("textarea")).to_have_value("")


def test_without_a_script_everything_can_be_unfolded(arrive: Arrive) -> None:
    page = come(arrive, "ko", java_script_enabled=False).page
    expect(page.locator(".role")).to_have_count(6)
    expect(page.locator("button:visible")).to_have_count(0)
    for role in page.locator(".role").all():
        role.locator("> summary").click()
        for group in role.locator(".plan-group > summary").all():
            group.click()
    expect(page.locator("details:not([open])")).to_have_count(0)
    assert page.locator(".plan-entry:visible").count() == page.locator(".plan-entry").count() > 200
