"""Exact search over unit vectors, by the keys of passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

faiss.omp_set_num_threads(1)  # two threads are three times slower than one as soon as anything else runs


class Vectors:
    """A FAISS index of inner products that can drop vectors: IndexIDMap2 over IndexFlatIP."""

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        self._index = index

    @classmethod
    def empty(cls, dimensions: int) -> Vectors:
        """No vectors yet."""
        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimensions)))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    @property
    def keys(self) -> NDArray[np.int64]:
        """The keys, in the order they were added."""
        return np.array(faiss.vector_to_array(self._index.id_map), dtype=np.int64)

    def add(self, keys: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add (n, d) float32 unit rows under ``n`` new keys."""
        if len(keys):
            self._index.add_with_ids(np.ascontiguousarray(vectors), np.asarray(keys, dtype=np.int64))

    def remove(self, keys: Sequence[int]) -> None:
        """Drop these keys; unknown ones are no error."""
        if len(keys):
            self._index.remove_ids(faiss.IDSelectorBatch(np.asarray(keys, dtype=np.int64)))

    def search(self, query: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The keys and cosines of the ``k`` nearest to one (d,) unit vector, best first."""
        if not len(self) or k < 1:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        scores, keys = self._index.search(np.ascontiguousarray(query[None, :]), min(k, len(self)))
        return keys[0].astype(np.int64), scores[0].astype(np.float32)

    def take(self, keys: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these keys, (n, d) float32. Raises RuntimeError for a key that is not in."""
        rows = np.zeros((len(keys), self.dimensions), dtype=np.float32)
        for at, key in enumerate(keys):
            rows[at] = self._index.reconstruct(int(key))
        return rows

    def save(self, path: Path) -> None:
        """Write FAISS's own format."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> Vectors:
        """Read what ``save`` wrote. Raises RuntimeError where the file is no FAISS index."""
        index = faiss.read_index(str(path))
        if not isinstance(index, faiss.IndexIDMap2):
            raise RuntimeError(f"{path.name} is no IndexIDMap2")
        return cls(index)
