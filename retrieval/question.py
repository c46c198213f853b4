"""What a question asks: its language, its kind, the programme parts, years and document numbers that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, get_args

from ingest.errors import BadQuestion
from ingest.normalise import CAPITALS, clean, fold, has_marks, one_y
from ingest.rules.programme import Part, parts_in
from retrieval.english import kind_of_english, lookups_of_english, spelt_out
from retrieval.types import Language

LONGEST = 2_000
_SHORTEST = 4

Kind = Literal[
    "lead",  # which body leads
    "coordinate",  # which bodies coordinate
    "duties",  # what a body does
    "budget",
    "deadline",
    "basis",
    "number",
    "date",
    "signer",
    "recipients",
    "issuer",
    "title",
    "count",
    "list",
    "target",
    "definition",
    "open",
]

KINDS: tuple[Kind, ...] = get_args(Kind)

# Cues on the folded question, first match wins. Written from how Vietnamese and English ask, not from any document.
_BODY = r"(?:co quan|don vi|phong ban|phong|so|ban|nganh|to chuc|ben|ai|noi|cap|hoi)"
_DO = r"(?:cam trich|dung mui|ganh(?: vac)?|cam cai|lam chinh|dam duong|gom|dung ra|cam dau|chu tri|phu trach|dung dau|chiu trach nhiem|lam dau moi|dau moi|thuong truc|tham dinh|dam nhiem|quan ly|lanh dao|huong dan|giam sat|tham muu|tong hop|theo doi|don doc|thuc hien|to chuc|trien khai|bao dam|dam bao|lo|can doi|bo tri|xay dung|van dong|tuyen truyen|kiem tra|cung cap|lam|nhan|giup)"
_CITED = r"(?:decisions?|programmes?|programs?|laws?|resolutions?|directives?|decrees?|schemes?)"
_CUES: tuple[tuple[Kind, str], ...] = (
    ("basis", rf"\b(?:which|what) (?:\w+ ){{0,3}}{_CITED}\b.{{0,90}}\b(?:implements?|carry out|carries out|carry|based|follows?|rests?|stands? on|bas[ie]s|founded|issued under|pursuant)\b|\b(?:thuc hien|trien khai|cu the hoa|can cu|theo|dua (?:vao|tren|theo)|bam theo) (?:theo )?(?:quyet dinh|nghi quyet|chi thi|chuong trinh hanh dong|nghi dinh|ke hoach) (?:so )?(?:nao|gi|may)\b"),
    ("definition", r"\b(?:chu|cum tu|tu|thuat ngu|khai niem|cach goi) ?[\"'“”‘’]?.{1,40} (?:duoc )?(?:hieu|nghia)\b"),
    ("duties", r"^(?:and |so )?what (?:else |more )?(?:does|do|must|should|will|are|is) (?!the (?:deadline|budget|number|date|title|total|target|legal|name)).{3,90}\b(?:do|responsible for|responsibilities|duties|tasks?|in charge of|assigned)\s*(?:\?|$|in\b|under\b|for\b|about\b|according\b)"),
    ("signer", r"\b(?:giu |lam )?chuc (?:vu |danh )?(?:gi|nao)\b.{0,30}\bky\b|\bky\b.{0,60}\b(?:chuc (?:vu|danh)|giu chuc) (?:gi|nao)\b|\bcung (?:mot |1 )?(?:\w+ ){1,4}ky\b(?! ket)|\b(?:ai|(?:pho )?(?:chu tich|giam doc|cuc truong|truong (?:ban|phong)|bo truong|hieu truong|chanh van phong) nao|lanh dao nao|nguoi nao|(?:ong|ba|vi|dong chi) nao) (?:(?!tham|phe|lap|bao cao|gui|chu tri)[\w-]+ ){0,10}(?<!dinh )(?<!thoi )(?<!nhiem )(?<!hoc )(?<!chu )ky\b(?! ket| nang| luat| hop dong| bo nhiem| mien nhiem| duyet| phe duyet| cap (?:phep|giay)| thoa thuan| quyet toan| nhan)|\bdung ten (?:o |duoi )?ky\b|\bky thay\b|\b(?:dat|ha) but\b|\bchu ky (?:cua )?(?:ai|nguoi nao)\b|\bwhose signature\b|\bwho (?:put|puts) (?:his|her|their) (?:name|signature)\b|\bnguoi (?:da )?ky\b|\bky ten\b|\bdo ai ky\b|\bwho signed\b|\bsigned by\b|\bsigner\b|\bsignatory\b|\bchuc vu (?:cua )?nguoi ky\b"),
    ("recipients", r"\b(?:dong|phan|muc) luu\b|\b(?:ke hoach|van ban|quyet dinh|ban goc|ban)\b.{0,90}\bluu (?:o|tai|giu o) (?:dau|(?:nhung |cac )?(?:bo phan|phong|noi|co quan|don vi) nao)\b|\bdanh dau b/?c\b|\((?:b/c|de bao cao)\)|\b(?:ke hoach|van ban|quyet dinh|kh|vb|ban)\b(?!.{0,90}\bbao cao\b).{0,90}\bduoc gui\b.{0,30}\b(?:cho|den|toi)\b.{0,40}\b(?:nao|ai|dau)\b|\b(?:noi|co quan|don vi|bo|so|huyen|xa|tinh|dia phuong)(?: \w+){0,3} nao(?: \w+){0,3} duoc gui\b(?!.{0,20}bao cao)|\bghi ten \w+(?: \w+){0,3} (?:trong|o) noi nhan\b|\b(?:ke hoach|van ban|quyet dinh|kh|vb)\b(?!.{0,40}(?<!de )\bbao cao\b).{0,100}\b(?:gui|chuyen(?! (?:doi|giao|tiep))|sao gui|phat hanh)\b.{0,60}\b(?:nao|ai|dau)\b|\b(?:gui|chuyen|sao gui) (?:ke hoach|van ban|quyet dinh) (?:nay |do |(?:so )?\d\S* )?(?:cho|den|toi|len|ve)\b.{0,40}\b(?:nao|ai|dau)\b|\bnoi nhan\b|\bdanh sach (?:duoc )?(?:gui|nhan)\b|\b(?:noi|co quan|don vi|bo|so|ban) (?:\w+ ){0,3}nao (?:duoc )?nhan (?:duoc )?(?:van ban|ke hoach|quyet dinh)\b|\b(?:bo|so|nganh|co quan|don vi|noi|ai)\b.{0,50}\b(?:nao|gi)?\b.{0,20}\bduoc\b.{0,30}\b(?:gui|sao gui|chuyen)\b.{0,12}\b(?:ke hoach|van ban|quyet dinh)\b|\bgui (?:cho|den|toi) (?:nhung )?(?:ai|co quan nao|noi nao|dau|don vi nao|nhung)\b|\brecipients?\b|\bsent to\b|\bai (?:duoc )?nhan (?:duoc )?(?:van ban|ke hoach|ban)\b|\b(?:nhung )?(?:noi|co quan|don vi) nao (?:duoc )?nhan (?:duoc )?(?:van ban|ke hoach|ban)\b|\bwho (?:receives|gets|is copied)\b"),
    ("number", r"\bso (?:van ban )?day du (?:cua|la)\b|\b(?:quyet dinh|nghi quyet|chi thi|chuong trinh(?: hanh dong)?|nghi dinh|thong tu|cong van)\b(?!.{0,70}\b(?:du an|ho|xa)\b).{0,80}\b(?:la|mang|co|ay|do|nay) so (?:may|bao nhieu|hieu (?:nao|gi|bao nhieu)|nao|gi)\b(?! (?:xa|ho|nguoi|tien|von|dan))|\bso (?:may|bao nhieu|nao|gi|hieu (?:nao|gi))(?:,| va)? (?:(?:ky|ban hanh|ra|de) )?ngay (?:nao|may|bao nhieu|thang)\b|\bco so (?:may|bao nhieu)\b(?! (?:xa|ho|nguoi|tien|von))|\bmang so\b|\b(?:la|thuoc) (?:van ban|ke hoach|cong van|quyet dinh) so (?:may|bao nhieu|nao|gi)\b|\bso(?: va|,| voi)? (?:ca )?ngay(?: thang)?(?: ban hanh| ky)\b|\b(?:cho|xin|can|biet) (?:em |minh )?so (?:va|,) ngay\b|\bso (?:va )?(?:ky )?hieu\b|\bso,? ky hieu\b|\b(?:ke hoach|van ban|quyet dinh)(?: nay| tren| do)? (?:mang |co )?so (?:may|bao nhieu|nao|gi)\b|\b(?:ke hoach|van ban)\b(?: (?!du|an|tieu|noi|muc|dieu)\w+){0,9} so (?:may|bao nhieu)\b(?! (?:xa|ho|nguoi|tien|von))|\bso (?:cua )?(?:ke hoach(?! (?:va |& ?|-)?dau tu)|van ban)\b(?!.{3,90}\bvoi (?:(?:ban|cai) )?(?:ke hoach|van ban|cua|ben)\b)|\bdocument number\b|\b(?:what|which) (?:is the )?number\b|\bso hieu\b|\bnumber of (?:the|this) (?:plan|document)\b|\breference number\b|\bplan number\b|\b(?:ke hoach|bao cao|quyet dinh|to trinh|de an|cong van|van ban|nghi quyet|chi thi)\b(?: [\w-]+){0,16}? so (?:may|bao nhieu)\b(?! \w)"),
    ("date", r"\b(?:so|so hieu|so ky hieu|ten|ai ky|nguoi ky),? (?:va |cung )?ngay (?:ra|ban hanh|ky)\b|\bso (?:may|bao nhieu|nao|gi|hieu (?:nao|gi))(?:,| va)? (?:(?:ky|ban hanh|ra|de) )?ngay (?:nao|may|bao nhieu|thang)\b|\bde (?:vao )?thoi diem (?:nao|gi)\b|\b(?:ky|ban hanh|ra) (?:dung |vao |tu )*ngay (?:nao|may|bao nhieu)\b|\b(?:cai|ban|van ban|ke hoach|ben|noi|tinh|quyet dinh) nao (?:duoc )?(?:ban hanh|ky|ra doi|ra) (?:truoc|sau|som|muon)\b|\bde (?:(?:ngay|thang|nam|vao),? )*(?:ngay|thang|nam) (?:nao|may|bao nhieu)\b|\bky (?:ke hoach|van ban|quyet dinh|ban)\b.{0,80}\b(?:ngay|thang|nam),? (?:thang,? )?(?:nam )?(?:nao|may|bao nhieu)\b|\bngay (?:thang )?cua (?:tung|moi) (?:ban|ke hoach|van ban)\b|\b(?:ke hoach|van ban|quyet dinh)\b.{0,120}\b(?:duoc lap|lap|soan thao|duoc viet|ghi) (?:vao )?(?:ngay|thang|nam) (?:nao|may|bao nhieu)\b|\b(?:so|ky hieu)(?: van ban)?(?: va|,| voi)? (?:ca )?ngay(?: thang)?(?: nam)?(?: ban hanh| ky)?\b(?=.*\b(?:ke hoach|van ban|quyet dinh|kh)\b)|\b(?:ban hanh|ky)(?: vao)? hom (?:nao|may)\b|\b(?:ban hanh|ky)(?: vao)? (?:ngay|thang|nam|khi|hoi|luc|bao gio)\b.*\b(?:nao|may|bao gio|nao)?\b|\bngay (?:thang )?(?:ban hanh|ky)\b|\b(?:de|ghi|lap) ngay (?:nao|may|bao nhieu|thang nao)\b|\bban hanh (?:khi nao|bao gio)\b|\b(?:khi nao|bao gio|ngay nao) (?:thi )?(?:duoc )?(?:ban hanh|ky)\b|\bwhen (?:was|is) .{0,60}\b(?:issued|signed|dated|promulgated)\b|\bra (?:doi |vao )?(?:ngay|khi|nam|thang)(?: thang| nam)? (?:nao|may|bao nhieu)\b|\bdate of (?:issue|signing|the plan)\b|\b(?:issue|issued|signing) date\b"),
    ("issuer", r"\b(?:ai|co quan nao|don vi nao|noi nao) (?:da )?(?:la (?:noi|co quan) )?ban hanh\b|\bdo (?:ai|co quan nao|don vi nao) ban hanh\b|\bwho issued\b|\bissued by (?:whom|which|what)\b|\bissuing (?:body|agency|authority)\b|\bwhich (?:body|agency|authority) issued\b|\bco quan ban hanh\b|\b(?:la )?cua (?:tinh|huyen|dia phuong|noi|co quan|don vi) nao\b"),
    ("title", r"\b(?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|ke hoach) (?:so )?\d\S*(?: nam \d{4})? (?:phe duyet|ve) (?:\w+ ){0,3}(?:gi|nao)\b|\b(?:ke hoach|van ban|quyet dinh)\b(?: (?!du|an|tieu|noi|muc|dieu)\S+){0,9} (?:noi|ban|viet|quy dinh|de cap) (?:ve|den|toi) (?:viec |van de |noi dung |chuyen |linh vuc )?gi\b|\b(?:nghi quyet|nghi dinh|thong tu|chi thi|ket luan|cong van|quyet dinh|ke hoach) (?:so )?\d\S*(?: \S+){0,10} (?:(?:noi|ban|viet|quy dinh|de cap) (?:ve|den|toi)|la (?:ke hoach|quyet dinh|nghi quyet|van ban) (?:de )?(?:lam|ve)) (?:cai |viec |van de |noi dung |chuyen |linh vuc )?gi\b|\btrich yeu\b|\bten (?:day du )?(?:cua )?(?:ke hoach|van ban)\b|\b(?:full )?title\b"),
    ("basis", r"\bcan cu (?:vao )?(?:nhung )?(?:phap ly|van ban|quyet dinh|dau|gi|nao|ke hoach)\b|\bcan cu (?:de )?(?:ban hanh|xay dung|lap)\b|\bco so phap ly\b|\bdua (?:tren|vao) (?:nhung )?(?:van ban|quyet dinh|can cu|co so|gi|nghi quyet)\b|\blegal bas[ie]s\b|\bbased on (?:what|which)\b|\bwhich (?:decisions?|laws?|documents?) .{0,40}\b(?:based|basis)\b|\bban hanh theo (?:quyet dinh|van ban|can cu)\b|\b(?:nhung )?can cu (?:nao|gi|phap ly)\b|\bthuc hien (?:theo )?(?:nhung |cac )?(?:quyet dinh|van ban|nghi quyet|chi thi|ket luan) (?:so )?(?:nao|gi)\b|\b(?:cac|nhung) can cu\b"),
    ("coordinate", rf"\b{_BODY} (?:nao|gi) (?:\w+ )?(?:phoi hop|cung phoi hop|tham gia|ho tro)\b|\bphoi hop (?:voi|cung) (?:nhung )?(?:ai|co quan nao|don vi nao|so nao|phong nao|ben nao)\b|\b(?:ai|nhung ai) phoi hop\b|\bwho (?:coordinates?|cooperates?|supports?|assists?)\b|\bwhich (?:agenc(?:y|ies)|departments?|offices?|bod(?:y|ies)) (?:coordinates?|cooperates?|support)\b|\bco quan phoi hop\b|\bdon vi phoi hop\b"),
    ("lead", rf"\b{_BODY} (?:nao|gi)\b.{{0,30}}\b{_DO}\b|\bai (?:(?!ky\b)\w+ ){{0,3}}{_DO}\b|^ai .{{0,30}}\bdu an \d|\b(?:do|giao (?:cho)?|thuoc trach nhiem (?:cua )?) ?(?:ai|{_BODY} nao)\b|\b{_DO} (?:la )?(?:ai|{_BODY} nao)\b|\b{_BODY} (?:chu tri|phu trach|dau moi|thuong truc)(?: .{{0,60}})?(?: la)? (?:ai|gi|{_BODY} nao)\b|\bwho (?:is |are )?(?:leads?|leading|heads?|in charge|responsible|manages?|runs?|chairs?|does|prepares?|ensures?|handles?|oversees?|provides?|guides?|reviews?|appraises?|monitors?|organi[sz]es?|implements?|has)\b|\b(?:which|what) (?:\w+ ){{0,2}}?(?:agenc(?:y|ies)|departments?|offices?|bod(?:y|ies)|units?|division|organi[sz]ations?)\b.{{0,80}}\b(?:lead|leads|responsible|in charge|charge|chairs?|heads?|standing|focal|manages?|oversees?|guides?|ensures?|appraises?|must|handles?|do|does|is|are|was)\b|\blead (?:agency|unit|department|body|office)\b|\bthuoc ve (?:ai|{_BODY} nao)\b|\b(?:ai|{_BODY} nao) (?:lo|lam|nhan)\b|\bco quan (?:thuong truc|dau moi|chu tri|chu quan)\b|\bdon vi (?:thuong truc|dau moi|chu tri)\b|\b(?:standing|focal) (?:agency|body|point|unit)\b"),
    ("duties", r"\bgiao (?:nhung |cac )?(?:viec )?gi cho\b|\bbang (?:nhung |cac )?(?:viec|cong viec|nhiem vu) (?:lam )?(?:nao|gi)\b|\b(?:dong|giu|dam nhan|the hien) (?:nhung )?vai tro (?:chinh )?(?:gi|nao|la gi|the nao|ra sao)\b|\bgiao (?:cho )?(?:nhung |cac )?(?:phan )?(?:viec|nhiem vu) (?:chinh |cu the )*(?:gi|nao|la gi|the nao)\b|\bco (?:nhung |cac )?(?:viec |nhiem vu |trach nhiem |cong viec |cong tac |vai tro |phan viec )+(?:gi|nao)\b|\b(?:lam|phai lam|can lam|se lam|(?:phai )?(?:ganh(?: vac)?|lo(?: lieu)?|cang dang)|dam nhan|dam nhiem|duoc giao|thuc hien|phu trach|chu tri|phoi hop|chiu trach nhiem|giup) (?:nhung |cac )?(?:viec |nhiem vu |trach nhiem |cong viec |cong tac |vai tro |phan |phan viec )*(?:gi|nao)\b|\btham gia (?:nhung |cac )?(?:viec |phan |phan viec )?gi\b|\b(?:thuc hien|phu trach|chu tri|tham gia|dam nhiem) (?:nhung |cac )?(?:du an|tieu du an|tda|noi dung|phan) (?:gi|nao)\b|\b(?:nhiem vu|trach nhiem|vai tro|chuc nang|phan viec|cong viec) (?:cu the )?(?:cua|ma|duoc giao|cho)\b|\bwhat (?:else |more )?(?:does|do|must|should|will|is|are) .{0,80}\b(?:do|responsib\w+|responsible for|duties|tasks?|role|in charge of|assigned|lead)\b|\b(?:duties|responsibilities|tasks|role) of\b|\bduoc (?:giao|phan cong) (?:nhung )?(?:gi|viec gi|nhiem vu|lam gi)\b|\b(?:nhiem vu|trach nhiem) (?:gi|nao|ra sao|the nao|nhu the nao)\b"),
    ("deadline", r"\b(?:nop|bao cao|gui)\b.{0,25}\b(?:som|muon|tre|cham) (?:hay|hon)\b|\bkhi nao\b|\bbao gio\b|\bluc nao\b|\btruoc ngay (?:nao|may|bao nhieu)\b|\b(?:ngay|thang|quy) (?:may|nao|bao nhieu)\b|\bnam (?:nao|may)\b|\bhan (?:chot|cuoi|nop|bao cao|gui|la|thuc hien|chậm|hoan thanh)\b|\bthoi (?:han|gian|diem|ky)\b|\bdeadline\b|\bby when\b|\bwhen (?:must|should|do|does|is|are|will|shall)\b|\bwhat (?:date|day|time|is the (?:date|time))\b|\bhow often\b|\bdue\b|\bmay nam (?:mot )?lan\b|\bbao lau\b|\bdinh ky (?:may|bao|khi|nao)\b|\btime\s?(?:frame|line|period)\b|\bmoc (?:nao|thoi gian)\b|\bhow long\b|\bchu ky\b"),
    ("list", r"\b(?:may|nhung|cac|hai|ba|bon|nam|sau|\d+|tung) (?:mang|linh vuc|nhom (?!doi tuong|2|ho)|khau|mat|huong) (?:(?:lon|chinh|viec|giai phap|nhiem vu|noi dung|uu tien) )*(?:nao|gi|ay la gi|do la gi|la nhung)\b|\b(?:may|bao nhieu) (?:mang|linh vuc|nhom|khau|mat|huong)\b.{0,60}\b(?:la (?:nhung )?(?:mang|linh vuc|nhom)?|(?:neu|ke) (?:ro )?ten|gom)\b.{0,30}"),
    ("list", r"\b(?:kinh phi|von|tien|ngan sach)\b.{0,60}\b(?:tu dau|nguon nao|o dau ra|tu nguon)\b|\bnguon (?:von|kinh phi|luc|tai tro|tien)\b.{0,40}\b(?:gom|nguon nao|tu dau|nhung gi|nhung nguon|o dau|lay)\b|\b(?:nhung|cac) nguon (?:von|kinh phi|luc)?\s*nao\b|\b(?:funding|capital) sources?\b|\bsources? of (?:funding|funds|capital|money)\b|\bwhere do(?:es)? (?:the )?(?:money|fund\w*|capital|resources)\b"),
    ("count", r"\b(?:co|gom|bao gom|la)? ?(?:bao nhieu|may) (?:du an|tieu du an|nhiem vu|giai phap|linh vuc|noi dung|muc tieu|chi tieu|doi tuong|can cu|co quan|don vi|van ban|ke hoach|phan(?! tram)|muc|nguon|nguyen tac|nhom)\b|\bhow many (?:projects?|sub-?projects?|tasks?|objectives?|areas?|fields?|agencies|documents?|plans?|groups?|sections?)\b"),
    ("budget", r"\b(?:bao nhieu|may|tong|muc|nhieu it) (?:la )?(?:tien|kinh phi|von|ngan sach|trieu|ty|dong|nguon von)\b|\b(?:kinh phi|ngan sach|tien|muc von|so tien|tong von|tong kinh phi|von su nghiep|von dau tu|du toan|ke hoach von|tong nguon von|von duoc giao|cap von|von doi ung|von)\b.{0,60}\b(?:bao nhieu|may(?= (?:tien|ty|trieu|dong|von)\b|\W*$)|la gi|the nao|nhu the nao|ra sao|nao)\b|\b(?:duoc (?:cap|phan bo|bo tri|giao)|ton|chi|phan bo|huy dong|bo tri|danh|dau tu|ho tro)\b.{0,40}\bbao nhieu\b(?! (?:xa|ho|nguoi|lan|phan tram|cong trinh|du an|nam))\b|\bhow much\b|\b(?:budget|funding|funds|allocation|allocated|cost|money)\b|\bbao nhieu (?:tien|trieu|ty|dong)\b|\bkinh phi (?:cua|cho|thuc hien)\b|\bngan sach (?:cua|cho)\b"),
    ("target", r"\b(?:ty le|chi tieu|muc tieu|phan dau|dat|giam|tang|nang)\b.{0,80}\b(?:bao nhieu|may|la gi|the nao|nhu the nao|ra sao|gi|nao)\b|\bbao nhieu (?:phan tram|%)\b|\b(?:may|bao nhieu) (?:%|phan tram)|\btargets?\b|\bpercent(?:age)?\b|\bwhat (?:share|rate|proportion)\b|\bgoals?\b|\bobjectives?\b"),
    ("list", r"\b(?:nhung|cac)\b.{0,60}\b(?:nao|gi)\b|\bgom (?:nhung |co )?(?:gi|ai|nao)\b|\bbao gom\b|\bliet ke\b|\bke ten\b|\bnhung ai\b|\blist\b|\bwhat are\b|\bwhich (?:\w+s)\b|\bneu (?:cac|nhung)\b"),
    # From here on a word or two that says little: a follow-up keeps the kind of the question before it.
    ("budget", r"\b(?:kinh phi|ngan sach|ke hoach von|so tien|muc von)\b|\bdu an \d.{0,60}\bbao nhieu\b(?=\W*$| (?:tien|kinh phi|von|ngan sach|nguon|trieu|ty|dong|cho|trong|nam|de|o|vay|thi|tu|la|so voi)\b)"),
    ("target", r"\b(?:bao nhieu|may)\b|\bhow many\b"),
    ("deadline", r"\bngay (?:bao cao|gui|nop)\b"),
    ("definition", r"^(?!.*\b(?:muc tieu|nhiem vu|noi dung|ten|so|ngay|can cu|giai phap|yeu cau|muc dich)\b).{2,80} (?:la gi|nghia la gi|la viet tat cua .{0,20}|duoc hieu (?:la|nhu) .{0,20}|la the nao)\s*\??$|\b(?:khai niem|dinh nghia)\b|^what is an? |\bmean\b|\bstands? for\b|\bdefinition\b"),
    ("target", r"^(?:muc tieu|chi tieu|ty le)\b"),
    ("deadline", r"\b(?:thoi gian|thoi han|han (?:bao cao|nop)|tien do)\b"),
    ("duties", r"^(?:nhiem vu|trach nhiem|vai tro) \w+"),
    ("basis", r"\bcan cu\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _CUES)
_FIRST_WEAK = 1 + max(at for at, (kind, _) in enumerate(_CUES) if kind == "list")
LOOKUPS: tuple[Kind, ...] = ("number", "date", "signer", "recipients", "issuer", "title", "basis")

_YES_NO = re.compile(
    r"\b(?:co phai|phai khong|dung khong|khong\s*[?.!]*$|hay khong|chua\s*[?.!]*$|co .{2,120} khong\b)|^(?:is|are|does|do|did|was|were|has|have|can|will|must|should)\b"
)
# "One of the plans looks past 2025": what is asked lies behind that year.
_BEHIND = re.compile(
    r"\b(?:past|beyond|after|sau|qua|vượt quá|ngoài) (?:the year |năm |nam )?(?:19|20)\d\d\b(?!\s*[-–])", re.IGNORECASE
)
# The year that an increase is reckoned from: "how many times higher in 2025 than in 2020".
_RECKONED_FROM = re.compile(
    r"(?<=\btimes)([^?]{0,90}?)\b(?:than|as|compared (?:to|with)|against|over|from)(?: (?:it|they) (?:was|were))?(?: in)?(?: the)?(?: (?:level|year|figure|base)(?: (?:of|in))?)* (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\bso sanh\b|^so (?!voi\b|tien\b|luong\b|lieu\b).{3,90}\bvoi (?:ke hoach|van ban|cua|ben|tinh|huyen)\b|\bkhac (?:nhau|gi|voi|biet)\b|\bgiong (?:nhau|voi)\b|\b(?:(?:ca hai|ca ba|hai|ba|may) (?:ke hoach|tinh|dia phuong|van ban|noi|huyen)|cac (?:ke hoach|tinh|van ban))\b"
    r"|\bcompare[ds]?\b|\bdiffer|\bversus\b|\bvs\b|\bboth plans\b|\b(?:cao|thap|nhieu|it|som|muon|lon|nho) hon\b|\bnoi nao\b|\btinh nao\b|\bke hoach nao\b|\bwhich plans?\b|\bdia phuong nao\b|\bvan ban nao\b"
)
_FOLLOWS = re.compile(
    r"^(?:con|the con|vay con|the|vay|roi|va|and|what about|how about|then|also|nhung|ok|why|vi sao|tai sao|the thi|vay thi|but|or)\b|\bthi sao\b|"
    r"\b(?:du an|don vi|co quan|ke hoach|viec|phong|so|ban|hoi|noi dung|muc|chuong trinh|van ban|tinh|huyen|nguoi)\s+(?:do|nay|ay|tren|kia|vua roi)\b|"
    r"\b(?:cua|cho|voi|o|ve) (?:no|ho|do|ay)\b|\b(?:it|its|they|their|them|he|she)\b|\b(?:that|this)\b(?= (?:one|project|sub-?project|agency|body|unit|office|department|plan|programme|program|scheme|task|money|province|district|city)\b|\W*$)|^(?:that|this|is that|is this)\b|\b(?:no|ho)\b$"
)
# The holder of a post by name: documents name who signs them, and seldom anybody else.
_POST = r"(?:giam doc|pho giam doc|truong ban|pho truong ban|chu tich|pho chu tich|truong phong|pho phong|bi thu|chanh van phong|bo truong|thu truong|hieu truong)"
_PERSON = re.compile(
    rf"\b{_POST}\b.{{0,90}}\bten ho (?:la )?gi\b|\b{_POST}\b(?! duyet| phe duyet| giao| ky).{{0,60}}\b(?:la|ten) (?:ai|gi|(?:ong|ba|nguoi|dong chi) nao)\b|\bai (?:la|dang lam|lam|giu chuc) {_POST}\b|\b(?:ong|ba) nao (?:la|lam) {_POST}\b|"
    r"\bwho (?:is|was) (?:the )?(?:current )?(?:director|head|chair\w*|vice[- ]chair\w*|deputy \w+|minister|secretary)\b"
    r"|\b(?:full )?names? of (?:the )?(?:current |present |new )?(?:director|head|chair\w*|vice[- ]chair\w*|deputy \w+|minister|secretary)(?: \([^()]{2,40}\))? (?:of|at)\b"
)
_ENGLISH = frozenset(
    """
    the of what which who how does do is are for in by and to was when must much many project budget plan
    agency department list responsible lead leads office report reports deadline people ethnic committee
    province city district it its their about from with there where should will legal
    """.split()
)
_VIETNAMESE = frozenset(
    """
    la cua nao gi bao nhieu co khong ai duoc cho cac nhung trong khi du an co quan ke hoach von chu tri phoi
    hop nam tinh huyen thanh pho so phong ban muc tieu thoi gian kinh phi nhiem vu thuc hien vung dong bao
    dan toc the thi sao con lam o
    """.split()
)
_NUMBER = re.compile(r"\b\d{1,5}\s?(?:/\s?\d{4})?\s?[/-]\s?[A-Za-zĐđ][\w&]*(?:\s?[-/]\s?[A-Za-zĐđ]\w*)*")
# "Tiểu DA 2 - DA 9" names a part of a part, and no document "2-DA".
_PART_OF_PART = re.compile(r"(?<=\d)\s*[-–/]\s*(?=(?:T?DA|ND|[Dd]ự án|[Tt]iểu dự án|[Nn]ội dung)\s*\d)")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A question read on its own, before anything is known of the documents.

    ``text`` is clean NFC; ``numbers`` are document numbers in lower case without blanks; ``follows`` is whether it
    leans on an earlier question; ``cued`` whether its kind is said plainly; ``lookups`` all that it asks of a document itself.
    """

    text: str
    language: Language
    kind: Kind
    cued: bool
    lookups: tuple[Kind, ...]
    yes_no: bool
    compares: bool
    person: bool
    follows: bool
    parts: tuple[Part, ...]
    years: tuple[str, ...]
    numbers: tuple[str, ...]


