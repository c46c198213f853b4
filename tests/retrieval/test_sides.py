"""Questions about several places: each side is a question of its own."""

from __future__ import annotations

import pytest

from retrieval.answer.library import Library
from retrieval.answer.scope import numbers_of
from retrieval.answer.sides import sides
from retrieval.engine import Engine
from retrieval.index import Index
from retrieval.types import Question


@pytest.fixture(scope="module")
def library(index: Index) -> Library:
    return Library(index, index.speller)


def asked(library: Library, text: str) -> dict[str, str]:
    found = sides(text, library.scoped(()), numbers_of(library))
    return {", ".join(one.split("-kh")[0] for one in side.documents): side.text for side in found}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Hạn báo cáo của Kiên Giang và Bắc Giang là ngày nào?",
            {
                "2021-kien-giang-42": "Hạn báo cáo của Kiên Giang là ngày nào?",
                "2021-bac-giang-476, 2023-ban-dan-toc-bac-giang": "Hạn báo cáo của Bắc Giang là ngày nào?",
            },
        ),
        (
            "Vốn đối ứng: ở Kiên Giang sở nào lo, còn ở huyện Tam Đường phòng nào lo?",
            {
                "2021-kien-giang-42": "Vốn đối ứng, ở Kiên Giang sở nào lo",
                "2021-tam-duong": "Vốn đối ứng, ở huyện Tam Đường phòng nào lo?",
            },
        ),
        (
            "Đoàn thanh niên ở Kiên Giang lo việc gì, còn ở huyện Tam Đường thì ngoài tuyên truyền, vận động còn làm gì?",
            {
                "2021-kien-giang-42": "Đoàn thanh niên ở Kiên Giang lo việc gì",
                "2021-tam-duong": "Đoàn thanh niên, ở huyện Tam Đường thì ngoài tuyên truyền, vận động, còn làm gì?",
            },
        ),
        (
            "Dự án 5 của thành phố Bắc Kạn có bao nhiêu tiền, còn Kiên Giang đặt tỷ lệ hộ nghèo bao nhiêu?",
            {
                "2023-bac-kan": "Dự án 5 của thành phố Bắc Kạn có bao nhiêu tiền",
                "2021-kien-giang-42": "Kiên Giang đặt tỷ lệ hộ nghèo bao nhiêu?",
            },
        ),
        (
            "Việc đào tạo cán bộ do ai lo ở Kiên Giang, ai ở Tam Đường?",
            {
                "2021-kien-giang-42": "Việc đào tạo cán bộ do ai lo ở Kiên Giang",
                "2021-tam-duong": "Việc đào tạo cán bộ do ai lo ở Tam Đường",
            },
        ),
        (
            "Ở hai tỉnh Kiên Giang và huyện Tam Đường hạn nộp là ngày nào, bên nào sớm hơn?",
            {
                "2021-kien-giang-42": "ở Kiên Giang hạn nộp là ngày nào?",
                "2021-tam-duong": "ở Tam Đường hạn nộp là ngày nào?",
            },
        ),
        (
            "Cơ quan thường trực ở Kiên Giang, Bắc Giang và huyện Tam Đường là ai?",
            {
                "2021-kien-giang-42": "Cơ quan thường trực ở Kiên Giang là ai?",
                "2021-bac-giang-476, 2023-ban-dan-toc-bac-giang": "Cơ quan thường trực ở Bắc Giang là ai?",
                "2021-tam-duong": "Cơ quan thường trực ở Tam Đường là ai?",
            },
        ),
        (
            "Kế hoạch 476 của Bắc Giang và kế hoạch 42 của Kiên Giang giao ai tổng hợp?",
            {
                "2021-bac-giang-476": "Kế hoạch 476 của Bắc Giang giao ai tổng hợp?",
                "2021-kien-giang-42": "kế hoạch 42 của Kiên Giang giao ai tổng hợp?",
            },
        ),
        (
            "Kế hoạch của Ban Dân tộc Bắc Giang và kế hoạch 476 của UBND tỉnh Bắc Giang, mỗi bên do ai ký?",
            {
                "2021-bac-giang-476": "Kế hoạch của kế hoạch 476 của UBND tỉnh Bắc Giang, mỗi bên do ai ký?",
                "2023-ban-dan-toc-bac-giang": "Kế hoạch của Ban Dân tộc Bắc Giang, mỗi bên do ai ký?",
            },
        ),
        (
            "Đối tượng thụ hưởng trong kế hoạch Bắc Giang 476 và Tam Đường khác nhau ra sao?",
            {
                "2021-bac-giang-476": "Đối tượng thụ hưởng trong kế hoạch Bắc Giang 476 là gì?",
                "2021-tam-duong": "Đối tượng thụ hưởng trong kế hoạch Tam Đường là gì?",
            },
        ),
        (
            "Hai kế hoạch của tỉnh Bắc Giang có hạn báo cáo nào?",
            {
                "2021-bac-giang-476": "Hai kế hoạch của tỉnh Bắc Giang có hạn báo cáo nào?",
                "2023-ban-dan-toc-bac-giang": "Hai kế hoạch của tỉnh Bắc Giang có hạn báo cáo nào?",
            },
        ),
        (
            "Which body in Bac Kan city and which in Tam Duong district reports?",
            {
                "2023-bac-kan": "Which body in Bac Kan city and which reports?",
                "2021-tam-duong": "Which body and which in Tam Duong district reports?",
            },
        ),
        ("Theo kế hoạch 476, Ban Dân tộc tỉnh Bắc Giang làm gì?", {}),
        ("Kế hoạch 476 của UBND tỉnh Bắc Giang do ai ký?", {}),
        ("Cơ quan thường trực ở Kiên Giang là ai?", {}),
        ("Cơ quan thường trực ở Kiên Giang và Cà Mau là ai?", {}),
        ("Cơ quan thường trực là ai?", {}),
    ],
)
def test_each_place_is_asked_for_itself(library: Library, question: str, expected: dict[str, str]) -> None:
    assert asked(library, question) == expected


