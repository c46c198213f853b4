"""Batches of token rows, put together where the model is: nothing goes back to the processor between two steps."""

from __future__ import annotations

import numpy as np
import torch

from retrieval.training.arrays import Pairs, Rows
from retrieval.training.transformer import Special

QUERY, PASSAGE, BOTH = 30, 112, 128
"""Tokens of a query, of a passage, and of both together with what parts them."""


class Table:
    """Rows of tokens on the device of the model."""

    def __init__(self, rows: Rows, special: Special, place: torch.device) -> None:
        """Copy the rows to ``place``."""
        self._tokens = torch.from_numpy(rows.tokens.astype(np.int32)).to(place)
        self._starts = torch.from_numpy(rows.starts).to(place)
        self._pad = special.pad

    def take(self, numbers: torch.Tensor, most: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The first ``most`` tokens of some rows, padded, (n, most), and how many there are of each, (n,)."""
        starts = self._starts[numbers]
        sizes = (self._starts[numbers + 1] - starts).clamp(max=most)
        at = torch.arange(most, device=starts.device)
        if not len(self._tokens):
            return torch.full((len(numbers), most), self._pad, device=starts.device), sizes
        tokens = self._tokens[(starts[:, None] + at).clamp(max=len(self._tokens) - 1)].long()
        return torch.where(at < sizes[:, None], tokens, self._pad), sizes


class PairTables:
    """Prepared pairs on the device of the model."""

    def __init__(self, pairs: Pairs, special: Special, place: torch.device) -> None:
        """Copy them to ``place``."""
        self.queries = Table(pairs.queries, special, place)
        self.passages = Table(pairs.passages, special, place)
        self.right = torch.from_numpy(pairs.right).long().to(place)
        self.wrong = torch.from_numpy(pairs.wrong).long().to(place)
        self.group = torch.from_numpy(pairs.group).long().to(place)
        self.place = place

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.right)

    def some(self, count: int) -> torch.Tensor:
        """The numbers of ``count`` pairs by chance, (count,); one may come twice."""
        return torch.randint(len(self), (count,), device=self.place)


def single(tokens: torch.Tensor, sizes: torch.Tensor, special: Special) -> torch.Tensor:
    """[CLS] text [SEP], from what ``Table.take`` gives: (n, most + 2)."""
    rows = torch.nn.functional.pad(tokens, (1, 1), value=special.pad)
    rows[:, 0] = special.cls
    rows[torch.arange(len(rows), device=rows.device), sizes + 1] = special.sep
    return rows


def joined(
    first: tuple[torch.Tensor, torch.Tensor], second: tuple[torch.Tensor, torch.Tensor], length: int, special: Special
) -> tuple[torch.Tensor, torch.Tensor]:
    """[CLS] first [SEP] second [SEP], from what ``Table.take`` gives, and the kind of each place: two (n, length).

    The second text is cut where both are too long. Kind 1 is the second text and the mark behind it.
    """
    (left, left_sizes), (right, right_sizes) = first, second
    at = torch.arange(length, device=left.device)[None]
    middle = left_sizes[:, None] + 1
    end = middle + 1 + torch.minimum(right_sizes[:, None], length - middle - 2)
    from_left = left.gather(1, (at - 1).clamp(0, left.shape[1] - 1).expand(len(left), -1))
    from_right = right.gather(1, (at - middle - 1).clamp(0, right.shape[1] - 1))
    rows = torch.where(at < middle, from_left, from_right)
    rows = torch.where(at == 0, special.cls, rows)
    rows = torch.where((at == middle) | (at == end), special.sep, rows)
    rows = torch.where(at > end, special.pad, rows)
    return rows, ((at > middle) & (at <= end)).long()
