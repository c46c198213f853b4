"""The few words that answers add to those of the documents, in both languages."""

from __future__ import annotations

from retrieval.types import Language

_WORDS: dict[str, tuple[str, str]] = {
    "blank": ("Văn bản để trống {what}", "The document leaves {what} blank"),
    "cited-as": ("{citing} dẫn văn bản này là số {number}", "{citing} cites it as {number}"),
    "dated-as": ("{citing} dẫn văn bản này ban hành ngày {number}", "{citing} cites it as of {number}"),
    "only-cited": (
        "Kho không có văn bản {number}; các văn bản ở đây chỉ dẫn chiếu đến nó, không nêu điều được hỏi:",
        "{number} is not in the corpus; the documents here only cite it and do not say what was asked:",
    ),
    "no-address": (
        "Văn bản không có {what}, chỉ có từ {first} đến {last}:",
        "The document has no {what}, only {first} to {last}:",
    ),
    "no-such-place": ("Chỗ được hỏi không có {what}:", "There is no {what} at the place that was asked about:"),
    "parts-left": ("… và {number} phần khác.", "… and {number} more parts."),
    "number": ("Số, ký hiệu: {value}", "Number: {value}"),
    "date": ("Ngày ban hành: {value}", "Date: {value}"),
    "signer": ("Người ký: {value}", "Signed by: {value}"),
    "issuer": ("Cơ quan ban hành: {value}", "Issued by: {value}"),
    "title": ("{value}", "{value}"),
    "recipients": ("Nơi nhận: {value}", "Recipients: {value}"),
    "basis": ("Căn cứ", "Legal basis"),
    "what-number": ("số", "its number"),
    "what-date": ("ngày ban hành", "its date"),
    "what-signer": ("người ký", "its signer"),
    "what-issuer": ("cơ quan ban hành", "its issuing body"),
    "what-title": ("trích yếu", "its title"),
    "what-recipients": ("nơi nhận", "its recipients"),
    "what-basis": ("căn cứ pháp lý", "its legal basis"),
    "leads": ("{unit}", "{unit} (leads)"),
    "joins": ("{unit}", "{unit} (coordinates)"),
    "does": ("{unit}", "{unit}"),
    "only-joins": (
        "Các văn bản không nêu cơ quan chủ trì; chỉ nêu cơ quan phối hợp:",
        "The documents name no lead agency, only one that coordinates:",
    ),
    "difference": ("Chênh lệch: {high} − {low} = {result}.", "Difference: {high} − {low} = {result}."),
    "difference-points": (
        "Chênh lệch: {high} − {low} = {result} điểm phần trăm.",
        "Difference: {high} − {low} = {result} percentage points.",
    ),
    "share": (
        "Tỷ lệ: {part} / {whole} = {result}%, khoảng {about}%.",
        "Share: {part} / {whole} = {result}%, about {about}%.",
    ),
    "which-later": ("Muộn hơn: {part} ({sum}, so với {other}).", "Later: {part} ({sum}, against {other})."),
    "which-sooner": ("Sớm hơn: {part} ({sum}, so với {other}).", "Earlier: {part} ({sum}, against {other})."),
    "sum": ("Cộng: {terms} = {result}.", "Sum: {terms} = {result}."),
    "stated": ("Văn bản nêu {stated}, lệch {gap}.", "The document states {stated}, which differs by {gap}."),
    "stated-same": ("Văn bản nêu {stated}, khớp với tổng này.", "The document states {stated}, the same."),
    "average": (
        "Bình quân mỗi năm: {whole} / {years} năm = {result}.",
        "On average a year: {whole} / {years} years = {result}.",
    ),
    "per-head": ("Bình quân: {whole} / {count} = {result}.", "On average: {whole} / {count} = {result}."),
    "rest": ("Phần còn lại: 100% − {terms} = {result}%.", "What is left: 100% − {terms} = {result}%."),
    "times": ("Gấp: {high} / {low} = {result} lần.", "Ratio: {high} / {low} = {result} times."),
    "nested": (
        "Trên toàn bộ: {outer} × {inner} = {result}%.",
        "Of all of them: {outer} × {inner} = {result}%.",
    ),
    "which-more": ("Nhiều hơn: {part} ({sum}, so với {other}).", "More: {part} ({sum}, against {other})."),
    "which-less": ("Ít hơn: {part} ({sum}, so với {other}).", "Less: {part} ({sum}, against {other})."),
    "product": ("Thành tiền: {count} × {each} = {result}.", "In total: {count} × {each} = {result}."),
    "product-of": ("Tính ra: {count} × {each} = {result}.", "Worked out: {count} × {each} = {result}."),
    "replaced": (
        "Văn bản {number} không còn được áp dụng: đã có văn bản khác thay thế.",
        "Document {number} is no longer applied: another one takes its place.",
    ),
    "first-most": ("Nhiều nhất: {part} ({sum}).", "The most: {part} ({sum})."),
    "first-least": ("Ít nhất: {part} ({sum}).", "The least: {part} ({sum})."),
    "in-order": ("Từ cao xuống thấp: {terms}.", "From high to low: {terms}."),
    "rises": ("Tăng.", "It rises."),
    "falls": ("Giảm.", "It falls."),
    "as-much": ("Bằng nhau: {sum}.", "Both the same: {sum}."),
    "totals-agree": ("Hai nơi ghi như nhau: {sum}.", "Both places say the same: {sum}."),
    "totals-differ": (
        "Hai nơi ghi khác nhau: {stated} và {tabled}, chênh {difference}.",
        "The two places differ: {stated} and {tabled}, {difference} apart.",
    ),
    "apart": ("Từ {first} đến {last}: {days} ngày.", "From {first} to {last}: {days} days."),
    "apart-years": (
        "Từ {first} đến {last}: {days} ngày, tròn {years} năm.",
        "From {first} to {last}: {days} days, {years} full years.",
    ),
    "total": ("Cộng các khoản trên: {sum}.", "Sum of the above: {sum}."),
    "most": ("Nhiều nhất là {part}, cộng lại {sum}:", "The most goes to {part}, {sum} in all:"),
    "least": ("Ít nhất là {part}, cộng lại {sum}:", "The least goes to {part}, {sum} in all:"),
    "count": ("Có {count}{what}:", "There are {count}{what}:"),
    "of-tasks": (" nhiệm vụ", " tasks"),
    "yes": ("Có.", "Yes."),
    "no": ("Không.", "No."),
    "more-documents": (
        "Còn {count} văn bản khác cũng có nội dung này; hãy nêu tên văn bản hoặc chọn trong bộ lọc.",
        "{count} more documents say something on this; name one, or choose in the filter.",
    ),
    "more": ("Các câu khác có thể trả lời:", "Other sentences that may answer:"),
    "document": ("Văn bản", "Document"),
    "says": ("Nội dung", "What it says"),
    "none": ("Các văn bản không nêu {what}.", "The documents do not say {what}."),
    "none-present": (
        "Các văn bản không nêu số liệu hiện có hay kết quả đã đạt, chỉ nêu việc phải làm và mục tiêu.",
        "The documents do not say what there is now or what has been reached, only what is to be done.",
    ),
    "elsewhere": (
        "Văn bản được hỏi không nêu điều này. {document} thì nêu:",
        "The document asked about does not say this. {document} does:",
    ),
    "cites-none": (
        "Văn bản không dẫn văn bản nào thuộc loại được hỏi.",
        "The document cites none of the kind that is asked for.",
    ),
    "corrected": (
        "Văn bản không nêu “{figure}” cho việc này, mà nêu:",
        "The document does not say “{figure}” of this; it says:",
    ),
    "columns": ("Có {count} cột: {names}.", "It has {count} columns: {names}."),
    "blank-effect": (
        "Văn bản để trống ngày có hiệu lực:",
        "The document leaves the day from which it is in force blank:",
    ),
    "other-stage": (
        "Văn bản không nêu {figure} cho năm {year}, mà nêu:",
        "The document does not say {figure} for {year}; it says:",
    ),
    "corrected-body": (
        "Văn bản không nêu điều này cho “{body}”, mà nêu:",
        "The document does not say this of “{body}”; it says:",
    ),
    "left-open": ("Văn bản để ngỏ điều này.", "The document leaves this open."),
    "none-part": ("Các văn bản không nêu {what} của {part}.", "The documents do not state {what} of {part}."),
    "no-part": ("Các văn bản đang có không có {part}.", "The documents here have no {part}."),
    "no-part-in": ("{document} không có {part}.", "{document} has no {part}."),
    "no-place": ("Không có văn bản nào về “{place}”.", "There is no document about “{place}”."),
    "no-number": ("Không có văn bản số {number}.", "There is no document {number}."),
    "no-unit": ("Các văn bản không nêu đơn vị “{unit}”.", "The documents do not name “{unit}”."),
    "not-spelt-out": (
        "Các văn bản không giải thích “{short}” viết tắt của cụm từ nào.",
        "The documents do not say what “{short}” stands for.",
    ),
    "no-figure": (
        "{document} không nêu con số cho việc này, nên không so sánh được. {other} nêu:",
        "{document} states no figure for this, so the two cannot be compared. {other} says:",
    ),
    "nothing-asked": (
        "Câu hỏi chưa cho biết cần tìm gì trong các văn bản. Hãy nêu việc, đơn vị, Dự án, năm hoặc tên văn bản, "
        "ví dụ: “Ai chủ trì Dự án 8?”",
        "The question does not say what to look for in the documents. Name a task, a body, a Dự án, a year or a "
        "document, such as “Who leads Dự án 8?”",
    ),
    "greeting": (
        "Xin chào! planqa chỉ trả lời câu hỏi về các văn bản đang có, kèm trích dẫn nguyên văn. "
        "Ví dụ: “Ai chủ trì Dự án 8?”, “Hạn báo cáo là ngày nào?”",
        "Hello! planqa answers questions on the documents here only, with exact quotes. "
        "For example: “Who leads Dự án 8?”, “By when must a report be sent?”",
    ),
    "thanks": (
        "Không có gì. Có thể hỏi tiếp về các văn bản đang có.",
        "You are welcome. Ask on about the documents here.",
    ),
    "nearest": ("Nội dung gần nhất có trong văn bản: {text}", "The nearest thing they do say: {text}"),
    "what-lead": ("cơ quan chủ trì", "the lead agency"),
    "what-coordinate": ("cơ quan phối hợp", "the coordinating agency"),
    "what-budget": ("kinh phí", "the budget"),
    "what-deadline": ("thời hạn", "the deadline"),
    "what-target": ("chỉ tiêu", "the target"),
    "what-open": ("nội dung được hỏi", "what was asked"),
    "what-year": ("nội dung được hỏi cho năm {year}", "what was asked for {year}"),
    "looked": ("Đã tìm: {what}.", "Searched for: {what}."),
    "step-kind": ("Loại câu hỏi: {kind}", "Kind of question: {kind}"),
    "step-scope": ("Văn bản: {documents}", "Documents: {documents}"),
    "step-all": ("tất cả", "all"),
    "step-part": ("Phần: {parts}", "Part: {parts}"),
    "step-repaired": ("Hiểu là: {pairs}", "Read as: {pairs}"),
    "step-carried": ("Tiếp câu trước: {text}", "Carried over: {text}"),
    "step-words": ("Từ khóa: {words}", "Key words: {words}"),
    "step-translated": ("Dịch: {text}", "Translated: {text}"),
    "kind-lead": ("cơ quan chủ trì", "lead agency"),
    "kind-coordinate": ("cơ quan phối hợp", "coordinating agency"),
    "kind-duties": ("nhiệm vụ của đơn vị", "duties of a body"),
    "kind-budget": ("kinh phí", "budget"),
    "kind-deadline": ("thời gian, thời hạn", "time or deadline"),
    "kind-basis": ("căn cứ pháp lý", "legal basis"),
    "kind-number": ("số, ký hiệu", "document number"),
    "kind-date": ("ngày ban hành", "date of issue"),
    "kind-signer": ("người ký", "signer"),
    "kind-recipients": ("nơi nhận", "recipients"),
    "kind-issuer": ("cơ quan ban hành", "issuing body"),
    "kind-title": ("trích yếu", "title"),
    "kind-count": ("đếm", "count"),
    "kind-list": ("liệt kê", "list"),
    "kind-target": ("mục tiêu, chỉ tiêu", "target"),
    "kind-definition": ("khái niệm", "definition"),
    "kind-open": ("nội dung", "content"),
}


def say(language: Language, name: str, **values: str | int) -> str:
    """The words called ``name`` in a language, filled in."""
    vietnamese, english = _WORDS[name]
    return (english if language == "en" else vietnamese).format(**values)
