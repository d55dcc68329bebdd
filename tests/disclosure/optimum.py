"""How many cells an optimum would hide: for one published sum, by an integer program."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from data_access.disclosure.blocks import plain, protect
from data_access.disclosure.moves import Margins, Member

LEAST, LEAST_VALUES = 5, 3


def optimum(counts: np.ndarray) -> int:
    """The fewest parts of one sum to hide so that each hidden one has three values or more.

    A part can be any number from 1 to what the other hidden parts leave; parts of 0 are shown.
    """
    filled = counts[counts > 0]
    small = (filled < LEAST).astype(float)
    if not small.any():
        return 0
    # Hidden parts of 1 or more that add up to a sum s of m parts can each be 1 … s - m + 1.
    room = LinearConstraint((filled - 1)[None, :], LEAST_VALUES - 1, np.inf)
    two = LinearConstraint(np.ones((1, len(filled))), 2, np.inf)
    found = milp(
        np.ones(len(filled)),
        constraints=[room, two],
        bounds=Bounds(small, 1),
        integrality=np.ones(len(filled)),
    )
    return len(filled) if found.x is None else round(found.fun)


def compare(*, blocks: int, seed: int) -> str:
    """Hidden cells of random sums beside the optimum's, in words."""
    rng = np.random.default_rng(seed)
    ours = best = 0
    for _ in range(blocks):
        counts = rng.poisson(rng.choice([3, 8, 20, 60], size=int(rng.integers(4, 20))))
        ours += int(hidden_of(counts).sum())
        best += optimum(counts)
    return f"hidden {ours}, optimum {best}, ratio {ours / best:.2f} over {blocks} sums"


def hidden_of(counts: np.ndarray) -> np.ndarray:
    """What is hidden of the parts of one sum."""
    column = counts.astype(np.int64)[:, None]
    member = Member(column, None, np.zeros(column.shape, dtype=bool))
    margins = Margins(np.array([False]), np.ones(len(counts), dtype=bool))
    return protect(plain((member,), np.array([LEAST]), margins)).cells[:, 0]
