"""A question understood against the documents: what it asks, of which documents, in which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.normalise import CAPITALS, fold, has_marks, key, strip_marks
from retrieval.answer.in_full import in_full
from retrieval.answer.library import Library
from retrieval.answer.scope import Scope, find_scope, part_names, spell_out_places, with_marks
from retrieval.answer.talk import small_talk
from retrieval.answer.terms import Topic, content, without_grammar
from retrieval.english import matter_of, without_the_asker
from retrieval.english_spelling import corrected
from retrieval.question import Reading, carry_over, check, in_figures, read_question, without_politeness
from retrieval.tokens import BREAK, marked_syllables, spell_out, syllables
from retrieval.translate import Term, read_terms
from retrieval.types import Question

# Words that only say what kind of thing is asked for; the passage that answers need not hold them.
_CUE_WORDS = {
    "lead": "cơ quan|đơn vị|phòng ban|phòng nào|sở nào|ban nào|ngành nào|chủ trì|phụ trách|chịu trách nhiệm|trách nhiệm|"
    "gánh vác|gánh|cầm trịch chung|cầm trịch|cầm chịch|cầm chính|chung việc triển khai|việc triển khai|việc thực hiện|ở cấp huyện|ở cấp tỉnh|ở cấp xã|đứng mũi chịu sào|đứng mũi|việc chính|làm chính|cầm đầu|cầm cái|đầu tàu|phần chính|"
    "đầu mối|thường trực|được giao|phân công|đứng đầu|đứng ra|lãnh đạo|thực hiện|tổ chức|triển khai|lo|nhiệm vụ|làm|người|nơi nào|giao",
    "coordinate": "cơ quan|đơn vị|phòng ban|phối hợp|tham gia|thực hiện|hỗ trợ|chủ trì",
    "duties": "làm|việc|nhiệm vụ|trách nhiệm|vai trò|chức năng|phân công|được giao|công việc|chủ trì|phụ trách|thực hiện|"
    "đầu việc|phần việc|mảng việc|bảng phân công|bảng tiến độ|bảng giao việc|tự tay|làm chính|đảm nhận|đảm nhiệm|chịu|cầm trịch|gánh vác|gánh|lo liệu|lo|cáng đáng|đứng đầu|tới mức nào|đến đâu|giao|tda|tiểu dự án|dự án|nội dung|phần|tham gia|phối hợp",
    "budget": "kinh phí|ngân sách|nguồn vốn|kế hoạch vốn|mức vốn|số tiền|tiền|vốn|mức|đồng|được cấp|được bố trí|bố trí|"
    "được giao|phân bổ|tổng|tổng cộng|tổng số|dành|cấp|dự kiến|triệu|tỷ|huy động|kinh phí thực hiện|chi|tốn|rót|bỏ ra|chi ra|năm",
    "deadline": "thời hạn|thời gian|thời điểm|hạn chót|hạn cuối|hạn|trước ngày|ngày|tháng|năm|hằng năm|hàng năm|hoàn thành|"
    "mốc|chậm nhất|lâu|định kỳ|lần|bao giờ|khi nào|lúc nào",
    "basis": "căn cứ|cơ sở|pháp lý|văn bản|dựa|quyết định|ban hành",
    "target": "mục tiêu|chỉ tiêu|tỷ lệ|tỉ lệ|phần trăm|phấn đấu|đạt|mức|năm|đặt",
    "list": "nêu tên từng nhóm|nêu tên từng|tên từng|từng nhóm|từng mảng|từng lĩnh vực|bao gồm|nội dung|liệt kê|kể|tên|những nhóm|mấy nhóm|các nhóm|mấy mảng|những mảng|mấy loại|những loại|những dạng|áp dụng cho|đưa ra|kể đủ|lớn|chính|chủ yếu|trọng tâm",
    "count": "bao gồm|số lượng|tổng|tổng cộng",
    "open": "năm",
    "definition": "nghĩa|hiểu|khái niệm|định nghĩa|viết tắt",
    "number": "nghị định|nghị quyết|chỉ thị|quyết định|thông tư|số|ký hiệu|số hiệu|hiệu",
    "date": "nghị định|nghị quyết|chỉ thị|quyết định|thông tư|ban hành|ngày|tháng|năm|ký",
    "signer": "nghị định|nghị quyết|chỉ thị|quyết định|thông tư|ký|người|chức vụ|tên",
    "issuer": "nghị định|nghị quyết|chỉ thị|quyết định|thông tư|ban hành|cơ quan|đơn vị|nơi",
    "recipients": "nơi nhận|gửi|nhận|cơ quan|đơn vị",
    "title": "tên|trích yếu|đầy đủ",
}
_ALWAYS = (
    "kế hoạch này|văn bản này|kế hoạch|văn bản|quy định|nói đến|nói về|nói|về việc gì|việc gì|đề cập|cụ thể|chính xác|hiện nay|trả lời|liệt kê|so sánh|"
    "tất cả|toàn bộ|danh sách|hiện nay|hiện tại|hiện có|hiện còn|lần đầu|lý do|vì sao|tại sao|làm sao|ra sao|gọi tên|tra cứu|tra ở|chi tiết|"
    "nghĩa là|có thể|được tính|chia thành|chia ra|đặt ra|nhằm vào|liên quan|lần lượt|cùng là|đều là|riêng|trong đó|bao gồm|"
    "khác nhau|giống nhau|khác gì|khác biệt|có phải|phải không|hay không|đúng không|như thế nào|thế nào|theo kế hoạch|thế còn|thế thì|vậy còn|thì sao|thế"
)
_WHOLE = 8  # words
_PLACE_HEADS = "tỉnh|huyện|thành phố|thị xã|tp|tinh|huyen|thanh pho|thi xa"
# Words that names of bodies begin with, folded.
_BODY = re.compile(
    r"\b(?:so|phong|hoi|cong an|ban|bo|uy ban|mat tran|lien hiep|trung tam|van phong|chi cuc|truong|doan) [a-z]"
)
# Single cue words that mean nothing else when they stand without marks.
_CLEAR_BARE = frozenset(
    """
    lam viec tien von nam thang ngay trieu lo ky so hieu
    """.split()
)
_PART_WORDS = re.compile(
    r"\b(?:tieu du an|du an thanh phan|du an|noi dung|tda|da|nd|sub ?project|project|component)(?: so)? \d{1,2}(?:(?: va| den| ,)? \d{1,2})*\b"
)


# "Ngoài tiền đối ứng, Sở Tài chính còn …?": what is known already is not asked for.
_BESIDES = re.compile(
    r"(?:^|(?<=[,;:.] )|(?<=thì )|(?<=thi ))(?:ngoài(?! (?:nước|ra|ngân|giờ|tỉnh|trời|phạm))|ngoai(?! (?:nuoc|ra|ngan|gio|tinh|troi|pham)))\s+[^,?]{3,90}(?:,|(?=\s(?:còn|con)\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All that is known of a question before the documents are searched.

    ``words`` are its folded syllables, ``topic`` those that the evidence should hold. ``text`` is what to search
    for, ``alone`` that without what is carried over. ``missing`` are English words without a translation; ``repaired`` (written, meant) pairs.
    """

    question: Question
    reading: Reading
    scope: Scope
    text: str
    alone: str
    words: tuple[str, ...]
    topic: tuple[str, ...]
    missing: tuple[str, ...]
    repaired: tuple[tuple[str, str], ...]
    matter: Topic
    carried: bool = False


