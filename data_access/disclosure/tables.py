"""Hiding within one small table that is shown once, of staff or of the country as a whole."""

import pandas as pd


def hidden_cells(counts: pd.Series, families: list[pd.Series], hide_below: int) -> pd.Series:
    """True for every small count, and for the next-smallest beside it in each of its families.

    A family is the cells that one published total sums: `families` holds, for each margin, the key
    of every cell's family.
    """
    small = counts.between(1, hide_below - 1)
    hidden = small.copy()
    for family in families:
        hidden |= _next_smallest(counts, small, family, small)
    # Hiding along one margin may leave a lone hidden cell along the other: go on until none is.
    while True:
        more = pd.Series(False, index=counts.index)
        for family in families:
            alone = hidden & (hidden.groupby(family).transform("sum") == 1)
            more |= _next_smallest(counts, hidden, family, alone)
        if not (more & ~hidden).any():
            return hidden
        hidden |= more


def _next_smallest(
    counts: pd.Series, hidden: pd.Series, families: pd.Series, seeds: pd.Series
) -> pd.Series:
    """True for the smallest positive count not yet hidden, in every family that has a seed."""
    chosen = pd.Series(False, index=counts.index)
    wanted = set(families[seeds])
    others = counts[~hidden & (counts > 0) & families.isin(wanted)]
    if not others.empty:
        chosen.loc[others.groupby(families.loc[others.index]).idxmin()] = True
    return chosen
