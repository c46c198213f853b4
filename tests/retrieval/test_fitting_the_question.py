"""What of a question has to be in an answer and what not: forms, figures of one's own case, names; on texts of our own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from retrieval.answer.figures import named_numbers
from retrieval.engine import Engine
from retrieval.question import read_question
from retrieval.types import Question

CIRCULAR = """BỘ Y TẾ

Số: 41/2025/TT-BYT

Hà Nội, ngày 02 tháng 6 năm 2025

THÔNG TƯ

Quy định về hoạt động của trạm y tế nổi và trang thông tin khám bệnh từ xa

Điều 1. Trạm y tế nổi

1. Trạm y tế nổi phải có ít nhất 04 (bốn) nhân viên y tế thường trực trên tàu.

2. Cứ 250 hộ dân sống trên sông nước được bố trí một trạm y tế nổi.

3. Người từ đủ 15 tuổi đến dưới 60 tuổi được khám sức khỏe định kỳ miễn phí tại trạm y tế nổi mỗi năm một lần.

4. Nhân viên trực đêm trên tàu được hưởng phụ cấp bằng 0,3 mức lương cơ sở cho mỗi ca trực.

Điều 2. Trang thông tin khám bệnh từ xa

1. Trang thông tin khám bệnh từ xa phải công bố họ tên, chứng chỉ hành nghề của bác sĩ tư vấn và giá dịch vụ.

2. Trước ngày 10 hằng tháng, chủ trang thông tin khám bệnh từ xa gửi số liệu lượt khám về Sở Y tế.

3. Ca cấp cứu trên sông được báo trước cho bệnh viện qua điện thoại hoặc thư điện tử.

Điều 3. Hội đồng chuyên môn

1. Chủ tịch Hội đồng chuyên môn trạm y tế nổi là người đứng đầu trung tâm y tế huyện.

2. Mức chi cho trạm được xây dựng phù hợp với thực tế và không vượt quá 02 lần mức chi của trạm trên bờ.

BỘ TRƯỞNG

Nguyễn Thị Sông
"""

CLUSTERS = """ỦY BAN NHÂN DÂN
TỈNH ĐẠI NGÀN

Số: 15/BC-UBND

Đại Ngàn, ngày 20 tháng 6 năm 2026

BÁO CÁO

Tình hình các khu chăn nuôi tập trung

I. CÁC KHU ĐANG LÀM

1. Khu chăn nuôi Minh Hợp

- Dự kiến thả giống trong tháng 9 năm 2026.

- Vốn của doanh nghiệp: 48 tỷ đồng.

2. Khu chăn nuôi Bảo Minh

- Đã đền bù 12 ha đất trồng cây hằng năm.

- Vốn của doanh nghiệp: 75 tỷ đồng.

3. Khu chăn nuôi Sơn La Thượng

- Đường vào khu hẹp, xe tải không qua được.

Nơi nhận:
- Hội đồng nhân dân tỉnh;

CHỦ TỊCH

