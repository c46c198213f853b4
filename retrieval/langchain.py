"""The index for LangChain programs: Embeddings, VectorStore and BaseRetriever. Nothing else here imports langchain."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.vectorstores import VectorStore
from pydantic import ConfigDict

from retrieval.dense import Vectors
from retrieval.embed import Encoder
from retrieval.engine import Engine
from retrieval.types import Hit, Question


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
    """Texts in memory with their vectors in FAISS, exact; scores are cosines, higher is nearer."""

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
        ids: list[str] | None = None,
        **_: Any,  # noqa: ANN401 (the interface of LangChain)
    ) -> list[str]:
        """Add texts; an id that is there already is replaced. Raises ValueError where the lists differ in length."""
        found = list(texts)
        names = ids if ids is not None else [uuid.uuid4().hex for _ in found]
        facts = metadatas if metadatas is not None else [{} for _ in found]
        if not len(found) == len(names) == len(facts):
            raise ValueError(f"{len(found)} texts, {len(names)} ids, {len(facts)} metadatas")
        self.delete([name for name in names if name in self._keys])
        keys = list(range(self._next, self._next + len(found)))
        self._next += len(found)
        self._vectors.add(keys, np.asarray(self._embedding.encoder.encode_passages(found), dtype=np.float32))
        for key, name, text, fact in zip(keys, names, found, facts, strict=True):
            self._documents[key] = Document(id=name, page_content=text, metadata=dict(fact))
            self._keys[name] = key
        return list(names)

    def delete(self, ids: list[str] | None = None, **_: Any) -> bool | None:  # noqa: ANN401 (as above)
        """Drop texts by id, all of them for None; unknown ids are passed over."""
        names = list(self._keys) if ids is None else [name for name in ids if name in self._keys]
        keys = [self._keys.pop(name) for name in names]
        self._vectors.remove(keys)
        for key in keys:
            del self._documents[key]
        return True

    def get_by_ids(self, ids: Sequence[str], /) -> list[Document]:
        """The texts with these ids; unknown ids are passed over."""
        return [self._documents[self._keys[name]] for name in ids if name in self._keys]

    def similarity_search(self, query: str, k: int = 4, **_: Any) -> list[Document]:  # noqa: ANN401 (as above)
        """The ``k`` nearest texts, nearest first."""
        return [document for document, _score in self.similarity_search_with_score(query, k)]

    def similarity_search_with_score(self, query: str, k: int = 4, **_: Any) -> list[tuple[Document, float]]:  # noqa: ANN401 (as above)
        """The ``k`` nearest texts with their cosines."""
        return self._nearest(self._embedding.embed_query(query), k)

    def similarity_search_by_vector(self, embedding: list[float], k: int = 4, **_: Any) -> list[Document]:  # noqa: ANN401 (as above)
        """The ``k`` texts nearest to a unit vector."""
        return [document for document, _score in self._nearest(embedding, k)]

    def _nearest(self, vector: Sequence[float], k: int) -> list[tuple[Document, float]]:
        keys, scores = self._vectors.search(np.asarray(vector, dtype=np.float32), k)
        return [(self._documents[int(key)], float(score)) for key, score in zip(keys, scores, strict=True)]

    @classmethod
    def from_texts(
        cls,
        texts: list[str],
        embedding: Embeddings,
        metadatas: list[dict[str, Any]] | None = None,
        *,
        ids: list[str] | None = None,
        **_: Any,  # noqa: ANN401 (as above)
    ) -> PlanqaVectorStore:
        """A store of these texts. Raises TypeError for embeddings that are not PlanqaEmbeddings."""
        if not isinstance(embedding, PlanqaEmbeddings):
            raise TypeError("PlanqaVectorStore takes PlanqaEmbeddings")
        store = cls(embedding)
        store.add_texts(texts, metadatas, ids=ids)
        return store

    @classmethod
    def from_engine(cls, engine: Engine, embedding: PlanqaEmbeddings) -> PlanqaVectorStore:
        """A store of every passage of an open index."""
        store = cls(embedding)
        for info in engine.documents():
            passages = engine.passages(info.id)
            store.add_texts(
                [passage.reading for passage in passages],
                [as_document(Hit(passage=passage, rank=1, score=0.0)).metadata for passage in passages],
                ids=[f"{info.id}#{passage.index}" for passage in passages],
            )
        return store


class PlanqaRetriever(BaseRetriever):
    """The whole retrieval of planqa: restored marks, translation, both BM25 and vectors, structure."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    engine: Engine
    k: int = 10
    documents: tuple[str, ...] = ()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        return [as_document(hit) for hit in self.engine.search(Question(text=query, documents=self.documents), self.k)]


def as_document(hit: Hit) -> Document:
    """A hit as LangChain has it: the reading text, and where it stands."""
    passage = hit.passage
    return Document(
        id=f"{passage.document}#{passage.index}",
        page_content=passage.reading,
        metadata={
            "document": passage.document,
            "section": list(passage.path),
            "start": passage.span.start,
            "end": passage.span.end,
            "page": passage.page,
            "score": hit.score,
        },
    )