def test_an_answer_for_two_places_has_a_part_for_each(engine: Engine) -> None:
    question = "Cơ quan thường trực ở Kiên Giang và ở huyện Tam Đường là ai?"
    answer = engine.ask(Question(text=question))
    assert {one.document for one in answer.citations} == {"2021-kien-giang-42-kh-ubnd", "2021-tam-duong-kh-ubnd"}
    assert "Ban Dân tộc" in answer.text
    assert "Phòng Dân tộc" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Giám đốc Sở Tài chính Kiên Giang là ai?",
        "Who is the director of the Department of Finance in Kien Giang?",
        "Kiên Giang có bao nhiêu con trâu thuộc hộ dân tộc thiểu số?",
        "Báo cáo 9 tháng của các sở ngành Kiên Giang phải gửi trước ngày nào?",
    ],
)
def test_persons_counts_and_numbers_that_no_passage_has_are_refused(engine: Engine, question: str) -> None:
    assert engine.ask(Question(text=question)).abstained


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        (
            "Mục tiêu che phủ rừng của huyện Tam Đường cao hơn hay thấp hơn mức ghi ở kế hoạch Ban Dân tộc Bắc Giang?",
            "Tam Đường",
        ),
        (
            "Năm 2023 thành phố Bắc Kạn rót cho Dự án 3 về sản xuất nông, lâm nghiệp nhiều hơn hay ít hơn Kiên Giang?",
            "Bắc Kạn",
        ),
    ],
)
def test_figures_are_compared_only_where_both_sides_state_one(engine: Engine, question: str, lacking: str) -> None:
    answer = engine.ask(Question(text=question))
    assert answer.abstained
    assert lacking in answer.text.split("\n")[0]
    assert "không so sánh được" in answer.text


def test_one_place_and_the_other_are_sought_in_different_documents(engine: Engine) -> None:
    answer = engine.ask(
        Question(
            text="Tam Đường và thành phố Bắc Kạn đều bỏ tiền cho trung tâm y tế, nhưng nơi nào làm thêm khu xử lý rác, nơi kia sắm thêm cái gì?"
        )
    )
    rows = [line for line in answer.text.split("\n") if line.startswith("| **")]
    assert ["Tam Đường" in rows[0], "rác" in rows[0]] == [True, True]
    assert ["Bắc Kạn" in rows[1], "trang thiết bị" in rows[1]] == [True, True]


def test_a_comma_inside_an_enumeration_of_the_documents_parts_no_sides(engine: Engine) -> None:
    answer = engine.ask(
        Question(
            text="Các sở, ngành, địa phương phải nộp kết quả hằng năm muộn nhất ngày nào ở Kiên Giang, ngày nào ở Bắc Giang (bản 2021)?"
        )
    )
    assert "05/11" in answer.text
    assert "10 tháng 11" in answer.text


def test_the_documents_that_cite_a_decision_are_all_told_and_no_others(engine: Engine) -> None:
    answer = engine.ask(Question(text="Những kế hoạch nào căn cứ Quyết định 2152?"))
    cited = {citation.document for citation in answer.citations}
    assert cited == {"2021-bac-giang-476-kh-ubnd", "2021-kien-giang-42-kh-ubnd", "2021-tam-duong-kh-ubnd"}
    assert all("2152" in citation.quote for citation in answer.citations)
