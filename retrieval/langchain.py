"""The index for LangChain programs: Embeddings, VectorStore and BaseRetriever. Nothing else here imports langchain."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.vectorstores import VectorStore
from langchain_core.vectorstores.utils import maximal_marginal_relevance
from numpy.typing import NDArray
from pydantic import ConfigDict

from retrieval.dense import Vectors
from retrieval.embed import Encoder
from retrieval.engine import Engine
from retrieval.errors import IndexOutdated
from retrieval.index import Index
from retrieval.search import Searcher
from retrieval.types import Passage, Question

Keep = Callable[[Document], bool]


class PlanqaEmbeddings(Embeddings):
    """An encoder as LangChain's Embeddings: unit vectors as lists of floats."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each passage."""
        return [[float(one) for one in row] for row in self.encoder.encode_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return [float(one) for one in self.encoder.encode_questions([text])[0]]


class PlanqaVectorStore(VectorStore):
    """Texts in memory with their vectors in FAISS, exact; scores are cosines, higher is nearer.

    ``filter`` of a search is a function that takes a Document, as in LangChain's own InMemoryVectorStore.
    """

    def __init__(self, embedding: PlanqaEmbeddings) -> None:
        self._embedding = embedding
        self._vectors = Vectors.empty(embedding.encoder.dimensions)
        self._documents: dict[int, Document] = {}
        self._keys: dict[str, int] = {}
        self._next = 1

    @property
    def embeddings(self) -> Embeddings:
        """What makes its vectors."""
        return self._embedding

    def add_texts(
        self,
        texts: Iterable[str],
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: Sequence[str | None] | None = None,
        **unknown: Any,  # noqa: ANN401 (the interface of LangChain)
    ) -> list[str]:
        """Add texts; an id that is there already is replaced, None makes one.

        Raises ValueError where the lists differ in length or an id comes twice, TypeError for other options.
        """
        _refuse(unknown)
        found = list(texts)
        names = [name or uuid.uuid4().hex for name in (ids if ids is not None else [None] * len(found))]
        facts = metadatas if metadatas is not None else [{} for _ in found]
        if not len(found) == len(names) == len(facts):
            raise ValueError(f"{len(found)} texts, {len(names)} ids, {len(facts)} metadatas")
        if len(set(names)) < len(names):
            raise ValueError("an id comes twice")
        vectors = np.asarray(self._embedding.encoder.encode_passages(found), dtype=np.float32)
        made = [
            Document(id=name, page_content=text, metadata=dict(fact))
            for name, text, fact in zip(names, found, facts, strict=True)
        ]
        self._put(made, vectors)
        return names

    def delete(self, ids: list[str] | None = None, **unknown: Any) -> bool | None:  # noqa: ANN401 (as above)
        """Drop texts by id, all of them for None; unknown ids are passed over."""
        _refuse(unknown)
        names = list(self._keys) if ids is None else [name for name in dict.fromkeys(ids) if name in self._keys]
        keys = [self._keys.pop(name) for name in names]
        self._vectors.remove(keys)
        for key in keys:
            del self._documents[key]
        return True

    def get_by_ids(self, ids: Sequence[str], /) -> list[Document]:
        """The texts with these ids; unknown ids are passed over."""
        return [self._documents[self._keys[name]] for name in ids if name in self._keys]

    def similarity_search(
        self,
        query: str,
        k: int = 4,
        *,
        filter: Keep | None = None,
        **unknown: Any,  # noqa: ANN401 (as above)
    ) -> list[Document]:
        """The ``k`` nearest texts, nearest first."""
        return [one for one, _score in self.similarity_search_with_score(query, k, filter=filter, **unknown)]

    def similarity_search_with_score(
        self,
        query: str,
        k: int = 4,
        *,
        filter: Keep | None = None,
        **unknown: Any,  # noqa: ANN401 (as above)
    ) -> list[tuple[Document, float]]:
        """The ``k`` nearest texts with their cosines."""
        _refuse(unknown)
        return self._nearest(self._embedding.embed_query(query), k, filter)

    def similarity_search_by_vector(
        self,
        embedding: list[float],
        k: int = 4,
        *,
        filter: Keep | None = None,
        **unknown: Any,  # noqa: ANN401 (as above)
    ) -> list[Document]:
        """The ``k`` texts nearest to a unit vector. Raises ValueError for a vector of another length."""
        _refuse(unknown)
        return [document for document, _score in self._nearest(embedding, k, filter)]

    def max_marginal_relevance_search(
        self,
        query: str,
        k: int = 4,
        fetch_k: int = 20,
        lambda_mult: float = 0.5,
        *,
        filter: Keep | None = None,
        **unknown: Any,  # noqa: ANN401 (as above)
    ) -> list[Document]:
        """Of the ``fetch_k`` nearest texts ``k`` that repeat each other little.

        Source: Carbonell and Goldstein, SIGIR 1998, as LangChain computes it.
        """
        _refuse(unknown)
        vector = np.asarray(self._embedding.embed_query(query), dtype=np.float32)
        found = [document for document, _score in self._nearest(vector.tolist(), fetch_k, filter)]
        rows = self._vectors.take([self._keys[str(document.id)] for document in found])
        return [found[at] for at in maximal_marginal_relevance(vector, list(rows), lambda_mult=lambda_mult, k=k)]

    def _select_relevance_score_fn(self) -> Callable[[float], float]:
        return lambda cosine: min(1.0, max(0.0, cosine))

    def _nearest(self, vector: Sequence[float], k: int, keep: Keep | None) -> list[tuple[Document, float]]:
        if len(vector) != self._vectors.dimensions:
            raise ValueError(f"the vector has {len(vector)} numbers, the store's have {self._vectors.dimensions}")
        depth = k if keep is None else len(self._vectors)
        keys, scores = self._vectors.search(np.asarray(vector, dtype=np.float32), depth)
        found = ((self._documents[int(key)], float(score)) for key, score in zip(keys, scores, strict=True))
        return [pair for pair in found if keep is None or keep(pair[0])][: max(0, k)]

    def _put(self, documents: Sequence[Document], vectors: NDArray[np.float32]) -> None:
        self.delete([str(document.id) for document in documents])
        keys = list(range(self._next, self._next + len(documents)))
        self._next += len(documents)
        self._vectors.add(keys, vectors)
        for key, document in zip(keys, documents, strict=True):
            self._documents[key] = document
            self._keys[str(document.id)] = key

    @classmethod
    def from_texts(
        cls,
        texts: list[str],
        embedding: Embeddings,
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **unknown: Any,  # noqa: ANN401 (as above)
    ) -> PlanqaVectorStore:
        """A store of these texts. Raises TypeError for embeddings that are not PlanqaEmbeddings."""
        if not isinstance(embedding, PlanqaEmbeddings):
            raise TypeError("PlanqaVectorStore takes PlanqaEmbeddings")
        store = cls(embedding)
        store.add_texts(texts, metadatas, ids=ids, **unknown)
        return store

    @classmethod
    def from_index(cls, index: Index, encoder: Encoder) -> PlanqaVectorStore:
        """A copy of the passages and vectors of an open index; nothing is embedded again.

        Raises IndexOutdated where another model made the vectors.
        """
        if index.encoder != encoder.name:
            raise IndexOutdated(path=str(index.path), reason=f"its vectors are of {index.encoder}, not {encoder.name}")
        store = cls(PlanqaEmbeddings(encoder))
        documents = [as_document(index.passage(key)) for key in index.rows]
        store._put(documents, index.vectors.take(index.rows))
        return store


class PlanqaRetriever(BaseRetriever):
    """The whole retrieval of planqa: restored marks, translation, both BM25 and vectors, structure."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    engine: Engine | Searcher
    k: int = 10
    documents: tuple[str, ...] = ()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        question = Question(text=query, documents=self.documents)
        return [as_document(hit.passage, score=hit.score) for hit in self.engine.search(question, self.k)]


def as_document(passage: Passage, **facts: float) -> Document:
    """A passage as LangChain has it: the reading text, and where it stands."""
    return Document(
        id=f"{passage.document}#{passage.index}",
        page_content=passage.reading,
        metadata={
            "document": passage.document,
            "section": list(passage.path),
            "start": passage.span.start,
            "end": passage.span.end,
            "page": passage.page,
            **facts,
        },
    )


def _refuse(options: dict[str, Any]) -> None:
    """An option that would change nothing is a mistake, not a wish."""
    if options:
        raise TypeError(f"PlanqaVectorStore knows no option {', '.join(sorted(options))}")
