"""Texts that ask nothing of the documents: greetings, thanks, talk about the assistant, the time of the day."""

from __future__ import annotations

import re

from ingest.normalise import fold
from retrieval.types import Language

_GREETS = re.compile(
    r"^\W*(?:xin )?(?:chao|hello|hi|hey|alo|good (?:morning|afternoon|evening))\b(?: (?:buoi \w+|ban|cac ban|anh|chi|anh chi|em|moi nguoi|tro ly|planqa|there|all|everyone|nhe|nha|a))*\W*$"
)
_OF_NOW = re.compile(
    r"^\W*(?:(?:bay gio|luc nay|hien tai|hom nay|nay) )*(?:la )?(?:may gio|ngay may|ngay bao nhieu|thu may)(?: (?:roi|vay|nhi|a|duong lich|am lich))*\W*$"
    r"|^\W*what (?:time|day|date) is (?:it|today)(?: (?:now|today))?\W*$"
)
_THANKS = re.compile(
    r"^\W*(?:(?:xin|da|rat|chan thanh|em|toi|minh|ok|vang|many|so|very) )*(?:cam on|thanks?(?: you)?|thank you|tks|tam biet|bye|goodbye|see you)\b(?: (?:ban|cac ban|anh|chi|em|planqa|tro ly|nhieu|rat|lam|very|so|much|a lot|again|for \w+ \w+|nhe|nha|a|hen gap lai|toi|minh|vi|da|giup|do))*\W*$"
)
# Of the assistant itself: it has nothing to say of that but what it is for.
_OF_ITSELF = re.compile(
    r"^\W*(?:ban|em|may|planqa|tro ly|chatbot|bot)\b(?: (?:nay|oi))? (?:la (?:ai|gi|robot|nguoi|may|tro ly)|ten (?:la )?gi|lam duoc (?:nhung )?gi|giup (?:duoc )?(?:toi|em|minh )?(?:nhung )?(?:gi|duoc gi)|biet lam gi|do ai (?:tao|lam|viet|lap trinh)|bao nhieu tuoi|co khoe khong|khoe khong)\b(?: \w+){0,4}\W*$"
    r"|^\W*(?:who|what) (?:are you|made you|created you)\b|^\W*what can you do\b|^\W*(?:who|what) is planqa\b|^\W*how are you\b|^\W*are you (?:a |an )?(?:robot|human|ai|bot|real|person|chatbot)\b|^\W*what(?: is|'s) your name\b"
)


def small_talk(text: str) -> str:
    """What is said to a greeting, to thanks and to a question about the assistant, by its name in ``wording``; or "".

    >>> small_talk("Xin chào bạn"), small_talk("Chào bạn, ai chủ trì Dự án 8?")
    ('greeting', '')
    >>> small_talk("Bạn là ai?"), small_talk("Em là người Kinh, nhà nghèo, có được hỗ trợ không ạ?")
    ('greeting', '')
    """
    said = fold(text)
    if _THANKS.match(said):
        return "thanks"
    if _GREETS.match(said) or _OF_ITSELF.match(said):
        return "greeting"
    return "nothing-asked" if _OF_NOW.match(said) else ""


_IN_ENGLISH = re.compile(r"\b(?:hello|hi|hey|good|thanks?|bye|goodbye|see|who|what|how|are)\b")


def language_of_talk(text: str, otherwise: Language) -> Language:
    """The language of small talk, which is too short to be told by its letters."""
    return "en" if small_talk(text) and _IN_ENGLISH.search(fold(text)) else otherwise
