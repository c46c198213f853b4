"""The recipe of most tutorials: LangChain's recursive splitter, embeddings, FAISS, the four nearest chunks.

Source: LangChain, "Build a Retrieval Augmented Generation (RAG) App": chunk_size=1000, chunk_overlap=200, and k=4,
the default of VectorStore.similarity_search. A sentence stands where the tutorial asks a language model, because
answers here come without one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar

from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.baselines.plain import Baseline
from evals.types import System
from ingest.types import Span
from retrieval.embed import load_encoder
from retrieval.langchain import PlanqaEmbeddings, PlanqaVectorStore

CHUNK_SIZE = 1_000
CHUNK_OVERLAP = 200
TOP = 4


class RecipeBaseline(Baseline):
    """Chunks of at most 1,000 characters with 200 of overlap, ranked by the cosine of embeddings in a flat FAISS index.

    The answer is the sentence of the four best chunks whose embedding is nearest to the question's; the cosine, clipped
    to 0..1, is the confidence. It never abstains where there is any text. The vector store is langchain_core's
    interface over faiss.IndexFlatIP, as retrieval.langchain has it: texts in, texts out. The last earlier question is
    put in front of a question.
    """

    name: ClassVar[str] = "langchain-recipe"
    measure: ClassVar[str] = "cosine"
    reads: ClassVar[int] = TOP

    def __init__(self, system: System, model: str | None = None) -> None:
        """``model`` is a folder or hub name that sentence-transformers loads, None the shipped one.

        Raises ModelMissing.
        """
        super().__init__(system)
        self._embeddings = PlanqaEmbeddings(load_encoder(model))
        self._store = PlanqaVectorStore.from_texts(
            [passage.text for passage in self.passages],
            self._embeddings,
            [{"row": row, "document": passage.document} for row, passage in enumerate(self.passages)],
            ids=[str(passage.key) for passage in self.passages],
        )

    def _cut(self, text: str) -> Iterator[Span]:
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
        )
        for chunk in splitter.create_documents([text]):
            start = int(chunk.metadata["start_index"])
            yield Span(start, start + len(chunk.page_content))

    def _rank(self, wording: str, k: int, documents: Collection[str]) -> Iterator[tuple[int, float]]:
        def keep(chunk: Document) -> bool:
            return chunk.metadata["document"] in documents

        found = self._store.similarity_search_with_score(wording, k, filter=keep if documents else None)
        for chunk, cosine in found:
            yield int(chunk.metadata["row"]), cosine

    def _fit(self, wording: str, sentences: Sequence[str]) -> list[float]:
        asked = self._embeddings.encoder.encode_questions([wording])[0]
        return [float(cosine) for cosine in self._embeddings.encoder.encode_passages(sentences) @ asked]
