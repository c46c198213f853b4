"""The same questions in other wordings, and the same documents as a poor scan gives them: made by code, repeatable."""

from evals.perturb.noise import NOISE, Noisy, noisy_case, noisy_text, write_noisy_corpus
from evals.perturb.registry import PERTURBATIONS, Perturbation, perturb

__all__ = [
    "NOISE",
    "PERTURBATIONS",
    "Noisy",
    "Perturbation",
    "noisy_case",
    "noisy_text",
    "perturb",
    "write_noisy_corpus",
]
