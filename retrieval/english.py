"""What an English question asks: its kind, and which of its words only say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.tokens import STOP_ENGLISH
from retrieval.translate import Term, stem

if TYPE_CHECKING:
    from retrieval.question import Kind

_AGENCY = r"(?:agenc(?:y|ies)|departments?|offices?|bod(?:y|ies)|units?|divisions?|organi[sz]ations?|institutions?|sections?|boards?|committees?|authorit(?:y|ies)|bureaus?|entit(?:y|ies)|party|parties)"
# What the name of a body ends or begins with.
_BODY = r"\b(?:departments?|divisions?|offices?|committees?|boards?|unions?|fronts?|police|cent(?:re|er)s?|associations?|federation|inspectorate|treasury|command|ministry|ministries|bureaus?|sections?|agency|agencies|units?|sector|organi[sz]ations?|authorit(?:y|ies)|secretariat|task force|working group|banks?|chairman|chairperson|director|hoi|phong|uy ban|chi cuc|cong an|trung tam|mat tran|tinh doan)\b"
_LAW = r"(?:decisions?|programmes?|programs?|laws?|resolutions?|directives?|decrees?|schemes?|plans?|documents?|circulars?|conclusions?)"
_TASK = r"(?:tasks?|duties|duty|responsibilit(?:y|ies)|jobs?|roles?|functions?|assignments?|obligations?|mandate)"
_SHARE = r"(?:parts?|projects?|sub-?projects?|components?|contents?|pieces?|portions?|activities|work)"
_HAS = r"(?:does|do|did|must|should|will|would|shall|is|are|was|were|has|have|can|may)"
# What stands between "which" and its noun is no verb and no other noun that is asked for.
_QUALIFIER = r"(?!(?:must|should|does|do|did|is|are|was|were|will|would|can|may|has|have|date|day|time|year|period|deadline|number|of|the)\b)"
_MONEY = r"(?:money|funding|funds?|budgets?|capital|allocations?|costs?|amounts?|expenditure|spending|financ(?:e|es|ing)|sums?|dongs?|vnd)"
_COUNTED = r"(?:projects?|sub-?projects?|tasks?|objectives?|areas?|fields?|agencies|departments|documents?|plans?|groups?|sections?|parts?|goals|solutions?|measures?|contents?|priorit(?:y|ies)|targets?|principles?|bases)"

# On the folded question, the first that is found wins; ``duties`` and ``named`` ask for the name of a body besides.
_CUES: tuple[tuple[Kind, str], ...] = (
    ("signer", r"\b(?:put|puts|set) (?:his|her|their) (?:name|signature|hand)\b|\bwho (?:(?:has |had )?signed|signs)\b(?! off)|\bsigned by (?:whom|who)\b|\bwhose (?:signatures?|names?)\b|\bname\b.{0,40}\b(?:bottom|foot|end) of\b|\bsignator(?:y|ies)\b|\bsigner\b|\bwho (?:put|puts) (?:his|her|their) (?:name|signature)\b|\bby whom .{0,80}\bsigned\b|\b(?:who|whose|which|what|names?)\b.{0,90}\bsignatures?\b(?! (?:ceremon|event))|\bsignatures?\b.{0,60}\b(?:who|whose|which|what)\b|\bnames? of the (?:\w+ ){0,3}(?:official|officer|person|leader|one|man|woman|(?:vice |deputy )?chair\w*|deputy|head)\b.{0,20}\b(?:signs|signed|signing)\b|\b(?:plan|document|paper|decision|copy)\b.{0,60}\bsigned\b.{0,20}\bby\b(?! (?:all|both|several|many)\b)|\b(?:which|what) (?:(?:vice|deputy|acting)[ -])?(?:chair\w*|head|leader|official|officer|person|director|deputy)\b.{0,60}\b(?:signs?|signed|signing)\b|\bin (?:what|which) (?:function|capacity|position|post|role|office|title)\b.{0,60}\bsign(?:s|ed|ing)?\b|\b(?:signs|signed|signing)\b.{0,60}\b(?:in|under|with) (?:what|which) (?:function|capacity|position|post|role|title)\b|\bwho(?:se names?)? (?:appears?|stands?|is) (?:at the (?:bottom|foot|end) of|under|below|beneath|on) (?:the|this|that)\b.{0,60}\b(?:plan|document|paper|decision)\b"),
    ("recipients", r"\brecipients?\b|\b(?:is|are|was|were) sent\b.{0,80}\b(?:plan|document|decision|copies|copy)\b|\b(?:which|what|who|whom)\b.{0,90}\b(?:copied|cc['’]?d)\b|\b(?:to|on) (?:whom|which|what)\b.{0,90}\b(?:copy|cc)\b.{0,20}\b(?:plan|document|decision|it|this)\b|\b(?:distribution|mailing|circulation) list\b|\b(?:to|with) (?:whom|who|which|what)\b.{0,120}\b(?:plan|document|decision)\b.{0,80}\b(?:sent|addressed|copied|distributed|forwarded|circulated|shared)\b|\b(?:plan|document|decision)\b.{0,60}\b(?:sent|addressed|copied|distributed|forwarded|circulated)\b.{0,20}\bto (?:whom|which|what)\b|\bwho (?:receives?|received|gets|is sent|was sent|is copied)\b.{0,20}\b(?:copy|copies|plan|document)\b"),
    ("basis", rf"\b(?:which|what) (?:\w+ ){{0,3}}plan (?:does|do|is|are|did) .{{0,90}}\b(?:carry|carrying|based|implement|implementing|follow|following)\b|\blegal (?:bas[ie]s|grounds?|foundations?|authority)\b|\bon (?:what|which) (?:legal )?(?:bas[ie]s|grounds?)\b|\b(?:which|what) (?:[\w'’/-]+ ){{0,5}}?{_LAW}\b.{{0,110}}\b(?:implements?|implementing|carry out|carries out|carry|carrying|based|follows?|rests?|stands? on|bas[ie]s|founded|issued under|pursuant|rel(?:y|ies|ied)|underpins?|builds? on|put into (?:effect|practice)|give effect|grounds?|drawn up|drawn? on|draws? on)\b|\b(?:in|by|under|through|with) (?:which|what) (?:[\w'’-]+ ){{0,3}}?(?:decisions?|resolutions?|directives?|decrees?|laws?)\b|\bbased on (?:what|which)\b"),
    ("definition", r"\b(?:meant|means?|understood|understands?) (?:here )?by\b|\b(?:who|whose|which|what)\b.{0,60}\b(?:does|do|did) (?:it|they|this|that|(?:the|this|that) (?:\w+ )?(?:plan|term|word|phrase|expression|document|paper)) (?:\w+ )?mean\b|\b(?:who|what|which|whom)\b.{0,90}\b(?:counts?|counted|regards?|regarded|considers?|considered|treats?|treated|understands?|understood) (?:as|to be) (?:an? |the )?[\"“'‘«]|\b(?:what|how) (?:does|do|did) .{2,90}\b(?:understand|define)\b"),
    ("number", r"\b(?:number|no)\.?(?: and|,| or) (?:the )?(?:date|day)\b|\b(?:document|reference|official|plan|decision|registration|serial) (?:number|no)\b(?!\W*\d)|\b(?:what|which) (?:is the |is its |are the |are their )?numbers?\b|\bnumber (?:and date )?of (?:the|this|that)? ?(?:[\w'’]+ ){0,4}(?:plan|document|decision)\b|\bnumber does (?:the|this) (?:[\w'’]+ ){0,4}(?:plan|document|decision)\b|\bhow is the (?:plan|document) numbered\b"),
    ("date", r"\bwhen (?:is|was|are|were) .{0,80}\bdated\b|\b(?:what|which) (?:date|day) (?:did|was|were)\b.{0,80}\b(?:issued?|signed?|promulgated?|released?)\b(?! by\b)|\bwhen (?:was|were|did)\b.{0,80}\b(?:issued?|signed?|promulgated?)\b(?=(?: (?:its|the|his|her|their))? (?:report|plan|decision|document|proposal)|\W*$)|\b(?:signs?|signed|issued?|issues|dated|promulgated)\b.{0,60}\b(?:what|which) (?:date|day)\b|\bwhat(?:['’]?s| is| was) the (?:exact )?date (?:on|of)\b|\b(?:which|what) (?:month|year|day|date)(?: and (?:the )?(?:month|year|day))? (?:did|was|were|is) .{2,110}\b(?:plan|document|decision)\b|\b(?:number|no)\.?(?: and|,| or) (?:the )?(?:date|day)\b|\b(?:what|which) (?:\w+ ){0,3}dates? (?:does|do|did) .{2,90}\b(?:carry|bear)\b|\b(?:month|year|day)\b.{0,60}\bdated\b|\bwhen (?:was|were|did)\b.{0,110}\b(?:issued|signed|dated|promulgated|adopted|released|published|approved|come out|come into|take effect|issue|sign)\b|\b(?:on|of) (?:what|which) (?:date|day)\b.{0,110}\b(?:issued|signed|dated|promulgated|adopted|released|published)\b|\b(?:date|day) of (?:issue|issuance|signing|signature|promulgation|the plan|the document)\b|\b(?:issue|issued|issuance|signing) date\b"),
    ("issuer", rf"\bwho (?:has )?(?:issued|promulgated|adopted)\b|\bissued by (?:whom|which|what)\b|\bissuing (?:body|agency|authority)\b|\b(?:which|what) {_AGENCY} (?:has )?(?:issued|promulgated|adopted)\b|\b(?:belongs? to|is of|comes from) (?:which|what) (?:province|district|city|locality|{_AGENCY})\b|\bwhose plan\b"),
    ("title", r"\bwhat (?:is|are|was) (?:(?!plan\b|document\b|decision\b)\S+ ){1,9}(?:plan|document|decision)\b.{0,80}\babout\b|\b(?:full |official |exact )?(?:title|name) of (?:the|this|that) (?:[\w'’]+ ){0,3}(?:plan|document|decision)\b|\btitled?\b"),
    ("duties", rf"\b(?:what|which) (?:[\w'’-]+ ){{0,4}}?{_TASK}\b|\b(?:{_TASK}) of (?:the )?\b|(?:^|[,;:.] )(?:and |so |but )?what (?:else |more |exactly )?{_HAS} (?!the (?:deadline|budget|number|date|title|total|target|legal|name)).{{3,140}}\b(?:do|responsible for|responsibilities|duties|tasks?|roles?|in charge of|assigned|asked to|supposed to|required to|expected to|entrusted)\b|\b(?:which|what) (?:[\w'’-]+ ){{0,2}}?{_SHARE}\b.{{0,60}}\b(?:led|lead|leads|take part|takes part|join|joins|assigned|responsible|charge|participate|participates|involved|coordinate|coordinates|entrusted|given)\b|\b(?:everything|all|things?|what)\b.{{0,10}}\b(?:that )?.{{3,80}}\b(?:has|have|needs?|is|are) (?:to do|supposed to do|required to do|asked to do|expected to do|responsible for)\b"),
    ("coordinate", rf"\b(?:who|(?:which|what) (?:{_QUALIFIER}[\w'’-]+ ){{0,2}}?{_AGENCY})(?: else)? (?:\w+ )?(?:coordinates?|co-ordinates?|cooperates?|supports?|assists?|helps?|collaborates?|joins?|participates?)\b|\b(?:coordinat\w+|cooperat\w+|work|works|working|collaborat\w+|together|jointly)\b.{{0,60}}\bwith (?:whom|which|what|who)\b|(?<!\btalk )(?<!\bspeak )(?<!\bmeet )(?<!\bdeal )(?<!\bregister )(?<!\btouch )\bwith (?:whom|which {_AGENCY}|what {_AGENCY})\b|\bcoordinating {_AGENCY}\b"),
    ("list", r"\bwho (?:shall|should|will|must|would|does|do|is to|are to)(?: (?:then|also|first|all))? (?:receiv\w+|get|gets|benefit\w*|profit|qualify|obtain|be (?:trained|supported|helped|given|offered|covered|invited|assisted|exempt\w*|taught|served|reached|entitled|honou?red|commended|praised|rewarded|targeted))\b(?! (?:a copy|copies|reports?|the (?:plan|document|reports?))\b)|\bwho (?:is|are) (?:meant|supposed|expected|likely|going|entitled|first) to (?:benefit|get|receive|gain|be helped|be supported)\b|\bwho (?:can|may|could|is entitled|are entitled|is eligible|are eligible|qualif\w+|benefits?|will benefit|gets?|receives?|will (?:get|receive)|is supported|are supported|are the (?:target|benef|subjects)|are (?:covered|targeted)|counts?)\b|\b(?:target groups?|beneficiaries|eligible)\b.{0,30}\bwho\b|\bwho (?:is|are) (?:the )?(?:target|benef|subject|cover|eligib|intended)\w*|\bwho(?:m)? (?:is|are|was|were) .{2,80}\b(?:for|aimed at|meant for|intended for)\s*\?*$|\bfor whom\b|\bwhom (?:do|does|will|would|should|is|are) .{2,80}\b(?:attract|target|serve|cover|reach|benefit|support|help)\b|\bwhom .{2,80}\bfor\s*\?*$"),
    ("lead", rf"\bwho(?:se)? (?:responsibility|job|task|business|duty|desk|turf|remit)\b|\bwhich ones? (?:leads?|is in charge|takes? the lead|is responsible|heads?|handles?)\b|\bunder whose\b|\bwho\b(?! (?:signed|live|lives|want|wants|wish|need|needs|are poor|have|study|work|own|has no)\b)(?!.{{0,3}}'s)(?:(?<! people who)(?<! those who)(?<! households who)(?<! persons who))|\b(?:which|what) (?:{_QUALIFIER}[\w'’-]+ ){{0,3}}?{_AGENCY}\b(?! of law)|\b(?:lead|leading|standing|focal|responsible|permanent|coordinating) (?:agency|unit|department|body|office|point|organi[sz]ation)\b.{{0,60}}\b(?:who|which|what)\b|\b(?:who|which|what)\b.{{0,60}}\b(?:lead|leading|standing|focal|responsible|permanent) (?:agency|unit|department|body|office|point|organi[sz]ation)\b|\b(?:lead|standing|focal|responsible) (?:agency|unit|department|body|office|point) (?:of|for|in)\b"),
    ("list", r"\b(?:which|what) (?:[\w'’-]+ ){0,2}?(?:sectors|areas|fields|strands|groups of (?:measures|solutions|tasks))\b"),
    ("list", rf"\b(?:funding|capital|financial|financing|money) (?:sources?|streams?)\b|\bsources? of (?:funding|funds|capital|money|financ\w+|resources)\b|\bwhere (?:do|does|will|would|should|is|are) (?:the |this |that |its |their )?(?:[\w'’-]+ ){{0,4}}?(?:{_MONEY}|resources)\b.{{0,80}}\b(?:come|comes|coming|from|drawn|taken|found|raised)\b|\bfrom (?:which|what) sources?\b|\bwhich sources?\b|\bwhere .{{0,60}}\bmoney\b.{{0,60}}\bfrom\b"),
    ("list", r"^(?!.*\bhow much\b).*(?:\bwhat (?:[\w'’-]+ ){0,6}?(?:is|are|be|was|were|been) (?:then |first |mainly |mostly )?(?:spent on|spent for|used for|used on|put into|put towards)\b|\bwhat (?:is|are|was|were|will|would|should|may|can) .{2,60} (?:spent|used|put) (?:on|for|into|towards)\b|\bon what (?:[\w'’-]+ ){0,6}?spent\b|\bwhat (?:does|do|did|will|would|should) (?:the |this |that |its |their )?(?:money|funds?|funding|budget|grant|sum|capital) (?:go|goes) (?:to|on|into|towards)\b)"),
    ("count", rf"\bhow many (?:[\w'’-]+ ){{0,2}}?{_COUNTED}\b(?! (?:higher|more|lower|as))"),
    ("target", r"\bpercent(?:age)?\b|%|\bwhat (?:[\w'’-]+ )?(?:share|rate|proportion|ratio|fraction|portion)\b|\bhow many times (?:higher|more|as|larger|greater)\b|\bby how much\b|\bhow (?:high|low|large|big)\b|\bfrom what to what\b|\b(?:share|rate|proportion|ratio)\b.{0,80}\b(?:what|how)\b"),
    ("deadline", r"\bwhen\b(?! (?:it|they|the|a|an|there|doing|dealing|carrying|difficult\w*|problems?) )(?! (?!(?:must|should|will|would|shall|can|may|do|does|did|is|are|was|were|has|have)\b)[^,?]{3,120}, )|\bby when\b|\bsince when\b|\b(?:by|before|on|until|till|from|at) (?:what|which) (?:date|day|time|month|year|quarter|point)\b|\b(?:what|which) (?:[\w'’-]+ )?(?:date|day|deadline|time ?frame|time ?limit|period|phase|month|quarter|year|years|timeline)\b|\bdeadlines?\b|\bcut-?off\b|\bdue\b(?! to)|\bhow (?:often|long|frequently|regularly)\b|\b(?:what|which) is the (?:[\w'’-]+ )?(?:date|deadline|time ?frame|duration|timing)\b|\btime ?lines?\b|\blatest (?:date|by)\b"),
    ("budget", rf"\bhow much\b|\bhow many (?:million|billion|dongs?|vnd)\b|\b(?:add|adds|added|come|comes) up to\b|\bproject \d+ (?:budget|funding|capital|money)\b|\b(?:what|which)\b.{{0,60}}\b{_MONEY}\b|\b{_MONEY}\b.{{0,60}}\b(?:what|how)\b|\bwhat (?:does|do|did|will|would|has|have|had|should) .{{2,60}}\b(?:spend|spent|pay|paid|allocate|allocated|invest|budget|budgeted|cost|reserved?|earmark(?:ed)?|set aside|put aside|appropriate|disburse)\b|\b(?:what|which)\b.{{0,60}}\b(?:earmarked|reserved for|set aside|put aside|budgeted|appropriated|allotted|disbursed)\b|\bhow (?:big|large|high) (?:is|are|was|were) (?:the )?(?:[\w'’-]+ ){{0,3}}{_MONEY}\b|\b(?:total|overall) (?:budget|funding|capital|amount|allocation|cost)\b|\bhow (?:is|are|was|were) .{{0,40}}\b(?:funded|financed)\b|\bbudgets? (?:of|for)\b"),
    ("target", r"\btargets?\b|\bgoals?\b|\bobjectives?\b|\bhow many\b|\bwhat (?:[\w'’-]+ )?(?:level|minimum|maximum|average|number|life expectancy)\b|\baim(?:s|ing|ed)? (?:for|at)\b|\blife expectancy\b"),
    ("definition", r"\bmeant by\b|\bwhat (?:does|do|is|did) .{2,80}\bmean\b|\bstands? for\b|\bdefinition\b|\bmeaning of\b|^what is an? |^what are (?!the\b)\S+ ?\S*\?*$|\bdefined?\b"),
    ("list", r"\b(?:which|what) (?:[\w'’-]+ ){0,2}?(?!(?:is|does|was|has|this|focus|status|basis|process|progress)\b)\w+(?<!s)s\b|\bwhat are\b|\blist\b|\bname (?:the|all)\b|\bwhat (?:kinds?|types?|sorts?|forms?)\b|\bin which \w+s\b|\bwhich ones\b|\benumerate\b"),
    # From here on a word that says little: a follow-up keeps the kind of the question before it.
    ("budget", rf"^(?!why\b|does\b|is\b).{{0,40}}\b{_MONEY}\b.{{0,30}}$"),
    ("target", r"\b(?:targets?|goals?)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _CUES)
_WEAK = 2
_NEEDS_BODY = re.compile(_BODY)
_SAYS_NOTHING: tuple[Kind, ...] = ("number", "date", "signer", "recipients", "issuer", "title")


# "How many fields does the plan number?": a verb, and no number of a document.
_NUMBERS = re.compile(
    r"(\bhow many [^?]*?\b(?:does|do|did|will)\b[^,?]*?) number(?=\s*(?:[,?.;]|and\b|$))", re.IGNORECASE
)
_HOW_MANY = re.compile(
    r"\bhow many (?P<what>(?!(?:does|do|did|are|is|will|of)\b)[^,?]{3,80}?) (?=(?:does|do|did|are|is|will|should|must)\b)",
    re.IGNORECASE,
)
_HOW_MANY_OF_THEM = re.compile(
    r"(?<=[,;?] )((?:and |but )?how many) (?=(?:does|do|did|are|is|will|should|must)\b)", re.IGNORECASE
)
_CLAUSE = r"[^,:;?]{3,90}?"
_WHERE = r"(?:under|in|for|of|at|on|from|by)"
_WH = r"(?:who|whom|which \w+|what|when|where|how (?:many|much|often|long))"
# "Who signed the plan of A, and who that of B?": a clause without its verb takes that of the one before.
_GAPPED = re.compile(
    rf"\b(?P<asks>{_WH}) (?P<verb>{_CLAUSE}) (?P<at>{_WHERE}) (?P<first>[^,:;?]{{1,60}}?)(?:,? (?:and|but|while) |[,;?] (?:and )?)"
    rf"(?P<again>{_WH}) (?P<there>(?:that of |the one (?:of|for|in) )?)(?P<at2>{_WHERE} )?(?P<second>(?:(?:the|its|their) )?[\w'’-]+(?: [\w'’-]+){{0,4}}?)(?P<one> one)?\s*\?",
    re.IGNORECASE,
)
# What such a clause ends with is a name, a year, a place or a document, and no verb's object.
_ENDS_NAMED = re.compile(
    r"(?:\b[^\W\d_a-z]\w*|\b(?:19|20)\d\d|\b(?:province|district|city|town|commune|ward|area|government|budget|board|committee|plan|document|paper))(?:['’]s)?$"
)
_DOCUMENT = re.compile(r"\b(?:plan|document|paper|decision|scheme|programme|program)\b", re.IGNORECASE)
# "…, and is it the same body in B?"
_SAME_IN = re.compile(
    rf"\b(?P<clause>{_WH} {_CLAUSE}) (?P<at>in|for|under|at) (?P<first>[^,:;?]{{1,60}}), and (?:is it|are they|is that|is this) (?:also )?the same(?: \w+)? (?P<at2>in|for|under|at) (?P<second>[^,;?]{{1,60}})\?",
    re.IGNORECASE,
)


def spelt_out(text: str) -> str:
    """An English question with what a second clause leaves to be understood from the first.

    >>> spelt_out("How many fields does A have, and how many does B have?")
    'How many fields does A have, and how many fields does B have?'
    >>> spelt_out("Who put their name under the A plan, and who under the B one?")
    'Who put their name under the A plan, and who put their name under the B plan?'
    >>> spelt_out("Who leads the work in A, and is it the same body in B?")
    'Who leads the work in A, and who leads the work in B?'
    """
    text = _NUMBERS.sub(r"\1 have", text)
    counted = _HOW_MANY.search(text)
    if counted is not None:
        what = counted.group("what")
        rest = _HOW_MANY_OF_THEM.sub(lambda found: f"{found.group(1)} {what} ", text[counted.end() :])
        text = text[: counted.end()] + rest

    def same(found: re.Match[str]) -> str:
        clause = found.group("clause")
        again = f"{clause[:1].lower()}{clause[1:]} {found.group('at2')} {found.group('second')}"
        return f"{clause} {found.group('at')} {found.group('first')}, and {again}?"

    def filled(found: re.Match[str]) -> str:
        asks, again, second = found.group("asks"), found.group("again"), found.group("second")
        goes_on = found.group("at2") or found.group("there")
        if asks.lower() != again.lower() or not goes_on or not (_ENDS_NAMED.search(second) or found.group("one")):
            return found.group()
        noun = _DOCUMENT.search(found.group("first")) if found.group("one") else None
        named = f" {noun.group()}" if noun is not None else found.group("one") or ""
        before = found.string[found.start() : found.start("again")]
        at = found.group("at2") or f"{found.group('at')} "
        return f"{before}{again} {found.group('verb')} {at}{second}{named}?"

    return _GAPPED.sub(filled, _SAME_IN.sub(same, text))


def kind_of_english(folded: str) -> tuple[Kind, bool]:
    """The kind of a folded English question, and whether a cue says so.

    >>> kind_of_english("who examines and assesses the dossiers?")
    ('lead', True)
    >>> kind_of_english("which tasks are led by the finance and planning division?")
    ('duties', True)
    >>> kind_of_english("who can get help to go and work abroad?")
    ('list', True)
    """
    for at, (kind, pattern) in enumerate(_COMPILED):
        if pattern.search(folded) and (kind != "duties" or _NEEDS_BODY.search(folded)):
            return kind, at < len(_COMPILED) - _WEAK
    return "open", False


def lookups_of_english(folded: str) -> tuple[Kind, ...]:
    """All that a folded English question asks of a document itself, in the order of the cues."""
    return tuple(
        dict.fromkeys(
            kind for kind, pattern in _COMPILED if kind in (*_SAYS_NOTHING, "basis") and pattern.search(folded)
        )
    )


# What is known already is not asked for: "Besides money, what …?".
_BESIDES = re.compile(
    r"(?:^|,\s*)(?:besides|apart from|aside from|in addition to|other than|beyond|except(?: for)?)\s+[^,?]{3,90}(?:,|(?=\?))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_OF_ONESELF = re.compile(r"^(?:i|we|my|our|i'm|i’m|we're|we’re)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:this|that|these|those|it|its|they|them|their|there|here|so|such|he|she)\b", re.IGNORECASE
)


def without_the_asker(text: str) -> str:
    """A question without the sentences that only say who asks; all of it where what is asked points back to them.

    >>> without_the_asker("I am new at the bank. Who approves loans?")
    'Who approves loans?'
    >>> without_the_asker("I got a grant. Who gives advice on it?")
    'I got a grant. Who gives advice on it?'
    """
    text = _BESIDES.sub(" ", text).strip()
    sentences = _SENTENCE.split(text)
    asked = [sentence for sentence in sentences if sentence.endswith("?")]
    if not asked or any(_POINTS_BACK.search(sentence) for sentence in asked):
        return text
    return " ".join(sentence for sentence in sentences if sentence in asked or not _OF_ONESELF.match(sentence))


_ALWAYS = """
plan plans document documents according accordance regulation regulations specified mention mentioned say said state stated set
kind type sort exactly specific specifically detail detailed provide provided mean one two three four five six seven eight nine ten
both all whole everything anything thing things way ways able need needs like just want wish hope intend aim aims aiming try seek
list name look find know tell currently present actual really still especially particular
appear appears heading headings leave leaves left done doing got get gets getting goes going promise promises promised mentions talk talks talking speak
speaks refer refers referred referring paper papers term word words phrase shorthand instance item every most itself himself herself themselves things
properly looking ahead trying made called together somebody someone anybody anyone everybody
"""
_AGENCIES = """
agency agencies department departments office offices body bodies unit units division divisions organisation organization organisations
organizations institution section board committee authority authorities bureau entity
"""
_FRAMES: dict[str, str] = {
    "lead": f"{_AGENCIES} who whom which care contact point permanent lead leads leading led head heads headed chair chairs chaired charge responsible responsibility run runs "
    "manage take takes put act acts serve serves standing permanent focal point core main overall handle handles deal deals look looks after "
    "task tasks job duty assigned assign entrusted give given carry carries out implement implementation organise organize oversee oversees "
    "person people supposed do does work",
    "coordinate": f"{_AGENCIES} who whom coordinate coordinates coordination cooperate cooperates support supports assist assists help helps work works join "
    "joins participate part take together lead leads implement",
    "duties": "whom task tasks duty duties responsibility responsibilities job jobs role roles function functions work piece part parts portion lead leads "
    "led leading take join charge responsible assigned assign given give asked supposed expected required do does entrusted component "
    "components content project projects sub-project sub-projects participate involved programme program activity activities carry out",
    "budget": "much money funding fund funds budget capital cost costs amount amounts total allocate allocated allocation earmarked earmark spend spends spent set aside "
    "get gets receive received give given devote devoted dedicated provide provided put raise raised mobilise mobilize mobilised sum year years annual "
    "per each worth financing planned expected million billion dong vnd altogether overall come comes from",
    "deadline": "whom when date dates day days deadline deadlines due cut-off cutoff off latest time times period often year years yearly annual annually each every "
    "month quarter by long frequently end complete completed frame limit cover covers",
    "target": "target targets goal goals objective objectives percentage percent share rate proportion ratio level reach reaches reached achieve achieved many "
    "times number year years aim set what much should attain",
    "count": "many number total altogether divided into contain contains include included",
    "list": "include included includes consist consists contain contains comprise name named content list",
    "definition": "mean means meant meaning define defines defined definition term understood stand",
    "basis": "basis bases ground grounds legal law based base decision decisions document documents rest rests rely relies implement implements carry carries out "
    "follow follows issued issue pursuant foundation",
    "recipients": "whom who recipient recipients sent send receive copy",
    "signer": "who whom sign signed signature name",
    "open": "year years spend spent",
}  # fmt: skip


def matter_of(terms: Sequence[Term], kinds: Sequence[Kind]) -> tuple[Term, ...]:
    """The terms that say what a question of these kinds is about: neither what it asks for, nor words without a meaning here."""
    frame = {stem(word) for kind in kinds for word in _FRAMES.get(kind, "").split()} | {
        stem(word) for word in _ALWAYS.split()
    }
    return tuple(
        term
        for term in terms
        if term.source in ("name", "body", "number")
        or not all(word in STOP_ENGLISH or stem(word) in frame for word in term.english.split())
    )
