"""Shows how a roster is read: which columns mean what, what a number is, and which names are none."""

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.rosters.name_rule import LONGEST, NameFault, look, name_fault, tidy_name
from curriculum.rosters.oneroster import is_oneroster, oneroster_lines
from curriculum.rosters.roster_file import NoColumns, reading_of
from curriculum.rosters.roster_line import Line, Reading, whole_number
from curriculum.sheets import Unreadable, rows_of_text


def read(text: str, *, whole_school: bool = False) -> Reading:
    return reading_of(rows_of_text(text), whole_school=whole_school)


def said(reading: Reading) -> list[tuple[int | None, str]]:
    return [(line.number, line.name) for line in reading.lines]


@pytest.mark.parametrize(
    "text",
    [
        "1 가온\n2 나래",
        "1,가온\n2,나래",
        "1번\t가온\n02\t 나래 ",
        "１,가온\n２,나래",
        "번호,이름\n1,가온\n2,나래",
        "2026학년도 명단\n\n이 름,비고,번 호\n가온,,1\n나래,전입,2",
        "No.;Name\n1;가온\n2;나래",
        f"1,{unicodedata.normalize('NFD', '가온')}\n2,나\u200b래\ufeff",
    ],
)
def test_a_class_is_read_as_people_write_it(text: str) -> None:
    assert said(read(text)) == [(1, "가온"), (2, "나래")]
    assert read(text).troubles == ()


def test_a_row_is_named_as_the_spreadsheet_counts_it() -> None:
    reading = read("번호,이름\n\n3,가온\nx,나래")
    assert [line.row for line in reading.lines] == [3]
    assert [(one.row, one.code) for one in reading.troubles] == [(4, "number")]


def test_a_school_is_read_by_its_columns() -> None:
    text = "이름,번호,반,학년\n가온,1,3반,2학년\n나래,x,3,2\n다온,2,,2"
    reading = read(text, whole_school=True)
    assert reading.lines == (Line(2, "가온", 1, 2, 3),)
    assert [(one.row, one.code) for one in reading.troubles] == [(3, "number"), (4, "class")]


def test_heads_without_what_is_needed_are_refused_and_not_guessed() -> None:
    with pytest.raises(NoColumns):
        read("번호,학년\n1,2")
    with pytest.raises(NoColumns):
        read("번호,이름\n1,가온", whole_school=True)


def test_a_class_without_names_is_a_span() -> None:
    assert said(read("1-3\n5~6")) == [(1, ""), (2, ""), (3, ""), (5, ""), (6, "")]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ('=HYPERLINK("http://x")', NameFault.FORMULA),
        ("+82", NameFault.FORMULA),
        ("＝1", NameFault.FORMULA),
        ("가" * 41, NameFault.LONG),
        ("나" * 10_000, NameFault.LONG),
        ("12", NameFault.SIGNS),
        ("<b>가온</b>", NameFault.SIGNS),
        ("Аnna", NameFault.MIXED),
    ],
)
def test_what_is_no_name_is_left_out_with_its_reason(name: str, fault: NameFault) -> None:
    [one] = read(f"1,{chr(34)}{name.replace(chr(34), chr(34) * 2)}{chr(34)}").troubles
    assert one.code == fault
    assert len(one.said) <= 25  # a name of 10 kB is not shown back


@pytest.mark.parametrize(
    "name", ["김가온", "남궁 솔", "Anna-Maria", "O'Neill", "Nguyễn Thị Hoa", "李小龍", "Мария", "김가온A"]
)
def test_names_of_all_kinds_are_names(name: str) -> None:
    assert name_fault(tidy_name(name)) is None
    assert tidy_name(name) == name


@given(st.text(max_size=60))
def test_a_tidied_name_is_composed_stays_as_it_is_and_shows_all_of_itself(text: str) -> None:
    name = tidy_name(text)
    assert name == unicodedata.normalize("NFC", name) == tidy_name(name)
    assert not any(unicodedata.category(sign).startswith("C") for sign in name)
    if name_fault(name) is None:
        assert 0 < len(name) <= LONGEST


TWINS = [("가온", "가 온"), ("Anna", "anna"), ("Sol", "So1"), ("민O", "민0"), ("ＡＢ", "AB"), ("Мо", "Mo")]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_names_that_look_alike_are_known_to(one: str, other: str) -> None:
    assert look(one) == look(other)


@given(
    st.text("가나다라마바사아자차카타파하", min_size=2, max_size=4),
    st.text("가나다라마바사아자차카타파하", min_size=2, max_size=4),
)
def test_other_names_do_not_look_alike(one: str, other: str) -> None:
    assert (look(one) == look(other)) == (one == other)


@pytest.mark.parametrize(("cell", "number"), [("3", 3), ("003", 3), ("3.0", 3), ("3번", 3), ("12 반", 12)])
def test_a_number_is_read_as_spreadsheets_and_people_write_it(cell: str, number: int) -> None:
    assert whole_number(cell) == number


@pytest.mark.parametrize("cell", ["", "x", "-1", "3.5", "1e3", "12345", "٣x", "3반 4"])
def test_what_is_no_number_is_none(cell: str) -> None:
    assert whole_number(cell) is None


USERS = "sourcedId,status,givenName,familyName\nu1,active,가온,김\nu2,active,Anna,Lee\nu3,tobedeleted,나래,박\n"
CLASSES = "sourcedId,status,title,classCode,classType\nc1,active,2학년 3반,,homeroom\nc2,active,수학,,scheduled\n"
ENROLLMENTS = (
    "sourcedId,status,classSourcedId,userSourcedId,role\n"
    "e1,active,c1,u1,student\ne2,active,c2,u1,student\ne3,active,c1,u2,student\n"
    "e4,active,c1,u3,student\ne5,active,c1,u2,teacher\ne6,tobedeleted,c1,u2,student\n"
)


def package(users: str = USERS, classes: str = CLASSES, enrollments: str = ENROLLMENTS, folder: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in {"users": users, "classes": classes, "enrollments": enrollments}.items():
            archive.writestr(f"{folder}{name}.csv", text)
    return out.getvalue()


@pytest.mark.parametrize("folder", ["", "export/"])
def test_a_oneroster_package_says_who_learns_in_which_homeroom(folder: str) -> None:
    data = package(folder=folder)
    assert is_oneroster(data)
    reading = oneroster_lines(data)
    assert reading.lines == (Line(2, "김가온", None, 2, 3), Line(4, "Anna Lee", None, 2, 3))
    assert [(one.row, one.code) for one in reading.troubles] == [(5, "refers-to-nothing")]


def test_a_package_without_students_is_refused() -> None:
    with pytest.raises(Unreadable):
        oneroster_lines(package(enrollments="sourcedId,status\n"))


def test_a_class_whose_name_says_nothing_is_left_out() -> None:
    classes = "sourcedId,status,title,classCode,classType\nc1,active,햇살반,,homeroom\n"
    assert {one.code for one in oneroster_lines(package(classes=classes)).troubles} == {"class", "refers-to-nothing"}
