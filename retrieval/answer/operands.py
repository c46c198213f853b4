"""The things that a question sets against each other or adds up: "A nhiều hơn B bao nhiêu", "cộng A, B và C"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ingest.normalise import clean, fold
from ingest.rules.programme import Part, parts_in
from retrieval.answer.listed import NUMBERS, listed, name_of
from retrieval.answer.rest import besides, not_yet

Operation = Literal[
    "difference", "sum", "more", "less", "share", "share-of", "times", "spread", "compare", "years", "between", "later",
    "sooner", "most", "least", "rest",
]  # fmt: skip

_HOW_MANY = r"(?:bao nhieu|may|bao lau)"
_MORE = r"(?:nhieu|cao|lon|dai|nang)"
_LESS = r"(?:it|thap|nho|ngan)"
_WHICH = r"(?:khoan|cai|ben|phan|muc|noi|du an|tieu du an|nhom|ai|don vi|nganh|linh vuc|thu|viec|nguon|noi dung) nao "
_PIECE = r"(?P<{0}>(?:(?!\?|\bbao nhieu\b|\bmay\b(?! moc)).){{3,140}}?)"
_A, _B, _LIST = _PIECE.format("a"), _PIECE.format("b"), _PIECE.format("list")
_END = r"(?=\s*(?:,|\?|$|\b(?:la|thi|bang|duoc|ra|het|chi|nam 20\d\d)\b|\bbao nhieu\b|\bmay\b))"
_ENDS = r"(?=\s*(?:\?|$|\b(?:la|thi|bang|duoc|ra|het|nam 20\d\d|giai doan)\b|\bbao nhieu\b|\bmay\b))"
_WHO_IS = r".{0,80}?\b(?:ai|ben nao|don vi nao|co quan nao|noi nao|phong nao|so nao|cai nao)\b.{0,20}?\b"
_PLUS = r"cong(?! (?:tac|trinh|chuc|an|dong|nghiep|nghe|lap|khai|bo|thuong|doan|thuc|suat|ty|viec|nhan))"
_JOIN = r"\s+(?:va|voi|hay|hoac|so voi|versus|vs)\s+"
_PER_CENT = r"(?:(?:bao nhieu|may) (?:phan tra(?:m|n|ng)|%)|(?:ty|ti) (?:le|trong|phan)(?: (?:la|khoang))* bao nhieu(?: (?:phan tram|%))?)"
_IS_SHARE = r"(?:chiem|bang|la|ung voi|tuong duong|tuong ung|dat)\s+(?:\w+ ){0,3}?"
_SHARE_EN = r"(?:what|which|how (?:large|big|great|high) a|how many)(?: \w+){0,2} (?:share|percentage|proportion|per ?cent|fraction|part)"
# What is said of a whole: several Dự án, or things that are told to be taken together.
_SEVERAL = r"(?=[^?]*(?:\bdu an \d|\bda \d|\btda \d|\bnoi dung \d|\bprojects? \d))"
_TOGETHER_EN = r"(?: (?:together|combined|taken together|in total|in all|altogether|as a whole))?"
_HAS = r"(?:is|are|does|do|will|would|was|were|goes to|go to|lies? in)"

# On the folded question; the operation, and what it is done with.
_TOLD: tuple[tuple[Operation, str], ...] = (
    (
        "share-of",
        rf"\b(?:so voi|trong|tren|cua|trong so) {_SEVERAL}(?P<list>[^?]*?\b(?:du an|da|tda|noi dung) \d[^?]*?),\s+(?:thi )?(?:rieng )?(?P<a>[^?,]{{3,100}}?),?\s+{_IS_SHARE}{_PER_CENT}",
    ),
    (
        "share-of",
        rf"{_A},?\s+{_IS_SHARE}{_PER_CENT}\s*(?:cua |trong |so voi )*(?:tong |ca )*{_SEVERAL}(?P<list>[^?]+)",
    ),
    (
        "share-of",
        rf"\b(?:of|out of) {_SEVERAL}(?P<list>[^?]*?\d[^?,]{{0,60}}?){_TOGETHER_EN},?\s+{_SHARE_EN}\s+{_HAS}\s+(?:for |to |in )?(?P<a>[^?]{{3,120}}?)(?=\?|$)",
    ),
    (
        "share-of",
        rf"\b{_SHARE_EN} of {_SEVERAL}(?P<list>[^?]*?\d[^?,]{{0,60}}?){_TOGETHER_EN}\s+{_HAS}\s+(?:for |to |in )?(?P<a>[^?]{{3,120}}?)(?=\?|$)",
    ),
    (
        "share-of",
        rf"\b{_SHARE_EN}\s+{_HAS}\s+(?P<a>[^?]{{3,120}}?)\s+(?:make up |account for |represent |have |take )?(?:of|in|out of)\s+(?:the )?(?:total |sum )?(?:of |for )?{_SEVERAL}(?P<list>[^?]+)",
    ),
    (
        "share",
        rf"{_A},?\s+{_IS_SHARE}{_PER_CENT}\s*(?:cua |trong |so voi )*(?P<b>(?:tong|toan bo|ca|tat ca)\b[^?]*|[^?]*)",
    ),
    (
        "share",
        rf"(?:^|[,:;]\s){_PER_CENT} (?:cua |trong |so )*(?P<b>(?:tong|toan bo|ca)\b[^?]*?)\s+(?:la|den tu|thuoc ve|danh cho)\s+{_A}(?=\?|$)",
    ),
    (
        "share",
        rf"\b(?:ty|ti) (?:le|trong) (?:cua )?{_A}\s+(?:trong|tren|so voi)\s+(?P<b>(?:tong|toan bo|ca|tat ca)\b[^?]*?)\s+(?:la |dat |chiem |bang |khoang )*(?:bao nhieu|may)\b",
    ),
    (
        "share",
        rf"\b(?:what|which|how (?:large|big|great|high) a) (?:share|percentage|proportion|per ?cent|part|fraction) of {_B}\s+(?:goes to|goes into|is for|is|does|go to|comes from|come from|are for|will go to)\s+{_A}(?=\?|$)",
    ),
    (
        "share",
        rf"\b(?:what|which|how (?:large|big|great|high) a) (?:share|percentage|proportion|per ?cent|part|fraction) of {_B}\s+(?:was|were|has been|have been|had been)\s+(?:actually |in fact |really )?{_A}(?=\?|$)",
    ),
    (
        "share",
        rf"\b(?:of|out of) {_B},\s+{_SHARE_EN}\s+(?:{_HAS}|goes to|comes from)\s+(?:for |to |from )?{_A}(?=\?|$)",
    ),
    (
        "share",
        rf"\b{_SHARE_EN}\s+(?:is|are|does|do)\s+{_A}\s+(?:make up |account for |represent |have |take )?(?:of|in|out of)\s+{_B}(?=\?|$)",
    ),
    (
        "share",
        rf"{_A}\s+(?:is|are|makes? up|accounts? for|represents?|takes?)\s+{_SHARE_EN} (?:of|in)\s+{_B}(?=\?|$)",
    ),
    (
        "times",
        rf"{_A},?\s+(?:(?:lon|nhieu|cao|tang|dai|dong) )?(?:gap|bang)\s+(?:khoang |den |toi |hon )?{_HOW_MANY} lan(?: so voi| cua)?\s+{_B}(?=\?|,|$)",
    ),
    (
        "times",
        rf"\b(?:so voi|so) {_B},\s+(?:thi )?{_A},?\s+(?:(?:lon|nhieu|cao|tang|dai|dong) )?(?:gap|bang)\s+(?:khoang |den |toi |hon )?{_HOW_MANY} lan\b",
    ),
    ("times", rf"\b(?:ti so|ty so|ti le|ty le)(?: von| tien)? giua {_A}\s+(?:va|voi)\s+{_B}{_END}"),
    (
        "times",
        rf"\bhow many times\s+(?:as (?:much|large|big|high|many|great) (?:money )?|larger |bigger |higher |more |greater |the \w+ )?{_HAS}\s+{_A}\s+(?:as|than|of|compared (?:with|to))\s+{_B}(?=\?|$)",
    ),
    (
        "times",
        rf"{_A}\s+(?:is|are|gets?|receives?)\s+(?:about )?how many times\s+(?:as (?:much|large|big|high|many) as |larger than |bigger than |higher than |more than |the size of |that of )?{_B}(?=\?|$)",
    ),
    ("times", rf"\bratio\b.{{0,30}}?\b(?:of|between) {_A}\s+(?:to|and)\s+{_B}(?=\?|,|$)"),
    (
        "spread",
        rf"{_LIST},?\s+(?:thi |deu |co |se )*(?:chenh|lech|cach|hon kem)\b.{{0,50}}?\b(?:cao|nhieu|lon) nhat (?:va|voi|so voi) (?:\w+ )?(?:thap|it|nho) nhat",
    ),
    (
        "difference",
        rf"\b(?:lay )?{_A}\s+(?<!noi )(?<!ban )(?<!cu )(?<!luu )tru (?:di |cho )?{_B}\s+(?:thi |la |con |duoc |ra |bang )*{_HOW_MANY}\b",
    ),
    ("more", rf"{_A}{_JOIN}{_B}[,:]\s.{{0,60}}?\b{_WHICH}(?:\w+ ){{0,4}}?(?:{_MORE}(?: \w+)?|nhinh|troi) hon\b"),
    ("less", rf"{_A}{_JOIN}{_B}[,:]\s.{{0,60}}?\b{_WHICH}(?:\w+ ){{0,4}}?{_LESS}(?: \w+)? hon\b"),
    ("more", rf"\bgiua {_A}\s+(?:va|voi)\s+{_B}(?:,| thi)\s+.{{0,60}}?{_MORE}(?: \w+)? hon\b"),
    ("less", rf"\bgiua {_A}\s+(?:va|voi)\s+{_B}(?:,| thi)\s+.{{0,60}}?{_LESS}(?: \w+)? hon\b"),
    ("more", rf"{_A}{_JOIN}{_B},?\s+(?:thi )?(?:{_WHICH}(?:\w+ ){{0,4}}?)?(?:{_MORE}(?: \w+)?|nhinh|troi|duoc) hon\b"),
    ("less", rf"{_A}{_JOIN}{_B},?\s+(?:thi )?(?:{_WHICH}(?:\w+ ){{0,4}}?)?{_LESS}(?: \w+)? hon\b"),
    ("more", rf"(?:{_WHICH}).{{0,30}}?{_MORE}(?: \w+)? hon\s?[,:]?\s+{_A}\s+(?:hay|hoac)(?: la)?\s+{_B}(?=\?|$)"),
    ("less", rf"(?:{_WHICH}).{{0,30}}?{_LESS}(?: \w+)? hon\s?[,:]?\s+{_A}\s+(?:hay|hoac)(?: la)?\s+{_B}(?=\?|$)"),
    (
        "more",
        rf"\b(?:which|what)\b.{{0,60}}?\b(?:more|larger|bigger|higher|most|greater)\b.{{0,40}}?[,:]?\s+{_A}\s+or\s+{_B}(?=\?|$)",
    ),
    (
        "less",
        rf"\b(?:which|what)\b.{{0,60}}?\b(?:less|smaller|lower|fewer)\b.{{0,40}}?[,:]?\s+{_A}\s+or\s+{_B}(?=\?|$)",
    ),
    (
        "more",
        rf"\b(?:does|do|is|are) {_A}\s+or\s+{_B}\s+(?:get|receive|have|allocated)?\s?(?:the )?(?:more|larger|bigger|higher)\b",
    ),
    (
        "difference",
        rf"\b(?:chenh lech|chenh nhau|chenh|khac nhau|cach biet|cach nhau|hieu so|lech nhau|khoang cach|muc chenh|do chenh)\b.{{0,30}}?\bgiua {_A}\s+(?:va|voi)\s+{_B}{_END}",
    ),
    ("difference", rf"\bgiua {_A}\s+(?:va|voi)\s+{_B}\s+(?:chenh|lech|cach|kem)\b"),
    (
        "difference",
        rf"\b(?:so voi|so) {_B},\s+(?:thi )?{_A},?\s+(?:(?:{_MORE}|{_LESS}) )?(?:hon|kem|chenh|lech|cach|vuot|thua)(?: \w+)?\s+(?:khoang |la )?{_HOW_MANY}\b(?! (?:phan tram|%))",
    ),
    (
        "difference",
        rf"{_A}\s+(?:so|so sanh) voi\s+{_B},?\s+(?:thi )?(?:da )?(?:thay doi|bien dong|tang(?:,| hay)? giam)(?: (?:ra sao|the nao|nhu the nao|bao nhieu))?(?=\s*(?:\?|$))",
    ),
    (
        "difference",
        rf"{_A}{_JOIN}{_B},?\s+(?:thi )?(?:chenh|lech|cach|hon kem)(?: \w+)?\s+(?:nhau )?(?:khoang |la )?{_HOW_MANY}\b",
    ),
    (
        "difference",
        rf"{_A},?\s+(?:{_MORE}|{_LESS}|tang|vuot|troi)?\s?(?:hon|kem|vuot|thua)(?: han)?(?: so voi| la)?\s+{_B}\s+(?:khoang |la |den |toi |tan )?{_HOW_MANY}\b",
    ),
    (
        "difference",
        rf"\b(?:how much|how many \w+(?: \w+)?|by how much) (?:more|less|higher|lower|larger|bigger|greater|smaller)\b.{{0,30}}?\b(?:is|are|does|do|will|goes to|for|in|to|go to|allocated to)\s+{_A}\s+(?:than|compared (?:with|to))\s+{_B}(?=\?|$)",
    ),
    (
        "difference",
        rf"\b(?:how many|what|how much)\b(?: \w+){{0,3}} (?:lies?|(?:is|are) there|separates?|stands?|(?:is|are) (?:the )?(?:gap|distance|difference))\s+between\s+{_A}\s+and\s+{_B}(?=\?|,|$)",
    ),
    (
        "difference",
        rf"\bhow (?:many|much|far)\b(?: \w+){{0,3}} separates?\s+{_A}\s+(?:from|and)\s+{_B}(?=\?|,|$)",
    ),
    ("difference", rf"\bhow far apart are\s+{_A}\s+and\s+{_B}(?=\?|,|$)"),
    (
        "difference",
        rf"{_A}\s+(?:exceeds?|is above|is below|falls short of|trails|lags(?: behind)?)\s+{_B}\s+by how (?:much|many)\b",
    ),
    ("difference", rf"\b(?:difference|gap|distance)\b.{{0,40}}?\bbetween {_A}\s+and\s+{_B}(?=\?|,|$)"),
    (
        "difference",
        rf"\bby how (?:much|many \w+(?: \w+)?) (?:is|are|does|do|will) {_A}\s+(?:\w+ )?(?:exceeds?|higher than|larger than|more than|greater than|above|below|lower than|less than)\s+{_B}(?=\?|,|$)",
    ),
    (
        "sum",
        rf"(?:(?:^|[,:;.?]\s?|\b(?:neu|thu|hay|gium|giup|em|va|khi)\s)(?:cong|gop)|\btong (?:cong|so|tien|von|kinh phi|ngan sach)(?: von| tien| kinh phi)?(?: cua| cho)?)\b\s+(?:lai |chung |ca |tat ca |het )*{_LIST}{_ENDS}",
    ),
    (
        "sum",
        r"(?P<list>\b(?:tieu du an|tda|du an|noi dung) \d+(?: \w+){0,6}? cong (?:them |voi )?(?:tieu du an|tda|du an|noi dung) \d+[^?]*?)\s+(?:la |thi |duoc |het |ton |can )*(?:bao nhieu|may)\b",
    ),
    (
        "sum",
        rf"\btong(?: cong| so| muc)?(?: la| het| can)? (?:bao nhieu|may)(?: tien| von| kinh phi| trieu| ty| dong)* (?:cho|cua) (?=(?:ca |\d )?(?:\d |ba |hai )?(?:du an|da|tieu du an|tda|noi dung) \d){_LIST}(?=\?|$|\s(?:cua|trong|giai doan|o|tai)\b)",
    ),
    ("sum", rf"\b(?:tinh gop|gop|cong) ca {_LIST}{_ENDS}"),
    ("sum", rf"{_LIST},?\s+(?:cong lai|cong vao|gop lai|tong cong|cong chung|gop chung)\b"),
    (
        "sum",
        rf"(?:^|[,:;]\s)(?P<list>[^?,:;]{{3,100}}? {_PLUS} (?:voi |them |ca )?[^?,;]{{3,100}}?)\s+(?:la |thi |duoc |bang |het |ra )*{_HOW_MANY}\b",
    ),
    (
        "sum",
        rf"\b(?:add(?:ing)?(?: up)?|sum of|total (?:of|for)|combined (?:\w+ )?(?:of|for))\b\s+{_LIST}(?=\?|,\s*(?:what|how)|$)",
    ),
    (
        "sum",
        rf"\b(?:do|does|is|are) {_LIST}\s+(?:get |come to |add up to |receive |have |amount to )?(?:together|combined|in total|altogether)\b",
    ),
    (
        "compare",
        rf"^compare\b(?:[^:?]{{0,60}}:)?\s*{_A}\s+(?:against|versus|vs)\s+{_B}(?=\?|[,;:]|\.\s*$|$)",
    ),
    ("compare", rf"^compare\b(?:[^:?]{{0,60}}:)?\s*{_A}\s+(?:with|to|and)\s+{_B}(?=\?|[,;:]|\.\s*$|$)"),
    ("compare", rf"\b(?:so sanh|doi chieu) (?:giup \w+ |xem |ho \w+ )*{_A}\s+(?:voi|va|so voi)\s+{_B}(?=\?|[,;:]|$)"),
    (
        "later",
        rf"{_A}{_JOIN}{_B}\s+(?:thi |deu |phai |can )*(?:bao cao|gui|nop|hoan thanh|xong|han){_WHO_IS}(?:muon|cham|sau)(?: \w+)? hon\b",
    ),
    (
        "sooner",
        rf"{_A}{_JOIN}{_B}\s+(?:thi |deu |phai |can )*(?:bao cao|gui|nop|hoan thanh|xong|han){_WHO_IS}(?:som|truoc)(?: \w+)? hon\b",
    ),
    (
        "between",
        rf"\b(?:tu|ke tu) (?:khi |luc |ngay |thoi diem |hoi )?{_A},?\s+(?:den|toi|cho den|cho toi)\s+(?:khi |luc |ngay |thoi diem |hoi )?{_B}\s+(?:la |mat |het |cach |keo dai |khoang |da )*(?:bao nhieu|may) (?:ngay|thang|nam)\b",
    ),
    (
        "between",
        rf"{_A}\s+(?:va|voi|so voi)\s+{_B}\s+(?:duoc )?(?:ban hanh |ky |ra doi |ra )?cach nhau (?:bao lau|(?:khoang )?(?:bao nhieu|may) (?:ngay|thang|nam))",
    ),
    (
        "between",
        rf"\bhow (?:many (?:full |whole )?(?:days|months|years)|long)\b.{{0,30}}?\b(?:between|from)\s+{_A}\s+(?:and|to|until)\s+{_B}(?=\?|$)",
    ),
)
_PATTERNS = tuple((operation, re.compile(pattern)) for operation, pattern in _TOLD)
# The sums of several years, each of which is given, added up.
_YEARS = re.compile(
    r"(?:^|[,:;.?]\s?|\b(?:neu|thu|hay|gium|giup|em|va|khi|nhung|ma|roi|anh|chi|ban|toi|minh|lay)\s)(?:cong|gop)(?! (?:tac|trinh|dong|chuc|an|nghiep|nghe)) (?:\w+ ){0,6}?(?:cac|tung|moi|hang|may|nhung) nam\b"
    r"|\b(?:muc|so|phan|tien|von|so tien) (?:\w+ ){0,2}?(?:cac|tung|moi|hang) nam (?:\w+ ){0,3}?(?:cong|gop|nhan|don)(?: (?:len|lai|don|chung|vao|voi))+\b|\b(?:add|adding|sum|total) (?:\w+ ){0,4}?(?:yearly|annual|per[- ]year|year[- ]by[- ]year)\b|\b(?:add|adding|sum)(?: up)? (?:\w+ ){0,4}?(?:each|every) year\b"
)
_SINCE = r"\b(?:tu|giua|from|between)\s+(?:cuoi |dau |nam |het |moc |the end of |end |year )*(?P<first>20\d\d)\s+(?:den|toi|cho den|va|to|and|until)\s+(?:cuoi |dau |nam |het |moc |the end of |end |year )*(?P<last>20\d\d)"
_RISES = r"(?:tang|nang|giam|keo|ha|nhich)\b(?: (?:len|xuong|them|toi thieu|it nhat|khoang|toi da|duoc|bot))*"
_RISES_EN = r"(?:rise|grow|increase|go up|fall|drop|decrease|go down|climb|change)"
_POINTS = r"(?:(?:bao nhieu|may) (?:diem|phan tram|%)|(?:bao nhieu|may)\b(?! (?:lan|nam)))"
_CHANGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|[,:;]\s){_A}\s+{_SINCE}\s+(?:phai |can |se |duoc |du kien |thi )*{_RISES} {_POINTS}",
        rf"{_SINCE},?\s+(?:thi )?(?!(?:phai|can|se|duoc|du kien) ){_A}\s+(?:phai |can |se |duoc |du kien |cu |da )*{_RISES} {_POINTS}",
        rf"(?:^|[,:;]\s){_A}\s+(?:phai |can |se |duoc |du kien )*{_RISES} {_POINTS}[^?]{{0,20}}? {_SINCE}",
        rf"\b(?:by how (?:much|many)|how (?:much|many))\b[^?]{{0,25}}?\b(?:must|should|will|does|is|are|do) {_A}\s+(?:to |expected to |have to |supposed to )*{_RISES_EN}\s+{_SINCE}",
        rf"{_SINCE},\s+(?:by )?how (?:much|many)\b[^?]{{0,25}}?\b(?:must|should|will|does|is|are|do) {_A}\s+(?:to |expected to |have to |supposed to )*{_RISES_EN}\b",
    )
)
# What an enumeration begins with, and what it is taken apart by.
_COUNTED = re.compile(
    r"^(?:(?:ca|tat ca|toan bo|so|cac|nhung|phan|khoan)\s+)*(?:(?:hai|ba|bon|nam|2|3|4|5)\s+(?:linh vuc|khoan|phan|du an|tieu du an|muc|noi dung|nhom|nguon|loai|cai|viec|huyen|nam)\s+)?(?:gom |la )?"
)
_HEAD = re.compile(
    r"^(?:so |giua |ca |thi |rieng |cua )*(?:phan|khoan|muc|so tien|tien)\s+(?:(?:danh|cap|chi|giao|bo tri)\s+)?(?:cho |cua |ve |thuoc )?(?=\w)"
)
_COMMA = re.compile(r"\s*[,;]\s*(?:va |and )?")
_AND = re.compile(r"\s+(?:va|and|cung|voi|cong|plus)\s+|\s*\+\s*")
_MANY = re.compile(
    r"\b(hai|ba|bon|2|3|4) (?:linh vuc|khoan|phan|du an|tieu du an|muc|noi dung|nhom|nguon|loai)\b|\b(two|three|four) (?:areas|parts|projects|sub-?projects|sums|items|sources|fields)\b"
)
_TRIM = " ,.;:?!"
_TWO = 2
_LONGEST = 300
"""Code points of a question that sets things against each other: the patterns, which look for two phrases, are dear."""
_WHICH_ONE = re.compile(r"\b(?:mảng|khoản|lĩnh vực|dự án|phần|bên|nơi|cái|việc|mục|nhóm) nào\b", re.IGNORECASE)
# "Dự án 10 (tuyên truyền, kiểm tra)": what a part is called, and no list.
_REMARK = re.compile(r"(?<=\d )\([^()]*\)")
_SUMMED = rf"\b(?:{_PLUS}|gop(?! y)|tinh|don|tong(?! (?:hop|ket|cuc|the)))\b"
_EVERY = r"(?:moi|tat ca|toan bo|het|du|cac|nhung|tung|ca)\b(?: (?:cac|nhung|moi|hai|ba|bon|nam|cai|\d))*"
_SUMS = r"(?:khoan|so tien|muc von|muc tien|muc|nguon von|phan|con so|so von|dong tien|tieu du an|tda|noi dung|nd)\b"
_ALL = re.compile(
    rf"{_SUMMED} (?:\w+ ){{0,4}}?{_EVERY} (?:so )?{_SUMS}"
    rf"|\b{_EVERY} (?:so )?{_SUMS}.{{0,100}}?\b(?:{_PLUS} (?:lai|vao|chung|don|het)|gop (?:lai|chung|vao)|tong cong|thanh bao nhieu)\b"
    r"|\b(?:add(?:ing)?(?: up)?|sum(?:ming)?(?: up)?|total(?:ling|ing)?(?: up)?|tot(?:ting)? up|put(?:ting)? together)\b (?:\w+ ){0,4}?(?:everything|all|every|each|the (?:\w+ )?(?:amounts|sums|items|allocations|figures))\b"
    r"|\b(?:everything|all (?:of )?(?:the )?(?:\w+ )?(?:amounts|sums|items|money|funds|allocations|figures))\b.{0,120}\b(?:together|add up|adds up|in total|combined|comes? to|amounts? to|altogether|in all|sum)\b"
)
# "Ai tổng hợp các khoản …", "… do đơn vị nào chi": what is asked is no sum.
_WHO = re.compile(
    r"\b(?:ai|(?:don vi|co quan|phong|so|ben|nganh|noi) nao|khi nao|bao gio|o dau|de lam gi|(?:gom|la|co|lam) (?:nhung |cac )?gi|nhung gi|ra sao|(?:nhu )?the nao)\b|\b(?:who|whom|which (?:body|agency|department|office)|when|where)\b"
)
_CHECK = re.compile(
    r"\b(?:cong|gop|tong|cac khoan|cac du an|cac phan|tung)\b.{0,120}\b(?:co )?(?:khop|bang dung|dung bang|trung|lech|chenh|sai)\b.{0,40}\b(?:tong|so|con so|muc|khong)\b"
    r"|\b(?:tong|con so)\b.{0,80}\b(?:khop|lech|chenh|sai|trung)\b.{0,60}\b(?:cong|gop|cac khoan|cac du an|cac phan|tung)\b"
    r"|\b(?:add|adds|adding|sum|sums|together)\b.{0,100}\b(?:match(?:es)?|equals?|agrees?|stated total|total (?:that is )?stated|differs?|reach(?:es)?)\b"
    r"|\b(?:gap|difference|discrepancy)\b.{0,40}\b(?:stated|total)\b.{0,80}\b(?:parts|projects|items|sum|amounts)\b"
    r"|\badd(?:s)? up to the (?:\w+ )?(?:total|sum|figure)\b"
)


# Some word without which nothing is worked out: the patterns, which look for two phrases of any words, are dear.
_MAY_BE = re.compile(
    r"\b(?:so sanh|chiem|bang|ung voi|tuong duong|hon|kem|chenh|lech|cach|khac|hieu|cong|gop|tong|tru|vuot|thua|gap|(?:may|bao nhieu) lan|muon|cham|som|truoc|sau|ngay|thang|nam|bao lau|don|so voi|ty le|phan tram\w*"
    r"|share|percentage|proportion|per ?cent|part|fraction|more|larger|bigger|higher|most|greater|less|smaller|lower|fewer|differ\w*|gap|exceed\w*|above|below|short|add\w*|sum|total|combined|together|altogether"
    r"|times|ratio|between|long|days|months|years|compared?|earlier|later|plus|minus|apart)\b|[%+]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """What is to be worked out, and the phrases that it is done with."""

    operation: Operation
    operands: tuple[str, ...]
    said: str = ""
    """What must be said of the figure itself: "có nhà văn hóa" of the thôn that do not have one yet."""


def calculation(text: str) -> Calculation | None:
    """What a question wants worked out of two or more things that it names; None where it names none.

    >>> calculation("Trong khoản hạ tầng, vốn đầu tư nhiều hơn vốn sự nghiệp bao nhiêu triệu?").operands
    ('vốn đầu tư', 'vốn sự nghiệp')
    >>> calculation("Cộng vốn Dự án 6 và Dự án 8 năm 2023 là bao nhiêu?").operation
    'sum'
    """
    return next(iter(calculations(text)), None)


def calculations(text: str) -> tuple[Calculation, ...]:
    """All that a question may be read to want worked out, the plainest first.

    >>> calculations("Gộp ba mảng (đường sá, chợ, thủy lợi) thì cần bao nhiêu tiền?")[0].operands
    ('đường sá', 'chợ', 'thủy lợi')
    """
    if len(text) > _LONGEST:
        return ()
    said = said_plainly(text)
    folded = _REMARK.sub(lambda found: " " * len(found.group()), fold(said))
    if len(folded) != len(text):
        return ()
    may_be = _MAY_BE.search(folded) is not None
    if may_be and _YEARS.search(folded) and len(parts_in(text)) < _TWO:
        return (Calculation(operation="years", operands=(text,)),)
    changed = _changed(text, folded)
    found = [changed] if changed is not None else []
    left = _left(text, folded)
    if left:
        said_of_all = not_yet(text, folded)[1] if besides(folded) is None else ""
        found.append(Calculation(operation="rest", operands=left, said=said_of_all))
    things = listed(text, fold(said))
    if things is not None and things.counted:
        found.append(Calculation(operation=things.wanted, operands=tuple(map(_bare, things.things))))
    told = _told(text, folded) if may_be else None
    if told is not None:
        found.append(told)
    if things is not None and not things.counted:
        found.append(Calculation(operation=things.wanted, operands=tuple(map(_bare, things.things))))
    # "Hai năm 2025 và 2026, ngân sách tỉnh cộng lại": years are none of what is added up.
    of_years = [one for one in found if one.operation == "sum" and any(map(_ONLY_YEARS.fullmatch, one.operands))]
    return tuple(dict.fromkeys(one for one in found if one not in of_years))


_ONLY_YEARS = re.compile(
    r"(?:(?:hai|ba|các|những|cả|both|the) )*(?:năm |years? )?20\d\d(?:(?:,| và| với| đến| and| to| -| –) (?:năm )?20\d\d)+",
    re.IGNORECASE,
)


def _changed(text: str, folded: str) -> Calculation | None:
    """How far what is said for one year is from that for another: "từ 2030 đến 2040 tỷ lệ … tăng thêm bao nhiêu"."""
    for pattern in _CHANGES:
        match = pattern.search(folded)
        if match is not None:
            thing = _phrase(text, folded, *match.span("a"))
            first, last = match.group("first"), match.group("last")
            if len(thing) > 1 and first != last:
                return Calculation(operation="difference", operands=(f"{thing} {last}", first))
    return None


def _left(text: str, folded: str) -> tuple[str, ...]:
    """The things beside which the rest of a whole is asked for; () where none are, or the question says their shares."""
    span = besides(folded)
    if span is not None:
        things = _enumerated(text, folded, *span)
    else:
        others = " ".join(not_yet(text, folded)).strip()
        things = (others,) if others else ()
    return things if not any(re.search(r"\d\s?(?:%|phan tram)", fold(one)) for one in things) else ()


def _told(text: str, folded: str) -> Calculation | None:
    for operation, pattern in _PATTERNS:
        match = pattern.search(folded)
        if match is None:
            continue
        if operation in ("sum", "spread", "share-of"):
            start, end = match.span("list")
            pieces = _enumerated(text, folded, start, end)
            if operation == "share-of":
                if len(pieces) < _TWO:
                    continue
                pieces = (_phrase(text, folded, *match.span("a")), *pieces)
        else:
            pieces = tuple(_phrase(text, folded, *match.span(name)) for name in ("a", "b"))
        pieces = tuple(piece for piece in pieces if len(piece) > 1 or operation == "share")
        if any(_WHICH_ONE.search(piece) for piece in pieces):
            continue  # "A chi cho mảng nào" is what is asked, and none of the things
        if len(pieces) > 1:
            return Calculation(operation=operation, operands=pieces)
    return None


def asks_for_all(text: str) -> bool:
    """Whether a question asks for all sums of something together: "Cộng mọi khoản của Dự án 10".

    >>> asks_for_all("Cộng hết các khoản của Dự án 10"), asks_for_all("Các khoản của Dự án 10 do ai chi?")
    (True, False)
    """
    folded = fold(said_plainly(text))
    return _ALL.search(folded) is not None and not _WHO.search(folded)


def asks_whether_it_adds_up(text: str) -> bool:
    """Whether a question sets a stated total against the sum of its parts: "cộng các Dự án có khớp tổng vốn không".

    >>> asks_whether_it_adds_up("Cộng vốn các dự án lại có khớp với tổng vốn không?")
    True
    """
    return _CHECK.search(fold(said_plainly(text))) is not None


_MARKED = {
    "cong": "cộng", "gop": "gộp", "hon": "hơn", "kem": "kém", "lech": "lệch", "chenh": "chênh", "cach": "cách", "tong": "tổng",
    "tru": "trừ", "vuot": "vượt", "gap": "gấp", "thua": "thua", "khop": "khớp", "lan": "lần", "moi": "mọi", "don": "dồn",
    "tang": "tăng", "hut": "hụt", "thieu": "thiếu", "chua": "chưa", "ngoai": "ngoài",
    "tien": "tiền", "von": "vốn", "dong": "đồng", "ty": "tỷ", "trieu": "triệu",
}  # fmt: skip


@lru_cache(maxsize=100)
def said_plainly(text: str) -> str:
    """The folded text, as long as the text, where words that only look like "cộng", "hơn" without marks are crossed out."""

    def cross(match: re.Match[str]) -> str:
        word = clean(match.group()).lower()
        plain = fold(word)
        return "x" * len(plain) if word not in (plain, _MARKED.get(plain, word)) else plain

    return re.sub(r"\w+", cross, text)


# "Cộng cả A và B, huyện cần bao nhiêu?": who needs it is none of the things.
_WHO_NEEDS = re.compile(
    r",\s[^,?]{1,40}\b(?:can|phai|het|ton|mat|duoc|co|chi|bo tri|bo ra|nhan|danh)(?: (?:tong cong|tat ca|ca thay))?\s*$"
)


def _enumerated(text: str, folded: str, start: int, end: int) -> tuple[str, ...]:
    # "Dự án 1, 3 và 6": the numbers are parts.
    asking = _WHO_NEEDS.search(folded, start, end)
    end = asking.start() if asking is not None else end
    parts = _of_one_project(parts_in(text[start:end]), parts_in(text))
    counted = _COUNTED.match(folded[start:end])
    start += counted.end() if counted is not None else 0
    joints = list(_COMMA.finditer(folded, start, end))
    if not joints:
        joints = list(_AND.finditer(folded, start, end))
    elif not re.search(r"\b(?:va|and)\s$", joints[-1].group()):  # "A, B và C"
        joints.extend(list(_AND.finditer(folded, joints[-1].end(), end))[-1:])
    bounds = [start]
    for joint in joints:
        bounds.extend((joint.start(), joint.end()))
    bounds.append(end)
    pieces = [_bare(text[a:b].strip(_TRIM)) for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
    many = _MANY.search(folded)
    wanted = NUMBERS[next(group for group in many.groups() if group)] if many is not None else 0
    if len(parts) > 1 and len(parts) >= len(pieces):
        return tuple(name_of(part.project, part.sub, part.content) for part in parts)
    if wanted and len(pieces) != wanted:
        pieces = [piece for piece in pieces if len(piece.split()) > 1]
    return tuple(pieces) if not wanted or len(pieces) == wanted else ()


# "Tỉnh + huyện cấp tổng bao nhiêu": what is to be done with them is no part of the last.
_TO_BE_ADDED = re.compile(r"\s(?:(?:cap|gop|chi|bo ra|cho) )?(?:tong(?: cong)?|tat ca|ca thay)\s*$")


def _bare(phrase: str) -> str:
    found = _TO_BE_ADDED.search(fold(phrase)) if len(fold(phrase)) == len(phrase) else None
    return phrase[: found.start()] if found is not None else phrase


def _of_one_project(parts: Sequence[Part], named: Sequence[Part]) -> list[Part]:
    """Parts with the Dự án that the question names for all of them: "Tiểu dự án 3 cộng Tiểu dự án 4 của Dự án 5"."""
    projects = {part.project for part in named if part.project}
    if len(projects) != 1:
        return list(parts)
    (own,) = projects
    return [
        replace(part, project=part.project or own)
        for part in parts
        if part.project != own or part.sub or part.content or len(parts) == 1
    ]


def _phrase(text: str, folded: str, start: int, end: int) -> str:
    """The phrase that is compared: what follows the last comma or "thì", and no word that only says that something is."""
    comma = max(folded.rfind(mark, start, end) for mark in (",", ";", ":"))
    start = comma + 1 if comma >= start else start
    # "Trong 90 triệu đồng của A thì vốn đầu tư chiếm …": what is told of follows.
    topic = folded.rfind(" thi ", start, end)
    start = topic + len(" thi ") if topic >= start else start
    while start < end and folded[start] in _TRIM:
        start += 1
    head = _HEAD.match(folded[start:end])
    if head is not None and start + head.end() < end:
        start += head.end()
    return text[start:end].strip(_TRIM)
