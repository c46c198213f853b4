"""How much so many of something cost at a stated rate: "1.486 suất, mức 600.000 đồng/suất" is 891.600.000 đồng."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.normalise import fold
from retrieval.answer.asked import Asked
from retrieval.answer.choose import line_of
from retrieval.answer.draft import Draft
from retrieval.answer.library import Library
from retrieval.answer.reader import Read
from retrieval.answer.wording import say
from retrieval.registers.sums import dong

_ASKS = re.compile(
    r"\b(?:het|ton|can|mat|tong(?: cong| so tien| so)?|tat ca|ca thay)\b.{0,40}\bbao nhieu\b"
    r"|\bbao nhieu (?:tien )?(?:tat ca|tong cong|ca thay)\b"
    r"|\b(?:total cost|in total|altogether|how much .{0,60}(?:total|cost|come to|add up))\b"
)
_AMOUNT = r"(?P<amount>\d[\d.,]*)\s*(?P<unit>(?:nghìn |ngàn |triệu |tỷ )?đồng)"
_RATE = re.compile(rf"{_AMOUNT}\s*(?:/|một |mỗi )\s*(?P<thing>[^\W\d_]+)(?P<again>/[^\W\d_]+)?", re.IGNORECASE)
_READ, _NEAR = 3, 1.5  # sentences, and how far their scores may lie behind the best
_SUPPORT = 0.8


def answer_product(asked: Asked, read: Read, library: Library) -> Draft | None:
    """The product, with the statement that has both numbers; None where no such is asked or stated."""
    if not _ASKS.search(fold(asked.question.text)) or asked.reading.yes_no:
        return None
    order = list(read.order)[:_READ]
    for at in (at for at in order if read.scores[at] >= read.scores[order[0]] - _NEAR):
        sentence = read.signs.sentences[at]
        rates = list(_RATE.finditer(sentence.text))
        if len(rates) != 1 or rates[0].group("again"):
            continue  # "200.000 đồng/người/tháng" says not for how many months
        rate = rates[0]
        counted = [
            found
            for found in re.finditer(
                rf"(?<![\d.,/])(\d[\d.]*)\s+{re.escape(rate.group('thing'))}\b", sentence.text, re.I
            )
            if not rate.start() <= found.start() < rate.end()
        ]
        if len(counted) > 1:  # "3.420 hộ, trong đó năm 2024 là 1.850 hộ": that which the question names
            asks = re.findall(r"\d[\d.]*\d|\d", asked.question.text)
            counted = [one for one in counted if one.group(1) in asks]
        if len(counted) != 1:
            continue
        number, each = counted[0].group(1), Decimal(dong(rate.group("amount"), rate.group("unit")) or 0)
        total = Decimal(number.replace(".", "")) * each
        if not total:
            continue
        shown = _shown(total, rate.group("unit"))
        closing = say(
            asked.reading.language,
            "product",
            count=number,
            each=f"{rate.group('amount')} {rate.group('unit')}",
            result=shown,
        )
        return Draft(strategy="figures", lines=(line_of(sentence),), support=_SUPPORT, closing=closing)
    return None


def _shown(total: Decimal, unit: str) -> str:
    """A sum in the unit of the rate: so many times "1,2 triệu đồng" are "1.800 triệu đồng"."""
    size = dong("1", unit)
    number = total / Decimal(size) if size else total
    if not size or number != number.to_integral_value():
        number, unit = total, "đồng"
    return f"{number:,.0f}".replace(",", ".") + f" {unit}"
