"""Seeded chance: one independent stream per table and place, and exact shares of a total.

A stream depends on the seed, the name of what is drawn, the province and the part within it, and on
nothing else. So a table does not change when another one draws more, or when rows are written in
larger pieces.
"""

from zlib import crc32

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def stream(seed: int, what: str, province: str = "00", part: int = 0) -> np.random.Generator:
    """A generator for one kind of row in one part of one province ("00": the whole country)."""
    words = [seed, crc32(what.encode()), int(province), part]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))


def apportion(total: int, weights: npt.ArrayLike, least: npt.ArrayLike = 0) -> Ints:
    """Whole numbers that add up to `total` in proportion to weights, none below its `least`.

    Fractions are settled by largest remainders. Where the least numbers together exceed `total`,
    their sum is given instead. A weight of zero gets nothing beyond its least number.
    """
    share = np.asarray(weights, dtype=np.float64)
    floor = np.broadcast_to(np.asarray(least, dtype=np.int64), share.shape)
    whole = share.sum()
    if whole <= 0 or total <= floor.sum():
        return floor.copy()
    free = np.ones(share.shape, dtype=np.bool_)
    while True:  # those whose share lies below their least number take it and leave the division
        rest = total - int(floor[~free].sum())
        ideal = np.where(free, share * rest / share[free].sum(), floor)
        short = free & (ideal < floor)
        if not short.any():
            break
        free &= ~short
    given = np.floor(ideal + 1e-9).astype(np.int64)
    order = np.argsort(-(ideal - given) + np.where(free & (share > 0), 0.0, 2.0), kind="stable")
    given[order[: total - int(given.sum())]] += 1
    return given


def pick(rng: np.random.Generator, shares: npt.ArrayLike, size: int) -> Ints:
    """`size` indices, index i drawn in proportion to `shares[i]`."""
    cumulative = np.cumsum(np.asarray(shares, dtype=np.float64))
    drawn = rng.random(size) * cumulative[-1]
    return np.minimum(np.searchsorted(cumulative, drawn, side="right"), len(cumulative) - 1)


def pick_within(rng: np.random.Generator, weights: Floats, first: Ints, after: Ints) -> Ints:
    """For each pair an index in [first, after), in proportion to `weights`; no pair is empty."""
    cumulative = np.concatenate([[0.0], np.cumsum(weights)])
    low, high = cumulative[first], cumulative[after]
    drawn = low + rng.random(len(first)) * (high - low)
    found = np.searchsorted(cumulative, drawn, side="right") - 1
    return np.clip(found, first, after - 1)


def ordinal(counts: Ints) -> tuple[Ints, Ints]:
    """For group sizes: which group each member is in, and its place 0, 1, … in the group."""
    group = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    starts = np.cumsum(counts) - counts
    return group, np.arange(len(group), dtype=np.int64) - starts[group]


def logistic(x: Floats) -> Floats:
    """Probabilities from log-odds."""
    result: Floats = 1.0 / (1.0 + np.exp(-x))
    return result
