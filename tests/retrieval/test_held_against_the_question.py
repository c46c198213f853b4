"""What a question asks by its form, and what of it an answer has to be of: names, years, prices, sources, one thing alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.engine import Engine
from retrieval.types import Answer, Question

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN ĐÁ BẠC

Số: 91/BC-UBND

Đá Bạc, ngày 08 tháng 12 năm 2024

BÁO CÁO

Kết quả phát triển nghề làm muối và du lịch diêm dân giai đoạn 2022 - 2024

I. KẾT QUẢ

1. Lễ hội cúng biển năm 2024 đón 38.000 lượt khách trong hai ngày.

2. Ban Chỉ đạo huyện do đồng chí Chủ tịch Ủy ban nhân dân huyện làm Trưởng ban.

3. Huyện phấn đấu nhân rộng mô hình du lịch diêm dân.

4. Sắp xếp lại 6 tổ hợp tác có dưới 10 thành viên.

5. Phòng Kinh tế: gửi báo cáo về Sở Nông nghiệp trước ngày 15 tháng 11 hằng năm; bố trí bãi phơi mới cho 27 hộ bị sạt lở ở xã Cồn Tre.

6. Kinh phí cải tạo kênh dẫn nước mặn là 4.300 triệu đồng.

II. NGUỒN VỐN

- Ngân sách huyện và đóng góp của diêm dân: 620 triệu đồng.

III. SỐ LIỆU

| Xã | Diện tích 2023 (ha) | Diện tích 2024 (ha) | Sản lượng 2024 (tấn) |
|---|---|---|---|
| Cồn Tre | 120 | 135 | 7.400 |
| Bãi Ngang | 88 | 90 | 5.150 |
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"lam-muoi": REPORT})


def ask(engine: Engine, text: str) -> Answer:
    return engine.answerer.answer(Question(text=text))


@pytest.mark.parametrize(
    "question",
    [
        "Doanh thu lễ hội cúng biển năm 2024 là bao nhiêu?",  # visitors are no money
        "How much revenue did the sea festival bring in 2024?",
        "What is the name of the chairman who heads the district steering committee?",  # a post is no name
        "Ai đang là Chủ tịch UBND huyện Đá Bạc, làm Trưởng ban Chỉ đạo?",
        "Tên 6 tổ hợp tác phải sắp xếp lại là gì?",
        "27 hộ bị sạt lở ở Cồn Tre được bố trí bãi phơi xong trước ngày nào?",  # the day of the report
        "Sản lượng muối xã Cồn Tre năm 2023 là bao nhiêu tấn?",  # of 2024 alone
        "Tính riêng ngân sách huyện góp bao nhiêu, không kể diêm dân?",  # told together
    ],
)
def test_what_only_comes_near_is_refused(engine: Engine, question: str) -> None:
    assert ask(engine, question).abstained


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Lễ hội cúng biển năm 2024 đón bao nhiêu lượt khách?", "38.000"),
        ("Sản lượng muối xã Cồn Tre năm 2024 là bao nhiêu tấn?", "7.400"),
        ("Diện tích làm muối xã Cồn Tre năm 2023?", "120"),
        ("Kinh phí cải tạo kênh dẫn nước mặn là bao nhiêu?", "4.300"),
        ("Phòng Kinh tế gửi báo cáo về Sở Nông nghiệp trước ngày nào?", "15 tháng 11"),
    ],
)
def test_what_is_told_is_given(engine: Engine, question: str, said: str) -> None:
    answer = ask(engine, question)
    assert not answer.abstained
    assert said in answer.text
