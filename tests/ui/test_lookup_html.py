"""The look-up page without a browser: what an address asks, what is shown of it, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ingest.types import Span
from retrieval.embed import load_encoder
from retrieval.engine import Engine
from retrieval.index import build
from retrieval.registers.types import KINDS, Cell, Filter, Row
from tests.ui.test_render import HOSTILE, read
from ui.language import load_strings
from ui.lookup.card import card, named_in
from ui.lookup.compare import ASPECTS, Item, Side, check_sides, comparison, same, sides, verdict
from ui.lookup.places import in_words, read_place, read_span, row_link
from ui.lookup.query import PAGE, REGISTERS, ROLES, Query, lookup_address, read_query
from ui.lookup.routes import Lookup
from ui.lookup.rows import money, table
from ui.source import Place, joined, place_pane

CORPUS = Path(__file__).parents[2] / "corpus"
VI, EN = load_strings("vi"), load_strings("en")
BAC_KAN = "2023-bac-kan-kh-ubnd"
ATTACK = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("index")
    build(CORPUS, folder, load_encoder())
    return Engine.open(folder)


@pytest.fixture(scope="module")
def client(engine: Engine) -> TestClient:
    return TestClient(Starlette(routes=Lookup(engine, "vi").routes()), raise_server_exceptions=False)


def query(**changes: object) -> Query:
    return Query(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "parameters",
    [
        {"register": "budgets", "project": "5.3", "year": "2023", "text": "von su nghiep"},
        {"register": "responsibilities", "unit": "Sở Tài chính", "role": "chủ trì", "document": "a"},
        {"register": "findings", "language": "en"},
        {"register": "targets", "shown": "400"},
    ],
)
def test_an_address_is_read_and_written_alike(parameters: dict[str, str]) -> None:
    found = read_query(parameters.items(), ["a", "b"], "vi")
    assert found.fault is None
    written = urlsplit(lookup_address(".", found, shown=found.shown)).query
    assert read_query(parse_qsl(written), ["a", "b"], "vi") == found
    assert parameters.items() <= {"language": "vi", **dict(parse_qsl(written))}.items()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("register", "secrets"),
        ("document", "../../etc/passwd"),
        ("unit", "x" * 201),
        ("unit", "!!!"),
        ("role", "boss"),
        ("project", "no project"),
        ("project", "5.3.1.2"),
        ("year", "23"),
        ("year", "٢٠٢٣"),
        ("text", "…"),
        ("shown", "-1"),
        ("shown", "9" * 30),
    ],
)
def test_what_cannot_be_looked_up_is_said_in_one_sentence(client: TestClient, field: str, value: str) -> None:
    found = read_query([(field, value)], ["a"], "vi")
    assert found.fault is not None
    assert found.fault.field == field
    answer = client.get("/registers", params={field: value})
    assert answer.status_code == 400
    notices = re.findall(r'<p class="pq-notice" role="alert">(.*?)</p>', answer.text)
    assert [unescape(one) for one in notices] == [VI(f"lookup.bad-{field}", value=value[:60])]
    assert client.get("/registers/download", params={"format": "csv", field: value}).status_code == 400


@pytest.mark.parametrize("project", ["8", "5.3", "Dự án 5", "du an 5", "Tiểu dự án 1 thuộc Dự án 9"])
def test_a_project_is_written_as_people_write_it(project: str) -> None:
    assert read_query([("project", project)], [], "vi").fault is None


def test_filters_that_mean_nothing_for_a_register_are_kept_but_not_applied() -> None:
    wanted = Filter(unit="Sở Tài chính", role="chủ trì", project="5", year="2023", text="vốn")
    assert query(register="budgets", wanted=wanted).applied() == Filter(project="5", year="2023", text="vốn")
    assert query(register="findings", wanted=wanted).applied() == Filter()
    assert "unit=" in lookup_address(".", query(register="budgets", wanted=wanted))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("register", REGISTERS)
def test_every_register_has_a_page_in_both_languages(
    client: TestClient, engine: Engine, register: str, language: str
) -> None:
    answer = client.get("/registers", params={"register": register, "language": language})
    assert answer.status_code == 200
    strings = load_strings("vi" if language == "vi" else "en")
    assert f'<html lang="{language}">' in answer.text
    assert f"<title>{strings(f'lookup.{register}')} – {strings('lookup.title')}</title>" in answer.text
    links = answer.text.count('class="pq-open"')
    if register == "findings":
        assert links == sum(len(one.spans) for one in engine.findings())
    else:
        assert links == len(engine.register(next(kind for kind in KINDS if kind == register)))
    assert "http://" not in answer.text
    assert "https://" not in answer.text


def test_the_headers_let_nothing_but_our_own_files_run(client: TestClient) -> None:
    headers = client.get("/registers").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/registers", "/registers/briefing", "/registers/compare", "/registers/source"])
@pytest.mark.parametrize("field", ["text", "unit", "value", "document", "register", "year", "language", "by", "at"])
def test_an_attack_in_an_address_stays_text(client: TestClient, path: str, field: str) -> None:
    for attack in (ATTACK, *HOSTILE):
        answer = client.get(path, params={field: attack})
        assert answer.status_code in (200, 400, 404)
        assert "<script>" not in answer.text
        assert "<img" not in answer.text
        assert "<b>x" not in answer.text


def row(document: str, text: str) -> Row:
    cells = tuple(Cell(column=column, text=text, value=text, span=Span(0, 1)) for column in ("unit", "role", "task"))
    return Row(kind="responsibilities", document=document, span=Span(0, 1), cells=cells, path=(text,))


@pytest.mark.parametrize("text", HOSTILE)
def test_an_attack_in_a_document_stays_text(text: str) -> None:
    root = read(table([row("a", text)], query(), (), VI, "."))
    assert not list(root.all("script"))
    assert text in root.text


def test_rows_are_shown_in_parts(engine: Engine) -> None:
    rows = [row("a", f"việc {number}") for number in range(450)]
    first = table(rows, query(), engine.documents(), VI, ".")
    assert first.count('class="pq-row"') == PAGE
    assert VI("lookup.some-rows", shown=PAGE, count=450) in first
    link = re.search(r'class="pq-more"><a href="([^"]*)"', first)
    assert link is not None
    assert "shown=400#row-201" in link.group(1)
    rest = table(rows, query(shown=600), engine.documents(), VI, ".")
    assert rest.count('class="pq-row"') == 450
    assert "pq-more" not in rest


def test_every_row_leads_to_its_own_words(engine: Engine) -> None:
    for kind in KINDS:
        for one in engine.register(kind)[::7]:
            parameters = parse_qsl(urlsplit(unescape(row_link(".", one, "vi"))).query)
            place = read_place(parameters, engine)
            assert place is not None
            text = engine.source(one.document)
            marked = re.findall(
                r'<mark class="[^"]*">(.*?)</mark>',
                place_pane(place, text, engine.outline(one.document), VI),
                re.DOTALL,
            )
            words = [unescape(re.sub(r"<[^>]*>", "", part)) for part in marked]
            assert words == [text[span.start : span.end] for span in joined([cell.span for cell in one.cells])]
            if one.path:
                assert place.path == one.path


@pytest.mark.parametrize(
    "changes",
    [
        {"document": "x"},
        {"at": "5-3"},
        {"at": "0-99999999"},
        {"at": "0-3", "mark": "x"},
        {"at": "0-3", "mark": "1-1"},
        {"at": "0-3", "focus": "-"},
        {"at": ""},
    ],
)
def test_a_place_that_is_none_is_not_found(client: TestClient, changes: dict[str, str]) -> None:
    good = {"document": BAC_KAN, "at": "0-10", "mark": "0-5"}
    assert client.get("/registers/source", params=good).status_code == 200
    answer = client.get("/registers/source", params={**good, **changes})
    assert answer.status_code == 404
    assert VI("lookup.no-place") in answer.text


def test_a_span_of_an_address_lies_in_the_text() -> None:
    assert read_span("2-5", 5) == Span(2, 5)
    assert [read_span(text, 5) for text in ("2-6", "5-2", "3-3", "a-b", "-1-2", "1-2-3", "")] == [None] * 7


def test_the_mark_that_is_meant_stands_out_among_the_others() -> None:
    place = Place(title="T", at=Span(0, 20), marks=(Span(0, 12), Span(4, 8), Span(14, 16)), focus=Span(4, 8))
    root = read(place_pane(place, "abcd efg hijk lmnopq", (), VI))
    assert [one.text for one in root.by_class("pq-quote")] == [" efg"]
    assert [one.text for one in root.by_class("pq-also")] == ["abcd", " hij", "lm"]
    assert root.by_class("pq-document")[0].text == "abcd efg hijk lmnopq"


def test_rows_are_fetched_as_files(client: TestClient, engine: Engine) -> None:
    parameters = {"register": "budgets", "project": "5", "document": BAC_KAN}
    wanted = engine.register("budgets", Filter(project="5", documents=(BAC_KAN,)))
    assert wanted
    answer = client.get("/registers/download", params={**parameters, "format": "csv"})
    assert answer.headers["content-disposition"] == 'attachment; filename="planqa-budgets.csv"'
    assert len(list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))) == len(wanted) + 1
    answer = client.get("/registers/download", params={**parameters, "format": "json"})
    assert len(json.loads(answer.content)) == len(wanted)
    answer = client.get("/registers/download", params={**parameters, "format": "xlsx"})
    assert answer.content.startswith(b"PK")
    answer = client.get("/registers/download", params={"register": "deadlines", "format": "ics"})
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    answer = client.get("/registers/download", params={"register": "findings", "format": "json"})
    assert len(json.loads(answer.content)) == len(engine.findings())


@pytest.mark.parametrize(
    "parameters", [{}, {"format": "exe"}, {"format": "ics"}, {"format": "ics", "register": "findings"}]
)
def test_other_files_are_refused(client: TestClient, parameters: dict[str, str]) -> None:
    answer = client.get("/registers/download", params=parameters)
    assert answer.status_code == 400
    assert unescape(answer.text).count(VI("lookup.bad-format", value=parameters.get("format", ""))) == 1


@pytest.mark.parametrize("path", ["/registers/static/x", "/registers/static/..%2fapp.py", "/registers/static/chat.js"])
def test_only_the_files_of_the_page_are_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_fault_of_ours_is_one_sentence() -> None:
    class Broken:
        def documents(self) -> tuple[()]:
            raise ZeroDivisionError

    client = TestClient(Starlette(routes=Lookup(Broken(), "en").routes()))  # type: ignore[arg-type]
    answer = client.get("/registers")
    assert answer.status_code == 500
    assert EN("lookup.failed") in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_a_card_holds_what_a_body_leads_joins_pays_and_dates(engine: Engine) -> None:
    found = card(engine, "hoi lien hiep phu nu")
    assert found.leads
    assert all(one.value("role") in ("chủ trì", "thường trực", "đầu mối") for one in found.leads)
    assert {part for one in found.leads for part in [one.value("part")]} == {"Dự án 8"}
    assert [one.value("part") for one in found.money if one.document == BAC_KAN]
    assert all("Dự án 8" in one.value("part") for one in found.money)
    joining = card(engine, "Sở Tài chính").joins
    assert all(one.value("unit") != "sở tài chính" or one.value("role") == "phối hợp" for one in joining)


def test_a_body_with_an_abbreviation_is_the_same_body(engine: Engine) -> None:
    assert card(engine, "UBND tỉnh") == card(engine, "uy ban nhan dan tinh")


def test_the_lines_of_a_card_cite_document_heading_and_words(client: TestClient, engine: Engine) -> None:
    page = client.get("/registers/briefing", params={"unit": "so tai chinh"}).text
    root = read(page[page.index("<article") : page.index("</article>") + 10])
    lines = root.by_class("pq-line")
    found = card(engine, "so tai chinh")
    parts = (found.leads, found.joins, found.others, found.money, found.dates)
    assert len(lines) == sum(len(part) for part in parts)
    for line in lines:
        assert re.search(r"“.+”", line.text)
        assert re.search(r"\[\d\] .*›", line.by_class("pq-cited")[0].text)
    assert [one.text for one in root.all("h2")] == ["Sở Tài chính"]


def test_a_body_that_no_document_names_gets_a_plain_sentence(client: TestClient, engine: Engine) -> None:
    page = client.get("/registers/briefing", params={"unit": "Bộ Vũ trụ"}).text
    assert VI("lookup.unnamed", unit="Bộ Vũ trụ") in unescape(page)
    assert "<article" not in page
    assert named_in(engine, "Bộ Vũ trụ") == ()
    # A name that stands only in a legal basis: the documents name it, and no duty is read for it.
    assert named_in(engine, "Ban Chấp hành Trung ương")
    page = client.get("/registers/briefing", params={"unit": "Ban Chấp hành Trung ương"}).text
    assert VI("lookup.without-duty", unit="Ban Chấp hành Trung ương") in unescape(page)


def side(document: str, **keys: tuple[str, ...]) -> Side:
    return Side(
        document=document,
        items={
            aspect: tuple(Item(said=key, key=key, row=row(document, key)) for key in keys.get(aspect, ()))
            for aspect in ASPECTS
        },
    )


def test_differences_are_said_in_words_and_signs(engine: Engine) -> None:
    one, two = (info.id for info in engine.documents()[:2])
    found = (side(one, lead=("x",), money=("1", "2"), join=("y",)), side(two, lead=("x",), money=("2", "3")))
    assert [verdict(found, aspect) for aspect in ASPECTS] == ["same", "one", "none", "differ", "none", "none"]
    assert same(found, "money") == {"2"}
    root = read(comparison(found, engine.documents(), [one, two], VI, "."))
    assert [line.text.split()[0] for line in root.by_class("pq-line")] == ["=", "=", "y", "≠", "=", "=", "≠"]
    assert [part.text for part in root.by_class("pq-verdict")] == [
        VI("lookup.verdict-same"), VI("lookup.verdict-one"), VI("lookup.verdict-differ")
    ]  # fmt: skip
    assert VI("lookup.unsaid") in root.text


def test_documents_stand_side_by_side_by_part_body_and_theme(engine: Engine) -> None:
    ids = [info.id for info in engine.documents()]
    assert {one.document for one in sides(engine, "part", "Dự án 1", ids, VI)} == {
        "2021-kien-giang-42-kh-ubnd",
        BAC_KAN,
    }
    assert sides(engine, "part", "1", ids, VI) == sides(engine, "part", "du an 1", ids, VI)
    assert len(sides(engine, "unit", "so tai chinh", ids, VI)) == 2
    assert len(sides(engine, "theme", "vien tro", ids, VI)) == 3
    assert sides(engine, "theme", "vé máy bay", ids, VI) == ()
    assert [check_sides("part", "x") is None, check_sides("unit", "…") is None, check_sides("theme", "vốn") is None] == [
        False, False, True
    ]  # fmt: skip


def test_money_is_written_out_where_the_document_does_not() -> None:
    def cell(text: str, value: str) -> Cell:
        return Cell(column="amount", text=text, value=value, span=Span(0, 1))

    assert money(cell("3,6 tỷ đồng", "3600000000"), VI) == "3.600.000.000 đồng"
    assert money(cell("3.600.000.000 đồng", "3600000000"), VI) == ""
    assert money(cell("2 triệu USD", "2000000 USD"), EN) == "2,000,000 USD"


def test_few_words_of_a_finding_stand_among_others(engine: Engine) -> None:
    finding = next(one for one in engine.findings() if one.kind == "sum-differs")
    text, passages = engine.source(finding.document), engine.passages(finding.document)
    for span in finding.spans:
        before, words, behind = in_words(text, passages, span)
        assert words == text[span.start : span.end]
        assert before or behind


def test_every_role_has_its_words() -> None:
    for role, key in ROLES.items():
        assert VI(f"lookup.role-{key}") == role
        assert EN(f"lookup.role-{key}") != role