Phan Văn Ngàn
"""


@pytest.fixture(scope="module")
def circular(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"tram-y-te-noi": CIRCULAR})


@pytest.fixture(scope="module")
def clusters(engine_of: Callable[[Mapping[str, str]], Engine]) -> Engine:
    return engine_of({"khu-chan-nuoi": CLUSTERS})


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Trạm y tế nổi cần tối thiểu bao nhiêu người trực trên tàu?", "04 (bốn) nhân viên"),
        ("Trang web khám bệnh từ xa bắt buộc phải đăng những gì?", "chứng chỉ hành nghề"),
        ("Chủ trang web khám bệnh từ xa gửi số liệu lượt khám trước ngày mấy hằng tháng?", "Trước ngày 10"),
        ("May an emergency on the river be announced to the hospital by phone or email?", "thư điện tử"),
        ("Nhân viên trực đêm trên tàu được phụ cấp bao nhiêu?", "0,3 mức lương cơ sở"),
        ("Ai làm Chủ tịch Hội đồng chuyên môn của trạm y tế nổi?", "trung tâm y tế huyện"),
        ("Thanh niên 17 tuổi có được khám sức khỏe miễn phí tại trạm y tế nổi không?", "đủ 15 tuổi"),
        ("Xã chúng tôi có 900 hộ sống trên sông. Cứ bao nhiêu hộ thì được một trạm y tế nổi?", "250 hộ"),
        ("Chi cho trạm y tế nổi theo thực tế thì tối đa gấp mấy lần trạm trên bờ?", "02 lần"),
    ],
)
def test_words_that_tell_the_case_ask_for_no_form(circular: Engine, question: str, stated: str) -> None:
    answer = circular.ask(Question(text=question))
    assert stated in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Địa chỉ email của Hội đồng chuyên môn trạm y tế nổi là gì?",
        "Địa chỉ website khám bệnh từ xa của Sở Y tế là gì?",
        "Số điện thoại cấp cứu của trạm y tế nổi là bao nhiêu?",
    ],
)
def test_an_address_that_is_asked_for_has_to_be_there(circular: Engine, question: str) -> None:
    assert circular.ask(Question(text=question)).abstained


def test_the_head_of_a_column_is_no_circular(engine_of: Callable[[Mapping[str, str]], Engine]) -> None:
    rows = "\n".join(f"| {at} | {work} | Đội {at} |" for at, work in enumerate(("Phát cỏ bờ kênh", "Nạo vét kênh"), 1))
    plan = f"KẾ HOẠCH\n\nDuy tu kênh mương\n\nBIỂU VIỆC\n\n| TT | Việc | Đội |\n|---|---|---|\n{rows}\n"
    answer = engine_of({"kenh": plan}).ask(Question(text="Việc nạo vét kênh làm theo thông tư nào?"))
    assert answer.abstained, answer.text


def test_what_is_said_of_one_place_is_not_told_of_another(clusters: Engine) -> None:
    answer = clusters.ask(Question(text="Doanh nghiệp bỏ bao nhiêu vốn vào khu chăn nuôi Minh Hợp?"))
    assert "48 tỷ đồng" in answer.text
    assert answer.text.find("48 tỷ") < (answer.text.find("75 tỷ") % 10_000)


def test_a_word_of_grammar_in_a_name_is_part_of_it(clusters: Engine) -> None:
    answer = clusters.ask(Question(text="Đường vào khu Sơn La Thượng đang vướng gì?"))
    assert "xe tải không qua được" in answer.text
    asked = clusters.answerer.understood(Question(text="Đường vào khu Sơn La Thượng là đường gì?")).asked
    assert asked.topic.count("la") == 1, "of the name, and not the word that asks"


def test_figures_of_the_askers_own_case_need_not_be_stated(circular: Engine) -> None:
    def numbers(text: str) -> set[str]:
        return named_numbers(circular.answerer.understood(Question(text=text)).asked)

    assert numbers("Xã chúng tôi có 900 hộ. Cứ bao nhiêu hộ thì có một trạm?") == set()
    assert numbers("Thanh niên 17 tuổi được khám mấy lần?") == set()
    assert numbers("Vì sao 900 hộ được 4 trạm?") == {"900", "4"}
    assert numbers("Trạm khám cho 70 trẻ em. Họ được khám mấy lần?") == {"70"}, "children are not who asks"


def test_so_compares_as_well_as_it_numbers() -> None:
    compared = read_question("So kế hoạch du lịch Sơn Lâm với kế hoạch rừng Đại Ngàn: sở nào chủ trì?")
    assert compared.compares
    assert "number" not in compared.lookups
    for asks in ("Số kế hoạch của Sơn Lâm là gì?", "Số kế hoạch của Sơn Lâm và của Đại Ngàn là gì?"):
        assert "number" in read_question(asks).lookups


def test_to_sign_off_is_to_decide() -> None:
    assert read_question("Who signs off on moving a car to another agency?").kind == "lead"
    assert read_question("Who signed the plan?").kind == "signer"