def understand(question: Question, library: Library, numbers: dict[str, str]) -> Asked:
    """Read a question, and the one before it where it leans on that. Raises BadQuestion."""
    question, counted_on = _with_the_year(question)
    asked = _alone(without_politeness(check(question.text)), question, library, numbers)
    asked = replace(asked, repaired=(*counted_on, *asked.repaired))
    if any(map(small_talk, question.history)):
        # A greeting between two questions is nothing that the second leans on.
        question = replace(question, history=tuple(one for one in question.history if not small_talk(one)))
        asked = replace(asked, question=question)
    if not question.history:
        return asked
    named = asked.reading.parts or asked.scope.named or asked.reading.numbers
    short = len(content(asked.topic)) <= 2 and not (asked.reading.cued and named)
    if not (asked.reading.follows or short or _points_back(asked)):
        return asked
    earlier = understand(
        Question(text=question.history[-1], history=question.history[:-1], documents=question.documents),
        library,
        numbers,
    )
    return _follow(earlier, asked, library)


def said_in_full(question: Question, library: Library) -> str:
    """A follow-up that only replaces something as a question of its own; "" for any other."""
    before = ""
    for text in question.history:
        said = without_politeness(text)
        before = (before and in_full(said, before, library)) or said
    now, _ = _with_the_year(question)
    return in_full(without_politeness(now.text), before, library) if before else ""


