"""Legal texts put together from the training data, and questions on them, for fitting the reader.

The plans alone teach the reader how plans speak: of decrees and circulars it thought right answers improbable. The
articles are in ``pairs-law-title`` of the data, which never enters the project; so a question says where in the text
its evidence stands (``evals/training/laws.jsonl``) and holds no quote of it.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from evals.types import Case, Evidence

QUESTIONS = Path(__file__).with_name("training") / "laws.jsonl"
SHELVES: tuple[tuple[str, ...], ...] = (
    ("20/2014/NĐ-CP", "124/2021/TT-BCA", "25/2023/TT-BKHCN", "11/2023/NĐ-CP", "57/2020/QH14"),
    ("70/2008/NĐ-CP", "09/2023/QĐ-TTg", "61/2023/NĐ-CP", "106/2021/NĐ-CP", "05/2015/TT-BQP", "21/2017/TT-BGDĐT"),
    ("45/2014/TT-BTC", "185/2015/TT-BTC", "47/2014/TT-BCT", "16/2014/TT-BKHCN", "97/2022/NĐ-CP"),
    ("51/2023/TT-BTC", "29/2018/TT-BNNPTNT", "78/2020/NĐ-CP", "35/2016/NĐ-CP", "07/2020/TT-BLĐTBXH"),
    ("43/2018/NĐ-CP", "05/2023/TT-BKHCN", "06/2013/NĐ-CP", "17/2021/TT-BXD", "13/2018/TT-BTTTT"),
    ("45/2012/NĐ-CP", "15/2019/QĐ-TTg", "16/2013/TTLT-BYT-BNN&PTNT", "145/2013/TT-BTC", "55/2019/TT-BCA"),
    ("130/2020/NĐ-CP", "69/2017/TT-BTC", "11/2008/QH12", "17/2019/TT-BYT", "07/2019/TT-BNV"),
    ("144/2020/NĐ-CP", "87/2011/TT-BQP", "24/2018/TT-BNNPTNT", "28/2017/TT-BLĐTBXH", "37/2014/TT-BKHCN"),
    ("164/2018/NĐ-CP", "131/2020/NĐ-CP", "17/2021/TT-BGDĐT", "14/2016/TT-BKHCN", "126/2008/NĐ-CP"),
)
"""Documents that are asked together, as a small library would be, by their numbers."""
SHELF = 3
"""Documents asked together, of those in ``sentences.tsv``."""
_ISSUERS = {
    "NĐ-CP": "CHÍNH PHỦ",
    "QĐ-TTg": "THỦ TƯỚNG CHÍNH PHỦ",
    "QH14": "QUỐC HỘI",
    "TT-BCA": "BỘ CÔNG AN",
    "TT-BQP": "BỘ QUỐC PHÒNG",
    "TT-BKHCN": "BỘ KHOA HỌC VÀ CÔNG NGHỆ",
    "TT-BGDĐT": "BỘ GIÁO DỤC VÀ ĐÀO TẠO",
}
_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_OF_DOCUMENT = re.compile(r" - (?:Quy|quy|về|Về|Luật|Thông|Hướng|Tăng|Nghị).*$")
_CASE: TypeAdapter[Case] = TypeAdapter(Case)


def shelves(data: Path) -> Iterator[dict[str, str]]:
    """The texts of each shelf by document id. Raises OSError where the data is not there."""
    texts = texts_of(data, tuple(number for shelf in SHELVES for number in shelf))
    for shelf in SHELVES:
        yield {id_of(number): texts[number] for number in shelf}


def texts_of(data: Path, numbers: Sequence[str]) -> dict[str, str]:
    """The texts of documents by their numbers. Raises OSError where the data is not there."""
    articles: dict[str, list[dict[str, str]]] = {}
    with gzip.open(data / "pairs-law-title.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            articles.setdefault(article.get("doc") or "", []).append(article)
    names = {number: next(name for name in articles if f" số {number} " in f"{name} ") for number in numbers}
    return {number: _text(number, name, articles[name]) for number, name in names.items()}


def cases(texts: Mapping[str, str]) -> tuple[Case, ...]:
    """The questions on one shelf, their evidence quoted from its texts."""
    found = []
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        places = row.pop("evidence")
        if row.pop("shelf") != sorted(texts)[0]:
            continue
        case = _CASE.validate_python({**row, "evidence": []})
        found.append(replace(case, evidence=tuple(_evidence(place, texts) for place in places)))
    return tuple(found)


def place_of(one: Evidence, texts: Mapping[str, str]) -> dict[str, Any]:
    """Where evidence stands, as a question keeps it: [start, end) in code points."""
    text = texts[one.document]
    above = text.find(one.heading) if one.heading else 0
    start = text.index(one.quote, above)
    place: dict[str, Any] = {"document": one.document, "quote": [start, start + len(one.quote)]}
    if one.heading:
        place["heading"] = [above, above + len(one.heading)]
    return place


def _evidence(place: Mapping[str, Any], texts: Mapping[str, str]) -> Evidence:
    text = texts[place["document"]]
    (start, end), (above, below) = place["quote"], place.get("heading", (0, 0))
    return Evidence(document=place["document"], quote=text[start:end], heading=text[above:below])


def id_of(number: str) -> str:
    """The id of a document, which is the name of its file."""
    return number.replace("/", "-")


def _text(number: str, name: str, articles: Sequence[Mapping[str, str]]) -> str:
    """A document in the layout of Nghị định 30/2020/NĐ-CP: letterhead, title, articles."""
    kind, title = name.split(f" số {number} ", 1)
    suffix = number.split("/")[-1]
    issuer = _ISSUERS.get(suffix, f"BỘ {suffix.split('-')[-1]}")
    lines = [issuer, f"Số: {number}", "", *_MOTTO, "", kind.upper(), title, ""]
    for at, article in enumerate(articles, 1):
        heading = re.sub(rf" - {re.escape(title[:20])}.*$", "", article["query"], flags=re.IGNORECASE)
        heading = _OF_DOCUMENT.sub("", heading)
        lines += [heading if heading.startswith("Điều") else f"Điều {at}. {heading}", article["positive"], ""]
    return "\n".join(lines) + "\n"
