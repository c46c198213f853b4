"""All that a body has to do: the part that lists its duties, rows of tables under whatever head, and "do … quản lý"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.assignment import names_doer, names_leader, names_partner, names_task, names_time
from retrieval.engine import Engine
from retrieval.types import Question

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN THẠCH KHÊ

Số: 84/KH-UBND

Thạch Khê, ngày 12 tháng 3 năm 2024

KẾ HOẠCH

Phát triển nghề dệt chiếu cói huyện Thạch Khê năm 2024

I. NHIỆM VỤ

1. Mở lớp dạy dệt hoa văn tại xã Cẩm Phong; máy dệt do Phòng Kinh tế và Hạ tầng quản lý.

2. Trồng lại 30 ha cói ở bãi bồi sông Thạch.

Bảng 1. Công trình

| TT | Công trình | Quy mô | Chủ đầu tư |
|---|---|---|---|
| 1 | Kho cói Cẩm Phong | 400 m2 | Phòng Kinh tế và Hạ tầng |
| 2 | Cống tưới Thạch Sơn | 2 cửa | Ban Quản lý dự án huyện |

II. TỔ CHỨC THỰC HIỆN

1. Phòng Kinh tế và Hạ tầng: là đầu mối của kế hoạch; báo cáo kết quả trước ngày 15 tháng 12.

2. Phòng Tài chính - Kế hoạch: bố trí kinh phí; hướng dẫn thanh quyết toán.

Bảng 2. Giao việc

| TT | Việc cần làm | Ai làm | Cùng làm | Hạn xong |
|---|---|---|---|---|
| 1 | Hội thi dệt chiếu | Trung tâm Văn hóa, Thông tin và Thể thao | Phòng Kinh tế và Hạ tầng | 30/9/2024 |
| 2 | Đăng ký nhãn hiệu chiếu Thạch Khê | Phòng Kinh tế và Hạ tầng | Phòng Tư pháp | 30/6/2024 |
| 3 | Gian hàng tại hội chợ tỉnh | Trung tâm Văn hóa, Thông tin và Thể thao | Hội Nông dân | 15/11/2024 |

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Văn Chiếu
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-thach-khe-chieu-coi": PLAN})


@pytest.mark.parametrize(
    "question",
    [
        "Phòng Kinh tế và Hạ tầng phải làm những việc gì trong kế hoạch chiếu cói?",
        "Phòng Kinh tế và Hạ tầng huyện Thạch Khê ôm mấy việc gì?",
        "Liệt kê giúp những việc và công trình mà Phòng Kinh tế và Hạ tầng Thạch Khê phải lo.",
        "Phòng Kinh tế và Hạ tầng có mặt ở những chỗ nào trong kế hoạch dệt chiếu Thạch Khê?",
    ],
)
def test_all_that_a_body_does_stands_in_one_answer(engine: Engine, question: str) -> None:
    answer = engine.ask(Question(text=question))
    assert not answer.abstained
    for task in ("đầu mối của kế hoạch", "Kho cói Cẩm Phong", "Đăng ký nhãn hiệu", "Hội thi dệt chiếu", "máy dệt do"):
        assert task in answer.text
    assert "Cống tưới" not in answer.text and "bố trí kinh phí" not in answer.text
    assert len(answer.citations) >= 5


def test_a_body_that_only_tables_name_has_its_rows(engine: Engine) -> None:
    answer = engine.ask(Question(text="Trung tâm văn hóa thông tin thể thao Thạch Khê được giao việc gì?"))
    assert "Hội thi dệt chiếu" in answer.text and "Gian hàng tại hội chợ" in answer.text
    assert "nhãn hiệu" not in answer.text


def test_a_matter_beside_the_body_keeps_to_that_matter(engine: Engine) -> None:
    answer = engine.ask(Question(text="Phòng Kinh tế và Hạ tầng làm gì về nhãn hiệu chiếu Thạch Khê?"))
    assert "Đăng ký nhãn hiệu" in answer.text and "Kho cói" not in answer.text


@pytest.mark.parametrize(
    ("head", "meant"),
    [
        ("Cơ quan chủ trì", names_leader),
        ("Bộ phận làm chính", names_leader),
        ("ĐƠN VỊ CHỊU TRÁCH NHIỆM", names_leader),
        ("Đơn vị cùng làm", names_partner),
        ("Ai giúp", names_partner),
        ("Đơn vị tham gia", names_partner),
        ("Chủ đầu tư", names_doer),
        ("Hạn xong", names_time),
        ("Tiến độ", names_time),
        ("Hạng mục", names_task),
    ],
)
def test_heads_of_assignment_tables(head: str, meant: Callable[[str], bool]) -> None:
    assert meant(head)


@pytest.mark.parametrize(
    "head", ["Mức hỗ trợ", "Hỗ trợ (triệu đồng)", "Số người tham gia", "Nội dung thực hiện", "Hạn chế"]
)
def test_heads_that_name_nobody(head: str) -> None:
    assert not names_doer(head) and not names_time(head)