_A_YEAR = re.compile(r"\b20\d\d\b")
# "Hai năm sau" is no year.
_ONE_YEAR = r"(?<!hai )(?<!ba )(?<!bốn )(?<!bon )(?<!mấy )(?<!may )(?<!những )(?<!các )(?<!\d )"
_YEAR_ON = re.compile(
    rf"{_ONE_YEAR}\bnăm (?:kế tiếp|tiếp theo|kế|sau đó|sau|tới)\b(?! (?:cùng|khi|đó))|{_ONE_YEAR}\bnam (?:ke tiep|tiep theo|ke|sau do|sau)\b|\b(?:the )?(?:next|following) year\b"
    r"|\b(?:the )?year after(?: that)?\b",
    re.IGNORECASE,
)
_YEAR_BACK = re.compile(
    r"\bnăm (?:trước đó|liền trước)\b|\bnam (?:truoc do|lien truoc)\b|\b(?:the )?(?:previous|preceding) year\b|\b(?:the )?year before(?: that)?\b",
    re.IGNORECASE,
)


def _with_the_year(question: Question) -> tuple[Question, tuple[tuple[str, str], ...]]:
    """A question after another whose one year it counts on from, and what was put for what: "năm kế tiếp", "năm 2027"."""
    years = set(_A_YEAR.findall(question.history[-1])) if question.history else set()
    if len(years) != 1 or _A_YEAR.search(question.text):
        return question, ()
    (year,) = years
    for pattern, step in ((_YEAR_ON, 1), (_YEAR_BACK, -1)):
        found = pattern.search(question.text)
        if found is not None:
            word = "năm" if fold(found.group()).startswith("nam") else "in"
            meant = f"{word} {int(year) + step}"
            text = f"{question.text[: found.start()]}{meant}{question.text[found.end() :]}"
            return replace(question, text=text), ((found.group(), meant),)
    return question, ()


# "Khoản đó", "ở đấy", "khi ấy": but "trong đó" and "do đó" point to what stands before them in the same question.
_BACK = re.compile(
    r"\b(?!(?:trong|theo|nhờ|từ|do|vì|bởi|sau)\b)\w+ (?:đó|đấy|ấy|nói trên|vừa (?:nói|nêu|kể|rồi))\b"
    r"|^(?:riêng|nếu|lỡ|thêm|ngoài ra|lần|đợt)\b"
)
_ASKS_ITSELF = re.compile(r"\b(?:nao|gi|may|bao nhieu|ai|dau|ra sao|the nao|bao gio|bao lau)\b")
_CONDITION = re.compile(r"^(?:con |the |va |and |so )*(?:neu|lo|nho|truong hop|gia su|what if|if|in case)\b")


def _points_back(asked: Asked) -> bool:
    """Whether a question that names no document of its own speaks of what was asked before it."""
    named = asked.scope.named or asked.scope.unknown or asked.reading.numbers
    return not named and asked.reading.language == "vi" and _BACK.search(key(asked.alone)) is not None


def of_kind(asked: Asked, whole: Reading) -> Asked:
    """A part of a question that does not say what it asks, read as the whole question is."""
    if asked.reading.kind != "open" or whole.kind == "open" or whole.lookups:
        return asked
    reading = replace(asked.reading, kind=whole.kind)
    topic = topic_of(asked.alone, reading, asked.scope)
    return replace(asked, reading=reading, topic=topic, matter=asked.matter.over(topic))


def _alone(text: str, question: Question, library: Library, numbers: dict[str, str]) -> Asked:
    text = in_figures(part_names(text, library))
    reading = read_question(text)
    if reading.language == "en":
        return _english(text, reading, question, library, numbers)
    meant, repaired = library.spelling.read(spell_out(library.spell_out(spell_out_places(text, library))))
    meant = in_figures(meant)
    if meant != text:
        reading = read_question(meant)
    if repaired:
        text = _put_right(text, repaired)
        question = replace(question, text=text)
    scope = find_scope(
        # Restored marks may make another name of a place ("Tam Dương"): what was typed without counts as well.
        meant if reading.language == "vi" and has_marks(text) else f"{text} {meant}",
        library,
        numbers,
        question.documents,
        reading.numbers,
        spell_out(text) if has_marks(text) else "",
    )
    reading = _without_the_subject(reading, scope, library)
    words = tuple(syllables(meant))
    topic = topic_of(meant, reading, scope)
    return Asked(
        question=question,
        reading=reading,
        scope=scope,
        text=meant,
        alone=meant,
        words=words,
        topic=topic,
        matter=Topic(topic, library.weights),
        missing=(),
        repaired=repaired,
    )


