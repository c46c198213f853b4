"""What is asked of a document itself, of documents that are only cited, and of a part by its heading."""

from __future__ import annotations

import pytest

from retrieval.engine import Engine
from retrieval.types import Answer, Question

BAC_GIANG, BOARD = "2021-bac-giang-476-kh-ubnd", "2023-ban-dan-toc-bac-giang-kh-bdt"
KIEN_GIANG, TAM_DUONG = "2021-kien-giang-42-kh-ubnd", "2021-tam-duong-kh-ubnd"


def ask(engine: Engine, text: str) -> Answer:
    answer = engine.ask(Question(text=text))
    for citation in answer.citations:
        assert citation.quote == engine.source(citation.document)[citation.span.start : citation.span.end]
    return answer


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Kế hoạch của Ban Dân tộc Bắc Giang đề tháng mấy và ai ký?", ("tháng 10", "Nhữ Văn Nam")),
        ("Kế hoạch của huyện Tam Đường được lập vào năm nào?", ("2021",)),
        ("What number and date does Kien Giang's plan carry?", ("42/KH-UBND", "04 tháng 3 năm 2021")),
        ("Kế hoạch năm 2023 của thành phố Bắc Kạn gửi để báo cáo những cơ quan nào?", ("Ban Dân tộc tỉnh", "Thành ủy")),
        ("Huyện Tam Đường dựa vào kế hoạch nào để làm kế hoạch của mình?", ("742/KH-UBND",)),
        ("Kế hoạch số 742/KH-UBND của tỉnh Lai Châu ban hành ngày nào?", ("26/3/2021",)),
        ("Quyết định giao dự toán ngân sách mà Bắc Kạn dẫn là số mấy, ngày nào?", ("2668/QĐ-UBND", "19/12/2022")),
        ("Chương trình hành động mà Ban Dân tộc Bắc Giang thực hiện mang số nào?", ("55-CTr/TU",)),
        ("The plan of Lai Chau that Tam Duong builds on: which number and date?", ("742/KH-UBND", "26/3/2021")),
        ("Kế hoạch 511/KH-UBND nói về việc gì?", ("công trình ngầm",)),
        ("Dòng lưu của kế hoạch Kiên Giang ghi gì?", ("VT",)),
        ("Kế hoạch Bắc Giang 2021 được gửi cho những huyện nào?", ("Sơn Động", "Yên Thế")),
        ("Which ministries were copied in on Kien Giang's plan?", ("KHĐT",)),
        ("Nghị quyết số 29-NQ/TW ra ngày nào, của cơ quan nào?", ("17/11/2022", "Ban Chấp hành Trung ương")),
    ],
)
def test_what_a_document_is(engine: Engine, question: str, stated: tuple[str, ...]) -> None:
    answer = ask(engine, question)
    assert not answer.abstained, answer.text
    assert [fact for fact in stated if fact not in answer.text] == []


def test_the_number_of_a_document_that_is_described_comes_first_in_the_readers_language(engine: Engine) -> None:
    answer = ask(engine, "The plan of Lai Chau that Tam Duong builds on: which number and date?")
    assert answer.text.startswith("Number: 742/KH-UBND · Date: 26/03/2021")
    older = ask(
        engine, "Kiên Giang's plan builds on a 2020 decision that prolonged an older one. Number of the older one?"
    )
    assert "2214/QĐ-TTg" in older.text
    assert "Number: 2152" not in older.text


def test_of_the_recipients_only_those_of_the_sort_that_is_asked_for(engine: Engine) -> None:
    answer = ask(engine, "Kế hoạch Bắc Giang 2021 được gửi cho những huyện nào?")
    assert "Tỉnh ủy" not in answer.text


def test_a_question_that_names_no_plan_is_answered_from_each_that_says_so(engine: Engine) -> None:
    answer = ask(engine, "Ai cung cấp thông tin tới các đối tác nước ngoài quan tâm đến viện trợ vùng đồng bào DTTS?")
    assert "Ban Dân tộc" in answer.text
    assert len({citation.document for citation in answer.citations}) > 1


def test_the_body_that_a_plan_does_not_have_is_put_right(engine: Engine) -> None:
    answer = ask(engine, "Phòng Dân tộc thành phố Bắc Kạn chủ trì những việc gì của Dự án 7?")
    assert "Phòng Dân tộc" in answer.text
    assert "Trung tâm Y tế" in answer.text


def test_who_signed_a_document_that_is_only_cited_is_not_known(engine: Engine) -> None:
    answer = ask(engine, "Ai ký Kế hoạch số 742/KH-UBND của tỉnh Lai Châu?")
    assert answer.abstained
    assert "742/KH-UBND" in answer.text
    assert [citation.document for citation in answer.citations] == [TAM_DUONG]


@pytest.mark.parametrize(
    ("question", "stated", "documents"),
    [
        ("Mục tiêu của kế hoạch 42 là gì?", ("Mục tiêu chung", "25 đến 30 tỷ"), {KIEN_GIANG}),
        ("What is the overall objective of the Kien Giang plan?", ("Mục tiêu chung",), {KIEN_GIANG}),
        (
            "Mục tiêu của Kế hoạch 476 và của Kế hoạch 42 khác nhau ra sao?",
            ("Thu hút tối đa",),
            {BAC_GIANG, KIEN_GIANG},
        ),
        (
            "Kinh phí thực hiện được bố trí thế nào trong kế hoạch của Tam Đường và của Bắc Giang 2021?",
            ("viện trợ không hoàn lại", "Vốn đối ứng"),
            {TAM_DUONG, BAC_GIANG},
        ),
    ],
)
def test_a_part_is_given_where_its_heading_is_all_that_is_asked(
    engine: Engine, question: str, stated: tuple[str, ...], documents: set[str]
) -> None:
    answer = ask(engine, question)
    assert not answer.abstained, answer.text
    assert [fact for fact in stated if fact not in answer.text] == []
    assert {citation.document for citation in answer.citations} == documents