def check(text: str) -> str:
    """The cleaned question. Raises BadQuestion where it is empty or longer than ``LONGEST`` characters."""
    cleaned = clean(text)
    if not any(letter.isalnum() for letter in cleaned):
        raise BadQuestion(reason="it is empty")
    if len(cleaned) > LONGEST:
        raise BadQuestion(reason=f"it has {len(cleaned)} characters, and the limit is {LONGEST}")
    return cleaned


# What is said around a question, on the folded text, which is as long as the cleaned one.
_ME = r"(?:em|minh|toi|chau|con|anh chi|anh|chi|ban|moi nguoi|a/?c|ad|admin|thay|co|bot|tro ly)"
_BEFORE = re.compile(
    rf"^(?:(?:da|vang|a|oi|alo|hello|hi|xin chao|kinh chao|chao)\b[\s,.!]*|{_ME} (?:xin )?chao\b[\s,.!]*|(?:chao )?{_ME}(?: {_ME})*(?: oi)?[,.!]\s*|"
    rf"(?:{_ME} )?(?:muon|can|dang can|xin phep|xin|cho(?: {_ME})?|lam on(?: cho {_ME})?|vui long(?: cho {_ME})?|giup {_ME}|nho {_ME})"
    rf"(?: (?:duoc|xin|cho {_ME}))*(?: (?:hoi|biet|tim hieu|tra cuu|tra loi|cho biet))+\b(?: (?:them|chut|xiu|la|ve viec|giup {_ME}))*[\s,:]+|"
    rf"(?:please|could you|can you|would you)?\s*(?:please )?(?:tell me|let me know|i (?:would like|want|need) to (?:know|ask))\b[\s,:]*|"
    rf"(?:sep|lanh dao|truong phong|thu truong|co nguoi|ban toi|dong nghiep) (?:dang )?hoi(?: {_ME})?(?: la| rang)?[\s,:]+|"
    rf"(?:hello|hi|dear \w+|excuse me)\b[\s,.!]*)+"
)
_AFTER = re.compile(
    rf"[\s,.!?]*(?:(?:{_ME} )?(?:xin )?(?:chan thanh )?(?:cam on|cam on nhieu|thanks?|thank you)\b.{{0,40}}|(?:voi|giup {_ME}|gium|ho {_ME})?(?: (?:voi|nhe|nha|a|nhi))+)"
    rf"[\s.!?]*$"
)