def _put_right(text: str, repaired: Sequence[tuple[str, str]]) -> str:
    """A question as it was typed, but for its misspelt words; without marks where it has none.

    Marks that were restored are guesses, which the typed words are read beside; a word put right is what was typed.
    """
    marked = has_marks(text)
    for written, meant in repaired:
        right = meant if marked else strip_marks(meant)
        text = re.sub(rf"\b{re.escape(written)}\b", right, text)
    return text


def _english(text: str, reading: Reading, question: Question, library: Library, numbers: dict[str, str]) -> Asked:
    """An English question: its terms in the words that the documents in question use, and all the others as good as these."""
    text, repaired = corrected(spell_out_places(text, library))
    if repaired:
        reading, question = read_question(text), replace(question, text=text)
    text = with_marks(text, library)

    def read(part: str) -> tuple[Term, ...]:
        return tuple(
            replace(term, vietnamese=(library.as_written(term.vietnamese[0]),)) if term.source == "name" else term
            for term in read_terms(part)
        )

    terms = read(text)
    # Capitals of translations are no names of places: "UBND tỉnh | Ủy ban ..." is no province "Ủy".
    # One by one: what English says apart, "the committee's plan in Bac Giang", stands side by side in Vietnamese.
    said = " ; ".join(term.vietnamese[0] if term.source == "name" else term.vietnamese[0].lower() for term in terms)
    scope = find_scope(f"{text} {said}", library, numbers, question.documents, reading.numbers)
    reading = _without_the_subject(reading, scope, library)
    told = matter_of(read(without_the_asker(text)), reading.lookups or (reading.kind,))
    chosen = {term.vietnamese: library.likeliest(term.vietnamese, scope.documents) for term in (*terms, *told)}
    telling = tuple(term for term in told if term.source != "unknown")
    meant = " ".join(chosen[term.vietnamese] for term in terms)
    topic = topic_of(f" {BREAK} ".join(chosen[term.vietnamese] for term in telling), reading, scope)
    same = [term.vietnamese for term in telling if len(term.vietnamese) > 1]
    guessed = (marked_syllables(chosen[term.vietnamese]) for term in telling if term.source == "lexicon")
    return Asked(
        question=question,
        reading=reading,
        scope=scope,
        text=meant,
        alone=meant,
        words=tuple(syllables(meant)),
        topic=topic,
        matter=Topic(topic, library.weights, same, frozenset(syllable for word in guessed for syllable in word)),
        missing=tuple(term.english for term in told if term.source == "unknown"),
        repaired=repaired,
    )


def _without_the_subject(reading: Reading, scope: Scope, library: Library) -> Reading:
    """Without the part of the programme that the documents in question are about, so that each statement is of it."""
    if not reading.parts or not scope.named:
        return reading
    subjects = [library.books[one].subject for one in scope.documents]
    if not all(any(own.holds(part) for own in subject) for subject in subjects for part in reading.parts):
        return reading
    return replace(reading, parts=())


def topic_of(text: str, reading: Reading, scope: Scope) -> tuple[str, ...]:
    """The syllables that the evidence should hold, in order, with ``BREAK`` for what the kind and the scope say."""
    marked = has_marks(text)
    names = _in_names(text) if marked else frozenset()
    text = _BESIDES.sub(f" {BREAK} ", text)
    words = _PART_WORDS.sub(f" {BREAK} ", fold(text)) if not marked else _part_words(text)
    kinds = reading.lookups or (reading.kind,)
    if marked:
        words = _cues(kinds, False).sub(f" {BREAK} ", words)  # a question may have only some of its marks
    joined = without_grammar(_cues(kinds, marked).sub(f" {BREAK} ", key(words)), names)
    years = {*reading.years, *scope.years}
    for place in scope.names:
        own = re.escape(key(place) if marked else fold(place))
        joined = re.sub(rf"\b(?:{_PLACE_HEADS})\s+(?={own}\b)", f" {BREAK} ", joined)
    # "Phương tiện" is no part of "Tiền Hải".
    spelt = {key(syllable) for place in scope.names for syllable in marked_syllables(place)} if marked else set()
    plain = {fold(syllable) for syllable in spelt}

    def only_says_which(word: str) -> bool:
        folded = fold(word)
        return folded in scope.words and (folded not in plain or word in spelt or word == folded)

    return tuple(BREAK if only_says_which(word) or word in years else word for word in marked_syllables(joined))


