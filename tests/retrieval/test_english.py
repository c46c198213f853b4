"""English questions: what kind they are, which bodies they name, and that they are answered like Vietnamese ones."""

from __future__ import annotations

import doctest

import pytest

import retrieval.bodies
import retrieval.english
from ingest.normalise import fold
from retrieval.answer.terms import Topic, Weights, bag
from retrieval.bodies import body_at
from retrieval.engine import Engine
from retrieval.english import kind_of_english, matter_of, spelt_out, without_the_asker
from retrieval.question import read_question
from retrieval.translate import read_terms
from retrieval.types import Question


@pytest.mark.parametrize("module", [retrieval.bodies, retrieval.english])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


# Of other provinces and programmes than those of the corpus.
@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who signed the plan of Hoa Binh province?", "signer"),
        ("Whose signature is on the Ha Giang plan?", "signer"),
        ("To which departments was the digital transformation plan sent?", "recipients"),
        ("What is the reference number of Son La's plan?", "number"),
        ("When was the Can Tho plan issued?", "date"),
        ("Which resolution does the plan on green growth carry out?", "basis"),
        ("On what legal grounds does Ca Mau's plan rest?", "basis"),
        ("What is the Department of Health of Gia Lai supposed to do?", "duties"),
        ("Which tasks are led by the Division of Justice?", "duties"),
        ("I need everything that the Women's Union has to do.", "duties"),
        ("With whom does the Farmers' Union work on vocational training?", "coordinate"),
        ("Which agency assists the Department of Tourism?", "coordinate"),
        ("Who examines the dossiers of irrigation projects?", "lead"),
        ("Which provincial department handles forest fires?", "lead"),
        ("Which agency is the standing body for the scheme?", "lead"),
        ("Who can get loans for startups?", "list"),
        ("Who are the target groups of the programme?", "list"),
        ("Where does the money for rural roads come from?", "list"),
        ("Which communes will get clean water?", "list"),
        ("How many tasks does the plan set out?", "count"),
        ("By how much must unemployment fall every year?", "target"),
        ("What share of schools should have solar power by 2030?", "target"),
        ("By what date must districts hand in the yearly report?", "deadline"),
        ("How often is the plan reviewed?", "deadline"),
        ("What period does the strategy cover?", "deadline"),
        ("How much is earmarked for Sub-project 2?", "budget"),
        ("What does the city spend on libraries?", "budget"),
        ("How many billion dong will the bridges take?", "budget"),
        ("What is meant by a circular economy?", "definition"),
        ("Does the plan support beekeepers?", "open"),
        ("Name of the official signing for Hoa Binh, and his position?", "signer"),
        ("Was Son La's plan signed by the chairman or by a deputy?", "signer"),
        ("On which plan does this signature appear?", "signer"),
        ("In what capacity did Mr Tran sign the plan?", "signer"),
        ("To whom did Son La copy its plan?", "recipients"),
        ("Who will be trained in digital skills?", "list"),
        ("Who shall receive seedlings?", "list"),
        ("What is the grant spent on?", "list"),
        ("What did the city reserve for libraries?", "budget"),
        ("What was earmarked for village roads?", "budget"),
        ("When Son La talks of matching funds, whose money does it mean?", "definition"),
        ("What portion of villages should have a clinic?", "target"),
        ("When the rains come, who opens the gates?", "lead"),
        ("Whom should a donor talk with: who leads on foreign aid?", "lead"),
    ],
)
def test_the_kind_of_a_question_is_read_from_how_english_asks(question: str, kind: str) -> None:
    assert read_question(question).language == "en"
    assert kind_of_english(fold(question))[0] == kind


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("department of education and training", "Sở Giáo dục và Đào tạo"),
        ("division of education", "Phòng Giáo dục và Đào tạo"),
        ("education and training office", "Phòng Giáo dục và Đào tạo"),
        ("labor, invalids and social affairs division".replace(",", ""), "Phòng Lao động - Thương binh và Xã hội"),
        ("ministry of home affairs", "Bộ Nội vụ"),
        ("board of ethnic minority affairs", "Ban Dân tộc"),
        ("national committee for ethnic minority affairs", "Ủy ban Dân tộc"),
        ("district department of justice", "Phòng Tư pháp"),
        ("external relations department", "Sở Ngoại vụ"),
        ("district level justice office", "Phòng Tư pháp"),
    ],
)
def test_a_body_is_known_by_the_names_that_translators_give_it(english: str, vietnamese: str) -> None:
    body = body_at(english.split(), 0)
    assert body is not None
    assert (body.names[0], body.length) == (vietnamese, len(english.split()))


@pytest.mark.parametrize("text", ["departments and districts", "board the bus", "education matters", "department"])
def test_other_words_are_no_body(text: str) -> None:
    assert body_at(text.split(), 0) is None


