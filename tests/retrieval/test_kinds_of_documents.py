"""A library of several kinds of documents: a decree, a report, a decision, each told by what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Question

DECREE = """\
CHÍNH PHỦ
Số: 77/2024/NĐ-CP

Hà Nội, ngày 12 tháng 4 năm 2024

NGHỊ ĐỊNH
Về quản lý chợ nổi

Điều 1. Phạm vi điều chỉnh

Nghị định này quy định về quản lý chợ nổi.

Điều 2. Giải thích từ ngữ

1. Chợ nổi là nơi mua bán hàng hóa trên sông, do Ủy ban nhân dân cấp tỉnh công nhận.

2. Tỷ lệ lấp đầy của chợ nổi là tỷ lệ giữa số ghe neo đậu thường xuyên và tổng số chỗ neo đậu.

3. Ghe bán lẻ là phương tiện có trọng tải dưới 5 tấn dùng để bán hàng cho khách.

Điều 3. Trách nhiệm

Sở Công Thương thẩm định hồ sơ trong thời hạn 20 ngày.

Điều 4. Điều kiện công nhận, mở rộng chợ nổi

1. Có ít nhất 30 ghe neo đậu thường xuyên.

2. Luồng lạch sâu từ 2 m trở lên vào mùa khô.

Điều 5. Tổ chức bộ máy của Ban quản lý chợ nổi

1. Các tổ thuộc Ban quản lý (03 tổ):

a) Tổ An ninh;

b) Tổ Vệ sinh;

c) Tổ Hướng dẫn khách.

TM. CHÍNH PHỦ
THỦ TƯỚNG


Trần Văn Sông
"""

REPORT = """\
ỦY BAN NHÂN DÂN
TỈNH HÒA AN
Số: 15/BC-UBND

Hòa An, ngày 20 tháng 6 năm 2025

BÁO CÁO
Tình hình các chợ nổi trên địa bàn tỉnh

Thực hiện Nghị định số 77/2024/NĐ-CP ngày 12/4/2024 của Chính phủ, Ủy ban nhân dân tỉnh báo cáo như sau:

I. CÁC CHỢ NỔI

| STT | Nội dung |
|---|---|
| 1 | Chợ nổi Ngã Tư. Vị trí: xã Long Hải. Diện tích mặt nước 12 ha, do Ủy ban nhân dân xã Long Hải quản lý. Đã đầu tư bến ghe và nhà chờ bằng ngân sách huyện. Đề nghị Ban quản lý dự án giao thông hoàn thành cầu dẫn trước tháng 9/2027. Hiện có 45 ghe neo đậu thường xuyên, chủ yếu bán trái cây. Khó khăn lớn nhất là luồng lạch bồi lắng vào mùa khô, ghe lớn không vào được. |
| 2 | Chợ nổi Vàm Xáng. Vị trí: phường Tân Phú. Diện tích mặt nước 8 ha, do Hợp tác xã Tân Phú quản lý. Đã chi trả bồi thường cho 31/40 hộ phải di dời. Thi công kè từ tháng 3/2026 đến tháng 8/2028. Hiện có 20 ghe neo đậu thường xuyên, chủ yếu bán hàng ăn uống cho khách du lịch. Khó khăn lớn nhất là thiếu điện và nước sạch cho các hộ bán hàng trên sông. |

II. KIẾN NGHỊ

Đề nghị Sở Du lịch hỗ trợ quảng bá.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH


Lê Thị Bến
"""


@pytest.fixture(scope="module")
def mixed(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"nghi-dinh": DECREE, "bao-cao": REPORT})


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Chợ nổi được hiểu là gì?", "nơi mua bán hàng hóa trên sông"),
        ("Tỷ lệ lấp đầy của chợ nổi được tính như thế nào?", "tổng số chỗ neo đậu"),
        ("Ghe bán lẻ là gì?", "dưới 5 tấn"),
        ("Ai ký nghị định về chợ nổi?", "Trần Văn Sông"),
        ("Who signed the 2025 report?", "Lê Thị Bến"),
        ("Bản báo cáo ra ngày nào?", "20 tháng 6 năm 2025"),
        ("Văn bản nào thực hiện Nghị định 77?", "Báo cáo"),
    ],
)
def test_documents_are_told_by_their_kind_and_terms_by_their_clause(mixed: Engine, question: str, stated: str) -> None:
    answer = mixed.ask(Question(text=question))
    assert not answer.abstained, answer.text
    assert stated in answer.text
    for citation in answer.citations:
        assert citation.quote == mixed.source(citation.document)[citation.span.start : citation.span.end]


def test_of_a_long_row_the_sentence_that_answers_is_cited_with_the_name_of_the_row(mixed: Engine) -> None:
    answer = mixed.ask(Question(text="Chợ nổi Vàm Xáng thi công kè từ tháng nào đến tháng nào?"))
    assert "3/2026 đến tháng 8/2028" in answer.text
    assert "Vàm Xáng" in answer.text
    first = answer.citations[0]
    assert len(first.quote) < 120
    assert "Ngã Tư" not in first.quote


def test_what_is_no_documents_kind_stays_a_citation(mixed: Engine) -> None:
    answer = mixed.ask(Question(text="Báo cáo thực hiện nghị định nào của Chính phủ?"))
    assert "77/2024/NĐ-CP" in answer.text


def test_an_article_is_given_whole_where_its_heading_is_what_is_asked(mixed: Engine) -> None:
    answer = mixed.ask(Question(text="Muốn mở rộng chợ nổi thì cần điều kiện gì?"))
    assert "30 ghe" in answer.text
    assert "2 m" in answer.text
    assert "Tổ Vệ sinh" not in answer.text


@pytest.mark.parametrize(
    "question", ["Ban quản lý chợ nổi có mấy tổ, tên là gì?", "Ban quản lý chợ nổi có bao nhiêu tổ?"]
)
def test_a_count_that_the_document_makes_itself_is_given_with_what_it_counts(mixed: Engine, question: str) -> None:
    answer = mixed.ask(Question(text=question))
    for stated in ("03 tổ", "Tổ An ninh", "Tổ Vệ sinh", "Tổ Hướng dẫn khách"):
        assert stated in answer.text


DECISION = """\
ỦY BAN NHÂN DÂN
TỈNH LỘC SƠN
Số: 88/QĐ-UBND

Lộc Sơn, ngày 05 tháng 8 năm 2024

QUYẾT ĐỊNH
Ban hành Kế hoạch phát triển chợ phiên vùng cao giai đoạn 2024 - 2028

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển chợ phiên vùng cao.

I. QUAN ĐIỂM

1. Chợ phiên là nơi mua bán, gặp gỡ của đồng bào các dân tộc, họp theo ngày định sẵn trong tuần.

2. Mỗi chợ phiên có một nhà trưng bày sản phẩm địa phương.

CHỦ TỊCH


Giàng A Lử
"""

PLAN = """\
ỦY BAN NHÂN DÂN
HUYỆN BẠCH THÔN
Số: 21/KH-UBND

Bạch Thôn, ngày 11 tháng 3 năm 2024

KẾ HOẠCH
Cải tạo chợ trung tâm huyện Bạch Thôn

I. NỘI DUNG

1. Cải tạo chợ trung tâm gồm mái che, nền và hệ thống thoát nước.

2. Chợ trung tâm có bãi xe 500 m2.

CHỦ TỊCH


Bế Văn Nọi
"""


@pytest.fixture(scope="module")
def markets(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"quyet-dinh": DECISION, "ke-hoach": PLAN, "bao-cao": REPORT})


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch của Lộc Sơn định nghĩa chợ phiên là gì?",
        "How does the Lộc Sơn plan define the market day (chợ phiên)?",
    ],
)
def test_a_decision_that_promulgates_a_plan_is_called_that_plan(markets: Engine, question: str) -> None:
    answer = markets.ask(Question(text=question))
    assert not answer.abstained, answer.text
    assert "họp theo ngày định sẵn" in answer.text
    assert {citation.document for citation in answer.citations} == {"quyet-dinh"}


def test_a_plan_of_a_place_that_made_a_report_means_that_report(markets: Engine) -> None:
    answer = markets.ask(Question(text="Kế hoạch của tỉnh Hòa An nói chợ nổi Ngã Tư có bao nhiêu ghe?"))
    assert "45 ghe" in answer.text
    assert {citation.document for citation in answer.citations} == {"bao-cao"}