_NAME = re.compile(rf"(?<=\w )[{CAPITALS}]\w*(?: [{CAPITALS}]\w*)+")


def _in_names(text: str) -> frozenset[str]:
    """The words, in small letters, of names of two words or more, but at the beginning: "Hợp Minh", "Sơn La"."""
    return frozenset(word for match in _NAME.finditer(text) for word in key(match.group()).split())


def _part_words(text: str) -> str:
    """The text without "Dự án 8": found on the folded text, which is as long."""
    text = key(text)
    folded = fold(text)
    for match in reversed(list(_PART_WORDS.finditer(folded))):
        text = f"{text[: match.start()]} {BREAK} {text[match.end() :]}"
    return text


@cache
def _cues(kinds: tuple[str, ...], marked: bool) -> re.Pattern[str]:
    phrases = "|".join(part for part in (*(_CUE_WORDS.get(kind, "") for kind in kinds), _ALWAYS) if part).split("|")
    shown = [key(phrase) if marked else fold(phrase) for phrase in sorted(phrases, key=len, reverse=True)]
    if not marked:
        shown = [phrase for phrase in shown if " " in phrase or phrase in _CLEAR_BARE]
    job = key("việc làm") if marked else "viec lam"  # one word, and no cue
    return re.compile(rf"(?!{job}\b)(?<!{job[:4]} )\b(?:{'|'.join(map(re.escape, shown))})\b")


# "Thế còn lĩnh vực văn hóa thì bao nhiêu?", "and what about training?": what follows is another matter.
_ANOTHER = re.compile(
    r"(?:the|vay|roi|ok)?,?\s*(?:con|sang|chuyen sang|ve) (?:linh vuc|mang|viec|chuyen|van de|cong tac|hoat dong|nganh|nhom) (?!(?:do|nay|ay|tren)\b)"
)


def _follow(earlier: Asked, now: Asked, library: Library) -> Asked:
    """What the new question names replaces the old, the rest is carried over."""
    reading = carry_over(earlier.reading, now.reading)
    if _points_back(now) and _ASKS_ITSELF.search(fold(now.alone)):
        reading = replace(reading, kind=now.reading.kind, cued=now.reading.cued, lookups=now.reading.lookups)
    scope = now.scope if now.scope.named or now.scope.unknown else earlier.scope
    if now.scope.places:
        scope = replace(scope, places=now.scope.places)
    # A year that only said which plan says no more of what is asked now.
    scope = replace(scope, years=tuple(dict.fromkeys((*scope.years, *earlier.scope.years))))
    # A whole sentence about another document ("… Kiên Giang departments send their results?") leans on no part before it.
    elsewhere = now.scope.named and set(now.scope.documents).isdisjoint(earlier.scope.documents)
    if elsewhere and len(now.question.text.split()) >= _WHOLE:
        reading = replace(reading, parts=now.reading.parts)
    own = topic_of(now.alone, reading, scope)
    names_body = _BODY.search(" ".join(now.words)) is not None
    if reading.kind == "duties" and now.reading.parts and not (now.reading.cued or names_body):
        reading = replace(reading, kind="lead")  # "thế dự án 7?" after what a body does: who does that one
    other_matter = len(content(own)) > 1 and now.reading.kind == earlier.reading.kind and now.reading.cued
    another = _ANOTHER.match(fold(now.alone)) is not None
    if another or (other_matter and not (names_body or now.scope.named)):
        reading = replace(reading, parts=now.reading.parts)  # "còn học nghề thì phòng nào?": no longer of Dự án 6
    # What is asked of a case that is new says all of it but the document.
    alone = names_body or another or (_CONDITION.search(fold(now.alone)) is not None and len(content(own)) > 1)
    topic = own if len(content(own)) > 3 and now.reading.cued else _merge(earlier, now, own)
    return replace(
        now,
        reading=reading,
        scope=scope,
        topic=topic,
        matter=now.matter.over(topic, earlier.matter),
        text=now.text if alone else f"{earlier.text} {now.text}",
        words=now.words if alone else (*earlier.words, *now.words),
        carried=True,
    )


def _merge(earlier: Asked, now: Asked, own: tuple[str, ...]) -> tuple[str, ...]:
    """A new body or matter of the same kind takes the place of the old one; a new kind keeps the old matter."""
    if not content(own):
        return earlier.topic
    if not now.reading.cued or now.reading.kind == earlier.reading.kind:
        return own
    return (*earlier.topic, BREAK, *own)
