"""Rows by their class, what an amending document takes back, what only looks like a lookup, and words put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ingest.normalise import fold
from ingest.rules.programme import parts_in
from retrieval.engine import Engine
from retrieval.question import language_of, lookups_in
from retrieval.restore import Restorer
from retrieval.spelling import Speller
from retrieval.tokens import defined_abbreviations
from retrieval.types import Question

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN SƠN TRÀ LINH

Số: 61/BC-UBND

Sơn Trà Linh, ngày 20 tháng 12 năm 2024

BÁO CÁO

Kết quả xây dựng thư viện xã năm 2024

I. KẾT QUẢ

Bảng 1. Kết quả các chỉ tiêu

| TT | Chỉ tiêu | Kế hoạch 2024 | Thực hiện 2024 | Đánh giá |
|---|---|---|---|---|
| 1 | Số xã có thư viện | 9 | 9 | Đạt |
| 2 | Số đầu sách mới | 4.000 | 3.150 | Không đạt |
| 3 | Lượt bạn đọc | 12.000 | 14.300 | Vượt |
| 4 | Số buổi đọc sách cho trẻ | 60 | 41 | Không đạt |

Bảng 2. Phòng đọc theo xã

| Xã | Số chỗ ngồi | Đơn vị theo dõi |
|---|---|---|
| Khe Mo | 40 | Phòng Văn hóa |
| Nà Phặc | 25 | Phòng Văn hóa |
| Cốc Pàng | 30 | Phòng Giáo dục |

II. TỔ CHỨC THỰC HIỆN

1. Phòng Văn hóa: chủ trì mua sách, kiểm kê tủ sách hai lần một năm.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nông Văn Sáu
"""

AMENDING = """HỘI ĐỒNG NHÂN DÂN
TỈNH YÊN BÌNH

Số: 09/2025/NQ-HĐND

Yên Bình, ngày 10 tháng 7 năm 2025

NGHỊ QUYẾT

Sửa đổi, bổ sung một số điều của các Nghị quyết về mức chi

Điều 1. Sửa đổi, bổ sung, bãi bỏ một số điều của Nghị quyết số 21/2023/NQ-HĐND ngày 05 tháng 5 năm 2023 về mức chi hội nghị

1. Sửa đổi, bổ sung khoản 2 Điều 4 như sau: mức chi nước uống là 40.000 đồng một người một buổi.

2. Bãi bỏ Điều 7, Điều 9 và Điều 11.

Điều 2. Bãi bỏ một số điều của Nghị quyết số 30/2022/NQ-HĐND ngày 08 tháng 12 năm 2022 về mức thu phí

1. Bãi bỏ Điều 3 và Điều 5.

Điều 3. Điều khoản thi hành

1. Nghị quyết này có hiệu lực kể từ ngày tháng năm 2025 và thay thế các quy định trước đây:

a) Quy định về mức chi tiếp khách;

b) Quy định về mức chi hội thảo.

CHỦ TỊCH

Hà Thị Lan
"""


@pytest.fixture(scope="module")
def engine(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"2024-son-tra-linh-thu-vien": REPORT, "2025-yen-binh-muc-chi": AMENDING})


def test_rows_are_found_by_their_class(engine: Engine) -> None:
    answer = engine.ask(Question(text="Những chỉ tiêu thư viện nào của Sơn Trà Linh năm 2024 không đạt?"))
    assert "Số đầu sách mới" in answer.text and "Số buổi đọc sách cho trẻ" in answer.text
    assert "Lượt bạn đọc" not in answer.text


def test_places_are_no_tasks(engine: Engine) -> None:
    answer = engine.ask(Question(text="Phòng Văn hóa Sơn Trà Linh chủ trì những nhiệm vụ gì về thư viện?"))
    assert "mua sách" in answer.text and "Khe Mo" not in answer.text


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Nghị quyết 09/2025 của Yên Bình bãi bỏ những điều nào của Nghị quyết 21/2023?", "Điều 7, Điều 9", "Điều 5"),
        ("Nghị quyết 09/2025 Yên Bình bỏ hẳn điều nào của Nghị quyết số 30/2022?", "Điều 3 và Điều 5", "Điều 7"),
        ("Which articles of Resolution 21/2023 does Yen Binh's Resolution 09/2025 repeal?", "Điều 7, Điều 9", "Điều 5"),
    ],
)
def test_what_an_amending_document_takes_back(engine: Engine, question: str, said: str, unsaid: str) -> None:
    answer = engine.ask(Question(text=question))
    assert said in answer.text and unsaid not in answer.text


def test_two_articles_side_by_side(engine: Engine) -> None:
    answer = engine.ask(Question(text="Điều 1, Điều 2 của Nghị quyết 09/2025 Yên Bình quy định gì?"))
    assert "21/2023/NQ-HĐND" in answer.text and "30/2022/NQ-HĐND" in answer.text


def test_a_blank_day_of_effect_in_a_heading_is_said_to_be_blank(engine: Engine) -> None:
    answer = engine.ask(Question(text="Nghị quyết 09/2025 của Yên Bình có hiệu lực từ ngày nào?"))
    assert answer.abstained and "để trống" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Hợp đồng mua sách với nhà xuất bản ở Sơn Trà Linh ký ngày nào?",
        "Hội thi kể chuyện sách ở Sơn Trà Linh diễn ra ngày nào?",
        "Thư viện xã Pò Tấu huyện Sơn Trà Linh có bao nhiêu chỗ ngồi?",
    ],
)
def test_what_no_document_says_is_refused(engine: Engine, question: str) -> None:
    assert engine.ask(Question(text=question)).abstained


def test_other_events_are_no_dates_of_documents() -> None:
    assert lookups_in(fold("Kế hoạch này ban hành ngày nào?")) == ("date",)
    assert "date" not in lookups_in(fold("Hợp đồng với công ty ký ngày nào?"))
    assert "date" not in lookups_in(fold("số ca giảm bao nhiêu so với cùng kỳ năm trước?"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("rach gia camera giam sat: phan xa hoi hoa may trieu", "vi"),
        ("homestay o ta van duoc ho tro gi", "vi"),
        ("Camera costs in Rach Gia?", "en"),
    ],
)
def test_one_borrowed_word_makes_no_english(text: str, language: str) -> None:
    assert language_of(text) == language


def test_what_only_questions_have_is_restored_as_a_question() -> None:
    restorer = Restorer.learn(["góp bảo nhiều cho " * 200])
    assert "bao nhiêu" in restorer.restore("gop bao nhieu cho quy")


def test_a_tone_left_out_is_put_back_on_its_own_letter() -> None:
    meant, _ = Speller(Restorer.learn(["một bộ hồ sơ"])).read("nộp bao nhiêu tiền môt bộ hồ sơ")
    assert "một bộ" in meant


def test_a_legend_defines_the_heads_of_a_table() -> None:
    found = defined_abbreviations("*Ghi chú: NST là ngân sách tỉnh; TB: muối trải bạt; KX là chữ khác.*")
    assert found["nst"] == ("ngan", "sach", "tinh")
    assert found["tb"] == ("muoi", "trai", "bat")
    assert "kx" not in found


def test_a_decree_is_no_part_of_a_programme() -> None:
    assert parts_in("theo NĐ32 và NĐ 15") == ()
    assert parts_in("ND 2 thuộc DA 3") != ()
