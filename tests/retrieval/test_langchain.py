"""LangChain's interfaces over the index, used as LangChain programs use them."""

from __future__ import annotations

import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.embeddings import DeterministicFakeEmbedding
from langchain_core.vectorstores import InMemoryVectorStore

from retrieval.embed import Encoder
from retrieval.engine import Engine
from retrieval.errors import IndexOutdated
from retrieval.index import Index
from retrieval.langchain import PlanqaEmbeddings, PlanqaRetriever, PlanqaVectorStore
from retrieval.search import Searcher
from retrieval.types import Question

TEXTS = ["Trồng chè ở xã vùng cao", "Công an tỉnh giữ an ninh", "Trồng chè ở xã miền núi", "Nuôi cá lồng trên hồ"]


@pytest.fixture
def store(encoder: Encoder) -> PlanqaVectorStore:
    return PlanqaVectorStore.from_texts(
        TEXTS, PlanqaEmbeddings(encoder), [{"n": at} for at in range(4)], ids=["a", "b", "c", "d"]
    )


@pytest.mark.parametrize("query", ["an ninh trật tự", "chè", "trong che", "fish"])
def test_the_store_agrees_with_langchains_own(store: PlanqaVectorStore, encoder: Encoder, query: str) -> None:
    peer = InMemoryVectorStore.from_texts(TEXTS, PlanqaEmbeddings(encoder))
    expected = peer.similarity_search_with_score(query, k=3)
    found = store.similarity_search_with_score(query, k=3)
    assert [one.page_content for one, _ in found] == [one.page_content for one, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-5)
    mmr = {"k": 3, "fetch_k": 4, "lambda_mult": 0.2}
    assert [one.page_content for one in store.max_marginal_relevance_search(query, **mmr)] == [
        one.page_content for one in peer.max_marginal_relevance_search(query, **mmr)
    ]


def test_texts_are_added_replaced_and_deleted(store: PlanqaVectorStore) -> None:
    assert store.add_texts(["Xây cầu"], ids=["b"]) == ["b"]
    assert [(one.id, one.page_content) for one in store.get_by_ids(["none", "b"])] == [("b", "Xây cầu")]
    store.delete(["a", "a", "none"])
    assert {one.id for one in store.similarity_search("chè", k=9)} == {"b", "c", "d"}
    made = store.add_documents([Document(page_content="Sửa đường"), Document(id="e", page_content="Sửa chợ")])
    assert made[1] == "e" and store.get_by_ids([made[0]])[0].page_content == "Sửa đường"
    store.delete()
    assert store.similarity_search("chè") == [] and store.get_by_ids(["b", "e"]) == []


def test_a_store_is_a_retriever_in_every_way_of_searching(store: PlanqaVectorStore) -> None:
    assert store.as_retriever(search_kwargs={"k": 1}).invoke("nuôi cá")[0].metadata == {"n": 3}
    first, second = store.as_retriever(
        search_type="mmr", search_kwargs={"k": 2, "fetch_k": 4, "lambda_mult": 0.0}
    ).invoke("trồng chè ở xã")
    assert first.id in ("a", "c") and second.id not in ("a", "c")
    sure = store.as_retriever(search_type="similarity_score_threshold", search_kwargs={"score_threshold": 0.99})
    assert [one.id for one in sure.invoke(TEXTS[1])] == ["b"]
    vector = store.embeddings.embed_query("nuôi cá")
    assert [one.id for one in store.similarity_search_by_vector(vector, k=1)] == ["d"]


def test_a_filter_applies_before_the_cut(store: PlanqaVectorStore) -> None:
    found = store.similarity_search("trồng chè", k=1, filter=lambda one: one.metadata["n"] in (1, 3))
    assert len(found) == 1 and found[0].id in ("b", "d")


def test_what_cannot_be_done_is_said(store: PlanqaVectorStore) -> None:
    with pytest.raises(ValueError, match="1 texts, 2 ids"):
        store.add_texts(["x"], ids=["1", "2"])
    with pytest.raises(ValueError, match="twice"):
        store.add_texts(["x", "y"], ids=["1", "1"])
    with pytest.raises(ValueError, match="3 numbers"):
        store.similarity_search_by_vector([1.0, 0.0, 0.0])
    with pytest.raises(TypeError, match="fliter"):
        store.similarity_search("x", fliter=None)
    with pytest.raises(TypeError, match="PlanqaEmbeddings"):
        PlanqaVectorStore.from_texts(["x"], DeterministicFakeEmbedding(size=8))
    assert {one.id for one in store.similarity_search("x", k=9)} == {"a", "b", "c", "d"}


def test_an_index_becomes_a_store_without_embedding_again(index: Index, encoder: Encoder) -> None:
    store = PlanqaVectorStore.from_index(index, encoder)
    question = "vùng chè tập trung"
    keys, cosines = index.vectors.search(encoder.encode_questions([question])[0], 5)
    found = store.similarity_search_with_score(question, k=5)
    assert [one.page_content for one, _ in found] == [index.passage(int(key)).reading for key in keys]
    assert [score for _, score in found] == pytest.approx(cosines.tolist(), abs=1e-6)
    place = found[0][0].metadata
    assert place["document"] == "2021-tam-duong-kh-ubnd"
    assert "chè" in index.source(place["document"])[place["start"] : place["end"]].lower()


def test_vectors_of_another_model_are_refused(index: Index, encoder: Encoder) -> None:
    class Other:
        name, dimensions = "another", encoder.dimensions
        encode_passages, encode_questions = encoder.encode_passages, encoder.encode_questions

    with pytest.raises(IndexOutdated, match="another"):
        PlanqaVectorStore.from_index(index, Other())


def test_a_retriever_gives_the_passages_of_the_search_with_their_places(engine: Engine) -> None:
    question = "Cơ quan nào chủ trì Dự án 8?"
    hits = engine.search(Question(text=question), 3)
    found = PlanqaRetriever(engine=engine, k=3).invoke(question)
    assert [one.page_content for one in found] == [hit.passage.reading for hit in hits]
    for one, hit in zip(found, hits, strict=True):
        assert one.metadata == {
            "document": hit.passage.document,
            "section": list(hit.passage.path),
            "start": hit.passage.span.start,
            "end": hit.passage.span.end,
            "page": hit.passage.page,
            "score": hit.score,
        }


def test_a_retriever_searches_in_the_documents_it_was_given(index: Index, encoder: Encoder) -> None:
    documents = ("2021-tam-duong-kh-ubnd", "2023-bac-kan-kh-ubnd")
    for engine in (Engine(index, encoder), Searcher(index, encoder)):
        found = PlanqaRetriever(engine=engine, k=8, documents=documents).invoke("kinh phí thực hiện")
        assert len(found) == 8 and {one.metadata["document"] for one in found} <= set(documents)


def test_embeddings_are_the_encoders_vectors(encoder: Encoder) -> None:
    embeddings = PlanqaEmbeddings(encoder)
    assert np.allclose(embeddings.embed_documents(TEXTS), encoder.encode_passages(TEXTS))
    assert np.allclose(embeddings.embed_query(TEXTS[0]), encoder.encode_questions([TEXTS[0]])[0])