def test_what_only_says_what_is_asked_is_no_matter() -> None:
    terms = read_terms("Which office is in charge of rural roads in Hoa Binh?")
    assert [term.english for term in matter_of(terms, ("lead",))] == ["rural roads", "Hoa Binh"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Who signed the plan of A, and who that of B?", "Who signed the plan of A, and who signed the plan of B?"),
        ("What is due in A, and what in B?", "What is due in A, and what is due in B?"),
        (
            "How many tasks does A set, and how many does B set?",
            "How many tasks does A set, and how many tasks does B set?",
        ),
        ("How many fields does the plan number?", "How many fields does the plan have?"),
        ("Who leads it in A, and is that the same office in B?", "Who leads it in A, and who leads it in B?"),
        (
            "Who leads it in A, and who in the district checks it?",
            "Who leads it in A, and who in the district checks it?",
        ),
        ("Who leads it in A, and who signed it?", "Who leads it in A, and who signed it?"),
        ("Who leads it, and by when must it report?", "Who leads it, and by when must it report?"),
    ],
)
def test_a_clause_without_its_verb_takes_that_of_the_one_before(text: str, whole: str) -> None:
    assert spelt_out(text) == whole


def test_who_asks_is_no_matter_unless_the_question_points_back_to_it() -> None:
    assert without_the_asker("I work at a bank. Who approves loans?") == "Who approves loans?"
    both = "My firm got a loan. Which office gives advice on this?"
    assert without_the_asker(both) == both


def test_any_translation_of_a_word_is_as_good_as_the_chosen_one() -> None:
    weights = Weights([bag("hướng dẫn kế toán".split()), bag("tham mưu bố trí vốn".split())])
    chosen = "tham mưu kế toán".split()
    evidence = bag("hướng dẫn chế độ kế toán".split())
    with_all = Topic(chosen, weights, [("tham mưu", "hướng dẫn")])
    assert with_all.held_by(evidence) == 1.0
    assert Topic(chosen, weights).held_by(evidence) < 0.6
    # What grammar took away of the chosen one leaves it a translation.
    short = Topic("phối hợp".split(), weights, [("phối hợp với", "làm việc với")])
    assert short.held_by(bag("làm việc với đối tác".split())) == 1.0


def test_a_guessed_word_counts_less_than_a_known_one() -> None:
    weights = Weights([bag("kế toán".split()), bag("nghỉ ngơi".split())])
    words = "nghỉ ngơi | kế toán".split()
    sure, unsure = Topic(words, weights), Topic(words, weights, (), frozenset({"nghỉ", "ngơi"}))
    evidence = bag("chế độ kế toán".split())
    assert unsure.held_by(evidence) > sure.held_by(evidence)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Which unit serves as standing agency for the plan in Tam Duong?", "Phòng Dân tộc"),
        ("Who runs Project 8 in Bắc Kạn city?", "Hội Liên hiệp Phụ nữ"),
        ("What does the Bac Giang foreign affairs department do?", "viện trợ phi chính phủ"),
        ("Which jobs does Kien Giang's Department of Planning and Investment take the lead on?", "tham vấn"),
        ("What does Bac Kan spend on curbing child marriage and marriage between close relatives?", "78 triệu"),
        ("What life expectancy is Bac Giang aiming for among ethnic minorities by 2030?", "75 tuổi"),
        ("In which communes is the concentrated tea area of Tam Duong located?", "Nà Tăm"),
        ("What does the Phong Dan toc of Tam Duong do?", "hường trực"),
        ("What did the Bac Kan city government reserve to curb marriage between relatives?", "78 triệu"),
        ("Was the Bac Giang ethnic affairs committee's plan signed by the head himself?", "Nhữ Văn Nam"),
        ("Some magazines are handed out free. Under which decision of the Prime Minister?", "45/QĐ-TTg"),
        ("What does Tam Duong offer to households far from a piped scheme?", "vật tư"),
        ('Whose money is "vốn đối ứng" in Tam Duong?', "cộng đồng"),
    ],
)
def test_english_finds_what_vietnamese_finds(engine: Engine, question: str, fact: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained
    assert fact in answer.text


def test_a_new_place_of_a_follow_up_takes_the_place_of_the_old_one(engine: Engine) -> None:
    before = "According to Tam Duong's plan, which crop will be developed in Binh Lu commune?"
    answer = engine.ask(Question(text="And what will Then Sin commune grow?", history=(before,)))
    assert "Séng cù" in answer.text


def test_a_level_and_a_small_word_are_no_place(engine: Engine) -> None:
    answer = engine.ask(Question(text="At district level, who steers the plan of Tam Duong?"))
    assert "“At”" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "What is the gold price today?",
        "Who leads Project 11?",
        "What is the Department of Health of Kien Giang responsible for under this plan?",
        "What tasks does the Bac Kan Department of Education and Training have in the plan?",
        "By which date do the departments send the Ethnic Affairs Board of Kien Giang the report for the first six months?",
    ],
)
def test_what_no_document_says_is_refused_in_english_too(engine: Engine, question: str) -> None:
    assert engine.ask(Question(text=question)).abstained
