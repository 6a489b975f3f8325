"""Weights from people: pairwise comparisons (AHP), how consistent they are, which pair to look at again, several experts.

Source: Saaty (1980); the mean of groups after Aczél & Saaty (1983); consistency limit 0.10.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from lontar.engines.ranking.problem import Floats, ProblemInvalid

#: Mean consistency index of random judgements for 1 … 10 criteria.
RANDOM_INDEX: Final = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
#: Judgements are accepted below it.
ACCEPTED: Final = 0.10
_SCALE: Final = 9.0
_NEAR: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Doubt:
    """The pair of criteria that contradicts the others most: what was said, and what the others imply (1/9 … 9)."""

    one: int
    other: int
    said: float
    implied: float


@dataclass(frozen=True, slots=True)
class Elicited:
    """Weights that sum to 1, λmax, consistency index and ratio, and the worst pair (None for perfect judgements)."""

    weights: Floats
    greatest_eigenvalue: float
    consistency_index: float
    consistency_ratio: float
    worst: Doubt | None

    @property
    def is_consistent(self) -> bool:
        """Whether the judgements may be used: ratio below 0.10."""
        return self.consistency_ratio < ACCEPTED


def judgements(count: int, said: Mapping[tuple[int, int], float]) -> Floats:
    """The matrix of `count` criteria from what was said of each pair (i, j): how many times more important i is than j.

    A pair may be given in either order, once. Raises `ProblemInvalid` for a pair that is missing, doubled, or out of scale.
    """
    matrix = np.eye(count)
    wanted = {(one, other) for one in range(count) for other in range(one + 1, count)}
    for (one, other), value in said.items():
        pair = (min(one, other), max(one, other))
        if pair not in wanted:
            raise ProblemInvalid(f"Pasangan {one}–{other} tidak dikenal atau sudah diberikan.")
        if not 1 / _SCALE - _NEAR <= value <= _SCALE + _NEAR:
            raise ProblemInvalid(f"Pasangan {one}–{other}: nilai {value}; skala Saaty dari 1/9 sampai 9.")
        wanted.remove(pair)
        matrix[one, other], matrix[other, one] = value, 1 / value
    if wanted:
        one, other = min(wanted)
        raise ProblemInvalid(f"Pasangan {one}–{other} belum dibandingkan; {len(wanted)} pasangan belum ada.")
    return matrix


def ahp(matrix: ArrayLike) -> Elicited:
    """Weights from a reciprocal matrix of judgements by its principal eigenvector.

    Raises `ProblemInvalid` where the matrix is not square, positive and reciprocal, or has more than ten criteria.
    """
    said = _checked(matrix)
    count = len(said)
    values, vectors = np.linalg.eig(said)
    top = int(np.argmax(values.real))
    weights = np.abs(vectors[:, top].real)
    weights /= weights.sum()
    greatest = float(values[top].real)
    index = max(0.0, (greatest - count) / (count - 1)) if count > 1 else 0.0
    random = RANDOM_INDEX[count - 1]
    return Elicited(
        weights=weights,
        greatest_eigenvalue=greatest,
        consistency_index=index,
        consistency_ratio=index / random if random else 0.0,
        worst=_worst(said, weights),
    )


def _checked(matrix: ArrayLike) -> Floats:
    said = np.array(matrix, dtype=np.float64)
    if said.ndim != 2 or said.shape[0] != said.shape[1] or not 1 <= len(said) <= len(RANDOM_INDEX):
        raise ProblemInvalid(
            f"Matriks perbandingan {said.shape}: perlu persegi, 1 sampai {len(RANDOM_INDEX)} kriteria."
        )
    if not np.isfinite(said).all() or (said <= 0).any():
        raise ProblemInvalid("Matriks perbandingan: setiap nilai harus angka di atas 0.")
    if not np.allclose(said * said.T, 1.0, atol=_NEAR):
        one, other = (int(i) for i in np.argwhere(~np.isclose(said * said.T, 1.0, atol=_NEAR))[0])
        raise ProblemInvalid(f"Matriks perbandingan: pasangan {one}–{other} tidak saling berbalikan.")
    return said


def _worst(said: Floats, weights: Floats) -> Doubt | None:
    """The pair whose judgement lies farthest from the ratio of the weights, on the scale of logarithms."""
    implied = weights[:, None] / weights[None, :]
    off = np.triu(np.abs(np.log(said / implied)), 1)
    one, other = (int(i) for i in np.unravel_index(int(np.argmax(off)), off.shape))
    if off[one, other] <= _NEAR:
        return None
    return Doubt(one, other, float(said[one, other]), float(np.clip(implied[one, other], 1 / _SCALE, _SCALE)))


def together(matrices: Sequence[ArrayLike], *, voices: Sequence[float] | None = None) -> Floats:
    """The judgements of several experts as one matrix: the geometric mean of what each said, pair by pair.

    `voices` weigh the experts (equal by default). Raises `ProblemInvalid`.
    """
    said = [_checked(one) for one in matrices]
    if not said or len({one.shape for one in said}) > 1:
        raise ProblemInvalid("Penilaian para ahli harus ada dan membandingkan kriteria yang sama.")
    weights = np.ones(len(said)) if voices is None else np.array(voices, dtype=np.float64)
    if weights.shape != (len(said),) or (weights < 0).any() or weights.sum() <= 0:
        raise ProblemInvalid(f"voices: perlu {len(said)} bobot yang tidak negatif.")
    weights = weights / weights.sum()
    return np.asarray(np.exp(np.einsum("e,eij->ij", weights, np.log(np.stack(said)))))