# Sentences and clauses of these words alone say nothing of the matter, in whatever order they come.
_COURTESY = frozenset(
    """
    da vang a oi alo chao kinh xin cho em minh toi chau con anh chi ban moi nguoi ac ad admin thay co bot hoi chut xiu
    mot ti ve viec nay voi nhe nha nhi gium ho giup nho tra cuu tim kiem xem tim lam on vui long biet phien ngai qua cam
    thanh that nhieu lam rat mong som nhan duoc hoi am tra loi phan tu trong truoc va the thoi hien dang cau gap can tot lanh
    ngay cac moi den nhan vien
    """.split()
)
_ENGLISH_COURTESY = frozenset(
    """
    hello hi hey dear sir madam all team good morning afternoon evening could can would will you please kindly tell me let know
    i am m im new here sorry excuse to bother disturb if may ask have one a quick question thank thanks very so much
    many in advance lot nice day for your the help time kind regards best wishes
    """.split()
)
# "… ? Please give both figures.": how, and nothing else of what is asked.
_ALL_OF_IT = re.compile(
    r"(?<=\?)\s+(?:please )?(?:give|state|list|name|show|quote)(?: me)? (?:both|all|each|them|the (?:two )?(?:figures|numbers|names|dates))\b[^?]*$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.!?;:,]+(?=\s|$)")


