"""Tasks of a table of assignments, by who leads them and by when they are due."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Answer, Question

PLAN = """ỦY BAN NHÂN DÂN
TỈNH VÂN HẢI

Số: 64/KH-UBND

Vân Hải, ngày 20 tháng 01 năm 2025

KẾ HOẠCH

Phát triển nghề nuôi rong biển trên địa bàn tỉnh Vân Hải năm 2025

I. MỤC TIÊU

Nuôi 300 ha rong biển.

II. TỔ CHỨC THỰC HIỆN

Sở Nông nghiệp và Môi trường (Sở NN&MT) theo dõi chung.

PHỤ LỤC
DANH MỤC NHIỆM VỤ

A. GIỐNG

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |
|---|---|---|---|---|
| 1 | Khảo sát bãi giống | Sở NN&MT | UBND các huyện | Quý I/2025 |
| 2 | Nhập 20 tấn giống | Sở Tài chính | Sở NN&MT | Tháng 6/2025 |

B. NUÔI

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |
|---|---|---|---|---|
| 3 | Giao mặt nước cho 45 hộ | Sở NN&MT | UBND các huyện | Quý II/2025 |

C. BÁN

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |
|---|---|---|---|---|
| 4 | Mở sàn bán rong khô | Sở Công Thương | Sở NN&MT, Sở Tài chính | Quý IV năm 2026 |
| 5 | Đăng ký nhãn hiệu | Sở Công Thương | Sở Khoa học và Công nghệ | Thường xuyên |
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"rong-bien": PLAN})


def ask(engine: Engine, text: str) -> Answer:
    return engine.answerer.answer(Question(text=text))


@pytest.mark.parametrize(
    ("question", "count", "said", "unsaid"),
    [
        ("Sở Nông nghiệp và Môi trường chủ trì mấy nhiệm vụ trong phụ lục?", 2, "Khảo sát bãi giống", "Nhập 20 tấn"),
        ("Sở NN&MT phối hợp mấy nhiệm vụ trong phụ lục?", 2, "Mở sàn bán rong khô", "Khảo sát"),
        ("Những nhiệm vụ nào phải hoàn thành trong quý II năm 2025?", 2, "Giao mặt nước", "Khảo sát"),
        ("nhiem vu nao hoan thanh quy IV nam 2026", 1, "Mở sàn", "Giao mặt nước"),
        ("Nhiệm vụ nào hoàn thành trong năm 2026?", 1, "Mở sàn", "Đăng ký"),
        (
            "How many of the tasks in the annex does the Department of Industry and Trade lead?",
            2,
            "Đăng ký nhãn hiệu",
            "Nhập",
        ),
    ],
)
def test_the_tasks_that_are_meant_are_counted_and_listed(
    engine: Engine, question: str, count: int, said: str, unsaid: str
) -> None:
    answer = ask(engine, question)
    assert not answer.abstained
    assert f"{count} nhiệm vụ:" in answer.text or f"{count} tasks:" in answer.text
    assert said in answer.text
    assert unsaid not in answer.text
    assert len(answer.citations) == count


def test_a_narrower_thing_is_not_counted_as_all(engine: Engine) -> None:
    assert (
        "Có 2 nhiệm vụ:"
        not in ask(engine, "Sở Công Thương chủ trì mấy nhiệm vụ về phòng cháy rừng trong phụ lục?").text
    )
