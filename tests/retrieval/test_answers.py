"""Answers over the real plans: what officials ask, and what is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import BadQuestion, PlanqaError, UnknownDocument
from ingest.normalise import strip_marks
from retrieval.engine import Engine
from retrieval.question import without_politeness
from retrieval.types import Question

BAC_KAN, KIEN_GIANG = "2023-bac-kan-kh-ubnd", "2021-kien-giang-42-kh-ubnd"


def ask(engine: Engine, text: str, *history: str, documents: tuple[str, ...] = ()) -> str:
    answer = engine.ask(Question(text=text, history=history, documents=documents))
    for citation in answer.citations:
        assert citation.quote == engine.source(citation.document)[citation.span.start : citation.span.end]
    return ("REFUSED " if answer.abstained else "") + answer.text


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Cơ quan nào chủ trì Dự án 8?", "Hội Liên hiệp Phụ nữ thành phố"),
        ("co quan nao chu tri du an 8", "Hội Liên hiệp Phụ nữ thành phố"),
        ("Which agency leads Dự án 8?", "Hội Liên hiệp Phụ nữ thành phố"),
        ("co quan nao chur trif du an 8", "Hội Liên hiệp Phụ nữ thành phố"),
        ("Ai phụ trách bình đẳng giới ở Bắc Kạn?", "Hội Liên hiệp Phụ nữ thành phố"),
        ("Kinh phí Dự án 6 năm 2023 là bao nhiêu?", "49 triệu đồng"),
        ("Ai ký kế hoạch của Kiên Giang?", "Nguyễn Lưu Trung"),
        ("Kế hoạch Kiên Giang mang số bao nhiêu?", "42/KH-UBND"),
        ("Số hiệu kế hoạch năm 2021 của UBND tỉnh Bắc Giang?", "476/KH-UBND"),
        ("Ban Dân tộc tỉnh Kiên Giang báo cáo trước ngày nào?", "15/11"),
        ("Chè cổ thụ được bảo tồn ở xã nào?", "Tả Lèng"),
        ("Hội Phụ nữ có chủ trì Dự án 7 không?", "Trung tâm Y tế thành phố"),
    ],
)
def test_the_fact_stands_in_the_answer(engine: Engine, question: str, fact: str) -> None:
    assert fact in ask(engine, question)


@pytest.mark.parametrize(
    "question",
    [
        "Cơ quan nào chủ trì Dự án 2?",
        "Kinh phí Dự án 7 của Bắc Kạn là bao nhiêu?",
        "Năm 2024 Bắc Kạn được phân bổ bao nhiêu vốn?",
        "Tỉnh Hà Giang đặt mục tiêu gì?",
        "Số điện thoại của Sở Tài chính Kiên Giang?",
        "Nghị định 99/2031/NĐ-CP quy định gì?",
        "What is the price of gold today?",
        "Sở Y tế Kiên Giang có trách nhiệm gì?",
    ],
)
def test_what_the_documents_do_not_say_is_refused(engine: Engine, question: str) -> None:
    assert ask(engine, question).startswith("REFUSED")


def test_a_follow_up_keeps_what_it_does_not_replace(engine: Engine) -> None:
    assert "78 triệu" in ask(engine, "Còn Dự án 9 thì sao?", "Kinh phí Dự án 8 ở Bắc Kạn là bao nhiêu?")
    assert "Công an tỉnh" in ask(engine, "Còn Công an tỉnh thì sao?", "Sở Ngoại vụ tỉnh Kiên Giang làm gì?")


def test_each_document_answers_under_its_name_where_none_is_named(engine: Engine) -> None:
    text = ask(engine, "Sở Ngoại vụ làm gì?")
    assert text.index("Bắc Giang") < text.index("Kiên Giang")


def test_the_filter_keeps_to_its_documents(engine: Engine) -> None:
    answer = engine.ask(Question(text="Ban Dân tộc làm gì?", documents=(KIEN_GIANG,)))
    assert {citation.document for citation in answer.citations} == {KIEN_GIANG}
    hits = engine.search(Question(text="Ban Dân tộc", documents=(KIEN_GIANG,)), 10)
    assert {hit.passage.document for hit in hits} == {KIEN_GIANG}


def test_a_list_has_every_item(engine: Engine) -> None:
    text = ask(engine, "Dự án 5 của Bắc Kạn gồm những tiểu dự án nào?")
    assert all(f"Tiểu dự án {number}" in text for number in (2, 3, 4))


def test_sums_are_added_and_shown(engine: Engine) -> None:
    text = ask(engine, "Dự án 5 của Bắc Kạn được bao nhiêu tiền?")
    assert "5.893 triệu" in text and "20 triệu" in text and "5.913 triệu đồng" in text


@pytest.mark.parametrize("text", ["", "   ", "?!.", "a" * 100_000])
def test_no_question_is_one_sentence(engine: Engine, text: str) -> None:
    with pytest.raises(BadQuestion):
        engine.ask(Question(text=text))


def test_an_unknown_document_is_named(engine: Engine) -> None:
    with pytest.raises(UnknownDocument, match="no-such"):
        engine.ask(Question(text="Ai ký?", documents=("no-such",)))


WORDS = st.sampled_from(
    "Dự án 8 99 Bắc Kạn Kiên Giang ai ký nào bao nhiêu năm 2023 2150 Sở Tài chính [1] ** <b> ` kinh phí còn thì sao "
    "tieu du an what is the budget of project số 42/KH-UBND 1/2/3 % ; \u0301 𝔘 \u202e so sánh ngày".split()
)


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), st.lists(WORDS, max_size=4).map(" ".join))
def test_any_words_are_answered_or_refused_with_exact_quotes(engine: Engine, text: str, before: str) -> None:
    history = (before,) if any(letter.isalnum() for letter in before) else ()
    try:
        answer = engine.ask(Question(text=text, history=history))
    except PlanqaError:
        return
    assert 0.0 <= answer.confidence <= 1.0
    for citation in answer.citations:
        assert citation.quote == engine.source(citation.document)[citation.span.start : citation.span.end]


def test_the_same_question_has_the_same_answer(engine: Engine) -> None:
    one, two = (engine.ask(Question(text="Sở Ngoại vụ làm gì?")) for _ in range(2))
    assert (one.text, one.citations, one.confidence) == (two.text, two.citations, two.confidence)


def test_an_unaccented_question_finds_what_the_accented_one_finds(engine: Engine) -> None:
    for text, bare in (
        ("Vùng chè tập trung ở xã nào?", "vung che tap trung o xa nao?"),
        ("Ai ký kế hoạch Bắc Kạn?", "ai ky ke hoach Bac Kan?"),
    ):
        one, two = (engine.search(Question(text=question), 3) for question in (text, bare))
        assert one[0].passage.key == two[0].passage.key


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Em chào anh chị, cho em hỏi ai ký kế hoạch? Em cảm ơn ạ.", "ai ký kế hoạch?"),
        ("Cho hỏi Sở Y tế làm gì ạ?", "Sở Y tế làm gì"),
        ("Hội Phụ nữ làm gì?", "Hội Phụ nữ làm gì?"),
        ("Please tell me who leads project 8, thanks", "who leads project 8"),
        ("Xin chào", "Xin chào"),
    ],
)
def test_politeness_is_no_part_of_the_question(said: str, meant: str) -> None:
    assert without_politeness(said) == meant


@pytest.mark.parametrize(
    "change",
    [
        strip_marks,
        str.upper,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: f"Dạ em xin phép hỏi {text} Em cảm ơn ạ!",
        lambda text: text.rstrip("?"),
        lambda text: f"Nhờ anh chị xem giúp với ạ, {text} Mong sớm nhận được hồi âm, xin cảm ơn.",
        lambda text: text.replace("của", "cuar").replace("Kinh phí", "Knih phí").replace("Ai ký", "Ai kys"),
    ],
    ids=["no marks", "capitals", "NFD", "polite", "no question mark", "very polite", "misspelt"],
)
def test_the_way_of_typing_does_not_change_the_answer(engine: Engine, change: Callable[[str], str]) -> None:
    for question in (
        "Cơ quan nào chủ trì Dự án 8 của Bắc Kạn?",
        "Kinh phí Dự án 6 là bao nhiêu?",
        "Ai ký kế hoạch của Kiên Giang?",
    ):
        plain = engine.ask(Question(text=question))
        assert engine.ask(Question(text=change(question))).text == plain.text


def test_a_plan_of_another_year_is_not_described(engine: Engine) -> None:
    asked = "Ai ký kế hoạch năm {} của UBND tỉnh Bắc Giang?"
    assert not engine.ask(Question(text=asked.format(2021))).abstained
    assert engine.ask(Question(text=asked.format(2052))).abstained


@pytest.mark.parametrize(
    ("before", "question", "fact"),
    [
        ("Phòng Văn hóa - Thông tin thành phố Bắc Kạn chủ trì dự án nào?", "Nó được bao nhiêu tiền?", "49 triệu đồng"),
        ("Cơ quan nào chủ trì Dự án 8 ở thành phố Bắc Kạn?", "Cơ quan đó làm gì?", "Hội Liên hiệp Phụ nữ"),
        ("Which office leads project 8 in Bac Kan city?", "What else must they do?", "Hội Liên hiệp Phụ nữ"),
    ],
)
def test_a_pronoun_stands_for_what_the_question_before_was_answered_with(
    engine: Engine, before: str, question: str, fact: str
) -> None:
    answer = engine.ask(Question(text=question, history=(before,)))
    assert not answer.abstained
    assert fact in answer.text


def test_a_pronoun_without_a_single_answer_before_it_is_left_alone(engine: Engine) -> None:
    for before in ("Giá vé đi Paris?", "Ai chủ trì Tiểu dự án 2?"):
        answer = engine.ask(Question(text="Nó được bao nhiêu tiền?", history=(before,)))
        assert not any("Nó →" in step for step in answer.steps)


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("Cơ quan nào chủ trì kế hoạch của thành phố Bắc Kạn?", "Văn phòng HĐND-UBND"),
        ("Ai chủ trì kế hoạch của Kiên Giang?", "Ban Dân tộc tỉnh"),
        ("Who leads the plan of Bac Kan city?", "Văn phòng HĐND-UBND"),
        ("Who leads the plan of Kien Giang province?", "Ban Dân tộc tỉnh"),
    ],
)
def test_who_leads_a_plan_is_who_leads_all_of_it(engine: Engine, question: str, body: str) -> None:
    assert engine.ask(Question(text=question)).text.startswith(f"**{body}")


@pytest.mark.parametrize(
    "question",
    ["Which decision is the plan of Tam Duong meant to carry out?", "Kế hoạch Tam Đường thực hiện quyết định nào?"],
)
def test_the_decision_that_a_plan_carries_out_is_among_its_bases(engine: Engine, question: str) -> None:
    assert "2152/QĐ-TTg" in engine.ask(Question(text=question)).text


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Bắc Giang chi bao nhiêu tiền để làm 73 công trình ngầm, cầu dân sinh?", "tiền"),
        ("Phòng Kế hoạch - Tuyên truyền của Ban Dân tộc Bắc Giang có mấy người?", "người"),
        ("Đường ở phường Huyền Tụng được làm mấy km?", "km"),
        ("Năm 2028 Bắc Giang xây bao nhiêu trường dân tộc nội trú?", "2028"),
        ("How much will the 73 fords and bridges of Bac Giang cost?", "money"),
    ],
)
def test_an_answer_has_the_form_that_is_asked_for_or_is_none(engine: Engine, question: str, form: str) -> None:
    assert engine.ask(Question(text=question)).abstained, form


def test_what_a_document_leaves_blank_is_refused_with_that_reason(engine: Engine) -> None:
    answer = engine.ask(Question(text="Kế hoạch của huyện Tam Đường mang số mấy, ký ngày nào?"))
    assert answer.abstained
    assert "để trống số" in answer.text
    assert "để trống ngày ban hành" in answer.text
    assert [citation.document for citation in answer.citations] == ["2021-tam-duong-kh-ubnd"] * 2


def test_a_place_that_no_document_knows_is_named_in_the_refusal(engine: Engine) -> None:
    answer = engine.ask(Question(text="Huyện Phong Thổ giao phòng nào trực đề án hợp tác quốc tế?"))
    assert answer.abstained
    assert "Phong Thổ" in answer.text


def test_a_comparison_is_a_table_with_a_row_for_each_document(engine: Engine) -> None:
    question = "So sánh hạn báo cáo hằng năm của các sở ngành Kiên Giang và Bắc Giang (kế hoạch 2021)?"
    rows = [line for line in engine.ask(Question(text=question)).text.splitlines() if line.startswith("|")]
    assert rows[:2] == ["| Văn bản | Nội dung |", "|---|---|"]
    assert len(rows) == 4
    assert any("05/11" in row for row in rows)
    assert any("10 tháng 11" in row for row in rows)


def test_names_of_bodies_are_explained_in_english_answers(engine: Engine) -> None:
    english = engine.ask(Question(text="Which department must guide the use of aid money in Bac Giang?"))
    assert "**Sở Tài chính** (Department of Finance)" in english.text
    vietnamese = engine.ask(Question(text="Sở nào hướng dẫn việc dùng tiền viện trợ ở Bắc Giang?"))
    assert "Department" not in vietnamese.text


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        (
            "Tỷ lệ kênh mương kiên cố của Bắc Giang phải tăng thêm bao nhiêu điểm phần trăm?",
            "50% − 33,6% = 16,4 điểm phần trăm",
        ),
        (
            "By how many percentage points should the share of solidified canals rise?",
            "50% − 33,6% = 16.4 percentage points",
        ),
        (
            "Ngân sách trung ương chiếm bao nhiêu phần trăm tổng vốn 2023 của Bắc Kạn?",
            "6.543 triệu đồng / 7.011 triệu đồng = 93,3%",
        ),
        ("Nội dung thu hút nguồn lực của Tam Đường được chia thành bao nhiêu nhóm lớn?", "Có 10 nhóm:"),
    ],
)
def test_what_is_worked_out_stands_beside_its_figures(engine: Engine, question: str, stated: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained
    assert stated in answer.text
    assert answer.citations


def test_no_share_is_worked_out_of_another_documents_total(engine: Engine) -> None:
    answer = engine.ask(Question(text="Ngân sách trung ương chiếm bao nhiêu phần trăm tổng vốn của Kiên Giang?"))
    assert "7.011" not in answer.text


def test_a_whole_question_with_a_relative_that_leans_on_nothing(engine: Engine) -> None:
    question = "Which body must appraise projects that use the scheme's capital in Tam Duong district?"
    before = "tien cho hoc nghe cua bac kan nam 2023 la may dong"
    assert "Phòng Tài chính - Kế hoạch" in ask(engine, question)
    assert ask(engine, question, before) == ask(engine, question)


def test_of_a_part_and_one_within_it_the_inner_one_is_meant(engine: Engine) -> None:
    answer = engine.ask(Question(text="Ai chịu trách nhiệm tuyên truyền pháp luật ở thành phố Bắc Kạn?"))
    assert "Phòng Tư pháp" in answer.text and "phối hợp" in answer.text
    assert "Văn phòng HĐND" not in answer.text
