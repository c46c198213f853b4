"""The project's retrieval over any data set in BEIR's form (Thakur et al., NeurIPS Datasets 2021)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evals.errors import BadDataSet

_MEASURES = {
    "hit@1": "Success@1",
    "hit@10": "Success@10",
    "recall@10": "R@10",
    "recall@100": "R@100",
    "mrr@10": "RR@10",
    "ndcg@10": "nDCG@10",
}
_DEPTH = 100


def run_beir(folder: Path, *, model: str | None = None) -> dict[str, dict[str, float]]:
    """Rank with every system and measure: ``{"bm25": {"hit@1": …}, …}``.

    Only queries with a judgement count; one that a system finds nothing for counts as zero. Raises BadDataSet.
    """
    from retrieval.beir import rank
    from retrieval.embed import load_encoder
    from retrieval.match import load_matcher

    documents = _read_texts(folder / "corpus.jsonl")
    qrels = _read_qrels(folder / "qrels" / "test.tsv")
    queries = {name: text for name, (_, text) in _read_texts(folder / "queries.jsonl").items() if name in qrels}
    if not queries:
        raise BadDataSet(path=str(folder), reason="no query has a judgement")
    ids = list(documents)
    texts = [documents[one] for one in ids]
    runs = rank(texts, list(queries.values()), load_encoder(model), _DEPTH, matcher=load_matcher())
    return {
        system: measure(qrels, dict(zip(queries, ([ids[row] for row in rows] for rows in ranked), strict=True)))
        for system, ranked in runs.items()
    }


def measure(qrels: Mapping[str, Mapping[str, int]], run: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """The measures of one run: document ids, best first, by query.

    Computed by ir_measures; every judged query of the run counts, found or not.
    """
    import ir_measures

    wanted = {name: ir_measures.parse_measure(text) for name, text in _MEASURES.items()}
    judged = [
        ir_measures.Qrel(query, document, relevance) for query in run for document, relevance in qrels[query].items()
    ]
    scored = [
        ir_measures.ScoredDoc(query, document, float(-place))
        for query, found in run.items()
        for place, document in enumerate(found)
    ]
    values = ir_measures.calc_aggregate(list(wanted.values()), judged, scored or [ir_measures.ScoredDoc("", "", 0.0)])
    return {name: round(float(values[one]), 4) for name, one in wanted.items()}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as handle:
            for number, line in enumerate(handle, 1):
                if line.strip():
                    yield number, line
    except (OSError, UnicodeDecodeError) as error:
        raise BadDataSet(path=str(path), reason=getattr(error, "strerror", None) or "it is no UTF-8 text") from error


def _read_texts(path: Path) -> dict[str, tuple[str, str]]:
    """Title and text by id."""
    found: dict[str, tuple[str, str]] = {}
    for number, line in _lines(path):
        try:
            saved = json.loads(line)
        except ValueError as error:
            raise BadDataSet(path=str(path), reason=f"line {number} is no JSON") from error
        if not isinstance(saved, dict) or "_id" not in saved or not isinstance(saved.get("text"), str):
            raise BadDataSet(path=str(path), reason=f"line {number} has no _id or no text")
        found[str(saved["_id"])] = (str(saved.get("title") or ""), saved["text"])
    if not found:
        raise BadDataSet(path=str(path), reason="it is empty")
    return found


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Relevance by query and document; only what is above 0."""
    found: dict[str, dict[str, int]] = {}
    for number, row in enumerate(csv.reader((line for _, line in _lines(path)), delimiter="\t"), 1):
        if number == 1 and len(row) == 3 and not row[-1].strip().lstrip("-").isdigit():
            continue  # the header
        if len(row) != 3 or not row[2].strip().lstrip("-").isdigit():
            raise BadDataSet(path=str(path), reason=f"line {number} is not query, document, relevance")
        if int(row[2]) > 0:
            found.setdefault(row[0], {})[row[1]] = int(row[2])
    return found