def test_a_plan_that_is_taken_to_run_longer_is_put_right(engine: Engine) -> None:
    answer = ask(engine, "Kế hoạch của Kiên Giang thực hiện đến tận năm 2030 thì chia mấy giai đoạn?")
    assert "2030" in answer.text
    assert "Giai đoạn 2021 - 2025" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What is the total budget in dong of the Tam Duong plan?",
        "What is the cost of the 73 underpasses and footbridges in Bac Giang?",
        "Báo cáo quý của các phòng thuộc Ban Dân tộc Bắc Giang phải gửi trước ngày mấy?",
        "Những tổ chức phi chính phủ nào đã tài trợ cho Kiên Giang?",
        "Hải Phòng và Kiên Giang giao ai làm đầu mối?",
        "Kế hoạch 742 của tỉnh Lai Châu giao cho Sở Ngoại vụ Lai Châu việc gì?",
        "Cô đỡ thôn bản ở thành phố Bắc Kạn lĩnh phụ cấp mỗi tháng bao nhiêu?",
        "Số tiền 468 triệu đối ứng cho thành phố Bắc Kạn phải giải ngân xong chậm nhất ngày nào?",
        "Huyện nào của Bắc Giang được nhiều ngầm, cầu dân sinh nhất?",
        "Who was the director of the Kien Giang provincial police when plan No. 42 was issued?",
        "Diện tích vùng chè tập trung của Tam Đường tới 2025 là mấy héc ta?",
    ],
)
def test_what_no_document_says_is_refused(engine: Engine, question: str) -> None:
    assert ask(engine, question).abstained


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("CTMTQG trong kế hoạch của Kiên Giang viết đầy đủ là gì?", "Chương trình mục tiêu quốc gia"),
        ("What does ODA stand for in the Bac Giang provincial plan?", "hỗ trợ phát triển chính thức (ODA)"),
    ],
)
def test_what_is_written_in_short_is_written_out(engine: Engine, question: str, stated: str) -> None:
    assert stated in ask(engine, question).text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Tam Đường có hỗ trợ hầm bioga xử lý chất thải chăn nuôi không?", "Có."),
        ("Does the Tam Duong plan support postgraduate study for ethnic minority people?", "Yes."),
        ("Vì sao ở Bắc Kạn lại để Hội Phụ nữ đứng đầu Dự án 7 về chăm sóc sức khỏe?", "Không."),
    ],
)
def test_yes_and_no_are_said_in_so_many_words(engine: Engine, question: str, opening: str) -> None:
    assert ask(engine, question).text.startswith(opening)


@pytest.mark.parametrize(
    "question",
    [
        "424 triệu của Dự án 4 năm 2023 ở Bắc Kạn có phải toàn là vốn đầu tư không?",
        "Dự án 6 ở Bắc Kạn có phải chỉ do Phòng Văn hóa làm không?",
    ],
)
def test_no_plain_yes_to_a_claim_about_all_of_something(engine: Engine, question: str) -> None:
    assert not ask(engine, question).text.startswith("Có.")


@pytest.mark.parametrize(
    ("question", "named", "document"),
    [
        ("Dự án 3 của thành phố Bắc Kạn mỗi năm 180 triệu đồng thì dùng vào việc gì?", "Kiên Giang", KIEN_GIANG),
        ("In which districts of Kien Giang are the 73 community bridges to be finished?", "Bắc Giang", BOARD),
    ],
)
def test_a_figure_of_another_place_is_given_as_that_of_its_own(
    engine: Engine, question: str, named: str, document: str
) -> None:
    answer = ask(engine, question)
    assert not answer.abstained, answer.text
    assert named in answer.text.split(":")[0]
    assert {citation.document for citation in answer.citations} == {document}


def test_the_year_of_a_plan_is_not_asked_of_the_next_answer(engine: Engine) -> None:
    before = "Theo kế hoạch hợp tác quốc tế năm 2021, các sở ngành của Kiên Giang phải báo cáo hằng năm trước ngày nào?"
    answer = engine.ask(Question(text="Thế bên tỉnh Bắc Giang thì hạn đó là ngày nào?", history=(before,)))
    assert "10 tháng 11" in answer.text


def test_in_english_the_thing_that_is_counted_need_not_come_first(engine: Engine) -> None:
    question = "How many ethnic minority works of underpasses and bridges must be finished in Bac Giang?"
    assert "73 công trình" in ask(engine, question).text


def test_a_salary_is_no_line_of_a_signature(engine: Engine) -> None:
    assert ask(engine, "Lương của Chủ tịch UBND tỉnh Kiên Giang là bao nhiêu?").abstained


def test_a_question_about_a_document_by_its_number_does_not_lean_on_the_one_before(engine: Engine) -> None:
    before = "Kế hoạch của Tam Đường có trồng chè không?"
    answer = engine.ask(Question(text="Nghị quyết 29-NQ/TW được ban hành ngày nào?", history=(before,)))
    assert "17/11/2022" in answer.text
