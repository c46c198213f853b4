"""The training loop of the small transformers: by the clock or by steps, with its log and its command-line options."""

from __future__ import annotations

import argparse
import logging
import math
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from tqdm import tqdm

logger = logging.getLogger(__name__)

_LOGGED = 100
_FLOOR = 0.02
"""The part of the rate that the first step has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a stage trains: for ``seconds`` by the clock, or for ``steps`` where they are given.

    ``rise`` is the part in which the rate rises, ``decay`` the weight decay of matrices. Only a run that ends by its
    steps can be made again, to the bit on a processor and nearly on a graphics card.
    """

    batch: int
    rate: float
    seconds: float = 0.0
    steps: int | None = None
    rise: float = 0.05
    decay: float = 0.02
    seed: int = 20

    def part(self, step: int, seconds: float) -> float:
        """How much of the stage is behind, from 0; over from 1 on."""
        if self.steps is not None:
            return step / self.steps if self.steps else 1.0
        return seconds / self.seconds if self.seconds > 0 else 1.0

    def share(self, part: float) -> float:
        """The share of the rate at a part of the stage: it rises, then falls to nothing, both evenly."""
        return max(0.0, min(part / self.rise + _FLOOR, (1 - part) / (1 - self.rise), 1.0))


def optimise(
    parameters: Iterable[torch.nn.Parameter], loss_of: Callable[[int], torch.Tensor], plan: Plan
) -> list[float]:
    """Train by AdamW (Loshchilov and Hutter, ICLR 2019); the loss of each step.

    ``loss_of`` draws its batch itself; it is given the number of the step, from 0. Gradients are cut at length 1.
    """
    wanted = [one for one in parameters if one.requires_grad]
    place = wanted[0].device
    groups = [
        {"params": [one for one in wanted if one.ndim > 1], "weight_decay": plan.decay},
        {"params": [one for one in wanted if one.ndim < 2], "weight_decay": 0.0},
    ]
    adam = torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98), fused=place.type == "cuda")
    losses: list[torch.Tensor] = []
    start = time.monotonic()
    with tqdm(total=100, unit="%", mininterval=5, disable=None) as bar:
        while (part := plan.part(len(losses), time.monotonic() - start)) < 1:
            for group in adam.param_groups:
                group["lr"] = plan.rate * plan.share(part)
            loss = loss_of(len(losses))
            adam.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            torch.nn.utils.clip_grad_norm_(wanted, 1.0)
            adam.step()
            # To read a number waits for the graphics card, so it is read only for the log.
            losses.append(loss.detach())
            bar.update(math.floor(100 * part) - bar.n)
            if len(losses) % _LOGGED == 0:
                last = torch.stack(losses[-_LOGGED:]).mean().item()
                logger.info("step %d, %.0f %% done: loss %.3f", len(losses), 100 * part, last)
    found: list[float] = torch.stack(losses).tolist() if losses else []
    ended = "by its steps" if plan.steps is not None else "by the clock"
    logger.info("%d steps in %.1f s, ended %s", len(found), time.monotonic() - start, ended)
    return found


def add_plan(parser: argparse.ArgumentParser, plan: Plan) -> None:
    """Add the options of a plan to a command, with the values of ``plan`` for what is not given."""
    parser.add_argument("--seconds", type=float, default=plan.seconds, help=f"time of training ({plan.seconds:g})")
    parser.add_argument("--steps", type=int, help="end after so many steps instead")
    parser.add_argument("--batch", type=int, default=plan.batch, help=f"sequences or questions ({plan.batch})")
    parser.add_argument("--rate", type=float, default=plan.rate, help=f"the highest learning rate ({plan.rate:g})")
    parser.add_argument("--seed", type=int, default=plan.seed)
    parser.add_argument("--threads", type=int, default=1, help="of the processor (1)")


def start_log(threads: int) -> None:
    """Write the log to the standard error, and compute with so many threads of the processor."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(threads)


def plan_of(given: argparse.Namespace) -> Plan:
    """The plan that a command was given; also starts its log and sets its threads."""
    start_log(given.threads)
    return Plan(batch=given.batch, rate=given.rate, seconds=given.seconds, steps=given.steps, seed=given.seed)
