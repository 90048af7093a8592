"""Owns whom the demo school's students can turn to: role, room and hours, as a school would write them down."""

from curriculum.support.school_people import SchoolPerson

PEOPLE = (
    SchoolPerson(
        role_ko="보건 선생님",
        room_ko="본관 1층 보건실",
        hours_ko="학교 오는 날 08:30~16:30",
        reach_ko="담임 선생님을 거치지 않고 바로 와도 돼요.",
        role_en="Health teacher (school nurse)",
        room_en="Health room, main building, 1st floor",
        hours_en="School days, 08:30–16:30",
        reach_en="You can come directly, without asking your homeroom teacher first.",
    ),
    SchoolPerson(
        role_ko="상담 선생님 (Wee 클래스)",
        room_ko="본관 3층 Wee 클래스",
        hours_ko="학교 오는 날 09:00~17:00, 점심시간에도",
        reach_ko="문 옆 쪽지함에 시간을 적어 넣으면 조용히 불러 줘요.",
        covers=True,
        role_en="School counsellor (Wee Class)",
        room_en="Wee Class, main building, 3rd floor",
        hours_en="School days, 09:00–17:00, lunch included",
        reach_en="Leave a time in the box by the door, and you will be called quietly.",
    ),
    SchoolPerson(
        role_ko="학교폭력 책임교사",
        room_ko="별관 2층 학생부",
        hours_ko="학교 오는 날 08:30~16:30",
        role_en="Teacher in charge of school violence cases",
        room_en="Student affairs office, annexe, 2nd floor",
        hours_en="School days, 08:30–16:30",
    ),
    SchoolPerson(
        role_ko="담임 선생님",
        room_ko="2층 교무실",
        hours_ko="조회 전, 쉬는 시간, 수업이 끝난 뒤",
        role_en="Homeroom teacher",
        room_en="Teachers’ office, 2nd floor",
        hours_en="Before morning assembly, at breaks, after lessons",
    ),
)
