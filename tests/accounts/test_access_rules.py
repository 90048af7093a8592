"""Shows what each mark means, from the person alone; without app or database."""

from uuid import uuid4

import pytest

from curriculum.accounts.access import Mark, allows
from curriculum.accounts.viewer import STAFF, Role, Viewer


def somebody(role: Role) -> Viewer:
    return Viewer(school_id=uuid4(), id=uuid4(), role=role, display_name="가온", school_name="햇살중학교", token="t")


def lets_in(mark: Mark) -> set[Role | None]:
    found: set[Role | None] = {role for role in Role if allows(mark, somebody(role))}
    return found | ({None} if allows(mark, None) else set())


def test_it_works() -> None:
    assert lets_in(Mark.PUBLIC) == {None, *Role}


@pytest.mark.parametrize(
    ("mark", "roles"),
    [
        (Mark.STUDENT, {Role.STUDENT}),
        (Mark.TEACHER, {Role.TEACHER}),
        (Mark.STAFF, {Role.TEACHER, Role.COUNSELLOR, Role.ADMINISTRATOR}),
        (Mark.SIGNED_IN, set(Role)),
    ],
)
def test_a_mark_lets_in_whom_it_names_and_nobody_who_is_signed_out(mark: Mark, roles: set[Role]) -> None:
    assert lets_in(mark) == roles


def test_a_student_is_no_staff_and_staff_no_student() -> None:
    assert {role for role in Role if somebody(role).is_staff} == STAFF
    assert {role for role in Role if somebody(role).is_student} == {Role.STUDENT}


def test_a_viewer_carries_school_and_secret_into_the_cookie() -> None:
    viewer = somebody(Role.STUDENT)
    assert viewer.get_id() == f"{viewer.school_id.hex}.t"
