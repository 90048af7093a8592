"""Shows that a step is remembered when it is sent, by nothing else, and for the student who sent it alone."""

import pytest
from flask import Flask

from curriculum.progress.queries import steps_sent
from tests.cast import Cast, Member
from tests.inspection import Page
from tests.quizzes.stored import row_counts
from tests.site_client import SiteClient

ID = "middle/consent/every-step"
LESSON = f"/ko/lessons/{ID}"


@pytest.fixture
def ids(app: Flask) -> tuple[str, ...]:
    found: tuple[str, ...] = app.extensions["catalog"].lesson(ID).step_ids
    return found


def send(client: SiteClient, step: str, *, status: int = 303, read: str = "") -> None:
    client.post(f"{LESSON}/steps/{step}{read}", status=status, on=LESSON)


def done(page: Page) -> list[str]:
    """The steps that the list beside the lesson shows as done."""
    links = [one for one in page.all("a") if "steps__link--done" in one.attrib.get("class", "")]
    return [one.attrib["href"].removeprefix("#") for one in links]


def remembered(app: Flask, member: Member) -> frozenset[str]:
    with app.app_context():
        return frozenset(steps_sent(member, ID))


def test_it_works(app: Flask, client: SiteClient, cast: Cast, ids: tuple[str, ...]) -> None:
    send(client.sign_in(cast.gaon), ids[0])
    assert client.location == f"{LESSON}#{ids[1]}"
    assert remembered(app, cast.gaon) == {ids[0]}
    assert done(client.get(LESSON)) == [ids[0]]


def test_every_step_leads_to_the_next_and_the_last_to_the_class(
    client: SiteClient, cast: Cast, ids: tuple[str, ...]
) -> None:
    client.sign_in(cast.gaon)
    places = []
    for step in ids:
        send(client, step)
        places.append(client.location)
    assert places == [*(f"{LESSON}#{step}" for step in ids[1:]), "/ko/class"]
    assert done(client.get(LESSON)) == list(ids)


def test_reading_side_by_side_goes_on_side_by_side(client: SiteClient, cast: Cast, ids: tuple[str, ...]) -> None:
    client.sign_in(cast.gaon)
    send(client, ids[0], read="?read=both")
    assert client.location == f"{LESSON}?read=both#{ids[1]}"
    send(client, ids[-1], read="?read=both")
    assert client.location == "/ko/class"


def test_the_page_offers_to_go_on_where_the_student_stopped(
    client: SiteClient, cast: Cast, ids: tuple[str, ...]
) -> None:
    client.sign_in(cast.gaon)
    assert "하던 곳부터 이어서" not in client.get(LESSON).text
    for step in (ids[0], ids[1], ids[0]):
        send(client, step)
    page = client.get(LESSON)
    (link,) = [one for one in page.all("a") if page.words(one) == "하던 곳부터 이어서"]
    assert link.attrib["href"] == f"#{ids[1]}"
    (current,) = [one for one in page.all("a") if one.attrib.get("aria-current") == "step"]
    assert current.attrib["href"] == f"#{ids[1]}"


def test_a_step_sent_again_is_one_step(app: Flask, client: SiteClient, cast: Cast, ids: tuple[str, ...]) -> None:
    client.sign_in(cast.gaon)
    for _ in range(3):
        send(client, ids[0])
    counts = row_counts(app)
    assert (counts["visit"], counts["lesson_progress"]) == (1, 1)


def test_the_page_of_a_student_sends_every_step(client: SiteClient, cast: Cast, ids: tuple[str, ...]) -> None:
    page = client.sign_in(cast.gaon).get(LESSON)
    actions = [one.attrib["action"] for one in page.all("form") if "/steps/" in one.attrib["action"]]
    assert actions == [f"{LESSON}/steps/{step}" for step in ids]


def test_reading_remembers_nothing(app: Flask, client: SiteClient, cast: Cast) -> None:
    client.sign_in(cast.gaon)
    for read in ("", "?read=both"):
        client.get(LESSON + read)
    assert set(row_counts(app).values()) == {0}


@pytest.mark.parametrize("step", ["nothing", "note", "%00", "한국어", "x" * 500])
def test_a_step_the_lesson_has_not_is_not_found(app: Flask, client: SiteClient, cast: Cast, step: str) -> None:
    client.sign_in(cast.gaon)
    send(client, step, status=404)
    assert set(row_counts(app).values()) == {0}


def test_a_step_cannot_be_sent_by_get(app: Flask, client: SiteClient, cast: Cast, ids: tuple[str, ...]) -> None:
    client.sign_in(cast.gaon).get(f"{LESSON}/steps/{ids[0]}", status=405)
    assert set(row_counts(app).values()) == {0}


def test_one_students_steps_are_not_anothers(app: Flask, client: SiteClient, cast: Cast, ids: tuple[str, ...]) -> None:
    send(client.sign_in(cast.gaon), ids[0])
    assert remembered(app, cast.narae) == frozenset()
    assert done(SiteClient(app).sign_in(cast.narae).get(LESSON)) == []


@pytest.mark.parametrize(("who", "status"), [(None, 303), ("han", 404), ("moon", 404)])
def test_only_students_send_steps(
    app: Flask, client: SiteClient, cast: Cast, ids: tuple[str, ...], who: str | None, status: int
) -> None:
    if who:
        client.sign_in(getattr(cast, who))
    client.post(f"{LESSON}/steps/{ids[0]}", status=status, on="/ko/join")
    assert set(row_counts(app).values()) == {0}


def test_a_step_needs_six_statements_at_most(
    client: SiteClient, cast: Cast, ids: tuple[str, ...], statements: list[str]
) -> None:
    client.sign_in(cast.gaon)
    form = {"csrf_token": client.token(LESSON)}
    statements.clear()
    assert client.client.post(f"{LESSON}/steps/{ids[0]}", data=form).status_code == 303
    assert 0 < len(statements) <= 6, statements