def without_politeness(text: str) -> str:
    """A cleaned question without greeting, "cho em hỏi" and thanks; all of it where nothing else would be left.

    What a second clause of English leaves to be understood is said (see ``spelt_out``).

    >>> without_politeness("Em chào anh chị, cho em hỏi ai ký kế hoạch? Em cảm ơn ạ.")
    'ai ký kế hoạch?'
    >>> without_politeness("Nhờ bạn tra giúp tôi với, ai ký kế hoạch? Mong sớm nhận được hồi âm.")
    'ai ký kế hoạch?'
    """
    text = _ALL_OF_IT.sub("", _without_courtesy(text)).rstrip()
    if language_of(text) == "en":
        text = spelt_out(text)
    folded = fold(text)
    before = _BEFORE.match(folded)
    start = before.end() if before is not None else 0
    after = _AFTER.search(folded, start)
    end = after.start() if after is not None else len(text)
    left = text[start:end].strip(" ,.:")
    return left if len(left) >= _SHORTEST else text


def _without_courtesy(text: str) -> str:
    """The text without the clauses of courtesy at its two ends; all of it where it has no other clause."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text)]
    bounds = [0, *(end for end in ends if end < len(text)), len(text)]
    clauses = list(pairwise(bounds))
    telling = [
        at
        for at, (start, end) in enumerate(clauses)
        if not all(map(_is_courteous, re.findall(r"\w+", text[start:end])))
    ]
    if not telling:
        return text
    return text[clauses[telling[0]][0] : clauses[telling[-1]][1]].strip()


def _is_courteous(word: str) -> bool:
    """Whether a word says nothing of the matter: "so much", but not "các sở"."""
    plain = fold(word)
    return plain in _COURTESY or (plain in _ENGLISH_COURTESY and not has_marks(word))


def read_question(text: str) -> Reading:
    """Read one question. ``text`` is cleaned already (see ``check``)."""
    folded = NO_MONEY.sub(lambda found: "-" * len(found.group()), fold(one_y(_NAMED.sub("----", text))))
    language = language_of(text)
    if language == "en":
        kind, plain = kind_of_english(folded)
        lookups = lookups_of_english(folded)
    else:
        kind, plain = kind_of(folded)
        lookups = lookups_in(folded)
    return Reading(
        text=text,
        language=language,
        kind=kind,
        cued=plain,
        lookups=lookups if kind in LOOKUPS else (),
        yes_no=_YES_NO.search(folded) is not None,
        compares=_COMPARE.search(folded) is not None,
        person=kind != "signer" and _PERSON.search(folded) is not None,
        follows=_FOLLOWS.search(folded) is not None,
        parts=parts_in(text),
        years=tuple(dict.fromkeys(_YEAR.findall(_RECKONED_FROM.sub(r"\1", _BEHIND.sub(" ", _NUMBER.sub(" ", text)))))),
        numbers=tuple(
            re.sub(r"\s", "", number).lower() for number in _NUMBER.findall(_PART_OF_PART.sub(" của ", text))
        ),
    )


# "ưu tiên", "tiến độ", "tiên tiến" are no money ("tiền"), and "Đồng Tháp" no "đồng".
NO_MONEY = re.compile(
    r"\b(?:uu tien|dau tien|tien tien|tien do|tien hanh|tien trinh|tien phong|tien bo|to tien|tuc tien)\b"
)
"""Folded words that are no money though a part of them, without its marks, is ("ưu tiên")."""
_NAMED = re.compile(rf"\b(?:Đồng|Dong)(?=\s+[{CAPITALS}])")


def lookups_in(folded: str) -> tuple[Kind, ...]:
    """All that a folded question seems to ask of a document itself."""
    found = dict.fromkeys(one for one, cue in _COMPILED if one in LOOKUPS and cue.search(folded))
    return tuple(one for one in found if one != "recipients" or not _REPORTS.search(folded))


# A report that is sent is no document that has recipients.
_REPORTS = re.compile(r"\b(?:gui|nop|lap|lam) (?:(?!de\b)\w+ ){0,2}bao cao\b")


def kind_of(folded: str) -> tuple[Kind, bool]:
    """The kind of a folded question, and whether a plain cue says so."""
    for at, (kind, pattern) in enumerate(_COMPILED):
        if pattern.search(folded) and not (kind == "recipients" and _REPORTS.search(folded)):
            return kind, at < _FIRST_WEAK
    return "open", False


POST = re.compile(rf"\b{_POST}\b")
"""A post of the head of a body or of his deputy, folded."""
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_FEW_WORDS = 3


def language_of(text: str) -> Language:
    """English where English function words outnumber Vietnamese ones and few letters carry marks.

    What stands in quotes is a term of the documents: 'Whose money is "vốn đối ứng"?' is English.
    """
    words = re.findall(r"[^\W\d_]+", _QUOTED.sub(" ", text).lower())
    if len(words) < _FEW_WORDS:
        words = re.findall(r"[^\W\d_]+", text.lower())
    marked = sum(fold(word) != word for word in words)
    english = sum(word in _ENGLISH for word in words)
    vietnamese = sum(fold(word) in _VIETNAMESE for word in words if word not in _ENGLISH)
    if words and marked > 0.3 * len(words):
        return "en" if english >= 2 and english > marked else "vi"
    return "en" if english > vietnamese else "vi"


def carry_over(earlier: Reading, now: Reading) -> Reading:
    """A follow-up with what it leaves unsaid taken from the question before it.

    What the new question names replaces the old; its own cue for the kind wins.
    """
    return replace(
        now,
        kind=now.kind if now.cued else earlier.kind,
        cued=now.cued or earlier.cued,
        lookups=now.lookups if now.cued else earlier.lookups,
        parts=now.parts or earlier.parts,
        years=now.years or earlier.years,
        language=now.language,
    )
