"""What two snapshots tell together: the equations of both, and that most counts did not change.

The attacker saw the earlier snapshot, sees the later one, and is taken to know for each cell
whether its count changed in between. That is more than anybody knows, and all that the second
snapshot can add: cells that changed may be any two numbers.
"""

from dataclasses import replace

from tests.disclosure.attacker import Answers, Cell, Part, System, equations, same_counts
from tests.disclosure.solver import derived

EARLIER = "earlier "


def _earlier(part: Part) -> Part:
    (name, *rest), kind = part
    return ((f"{EARLIER}{name}", *rest), kind)  # type: ignore[return-value]  # a cell


def _earlier_cell(cell: Cell) -> Cell:
    return (f"{EARLIER}{cell[0]}", *cell[1:])


def both(first: Answers, second: Answers) -> tuple[Answers, System, list[tuple[Part, Part]]]:
    """All answers as one, the equations between them, and the counts that are the same."""
    one, two = equations(first), equations(second)
    same = [(_earlier(a), _earlier(b)) for a, b in same_counts(first)] + same_counts(second)
    unchanged = [
        [(_earlier(part), 1), (part, -1)]
        for part, number in second.true.items()
        if first.true.get(part) == number
    ]
    rows = [[(_earlier(p), factor) for p, factor in row] for row in one.rows]
    bounds = [([(_earlier(p), f) for p, f in row], low, high) for row, low, high in one.bounds]
    system = System(
        [*map(_earlier, one.parts), *two.parts], rows + two.rows + unchanged, bounds + two.bounds
    )
    answers = replace(
        second,
        seen={_earlier(p): n for p, n in first.seen.items()} | second.seen,
        true={_earlier(p): n for p, n in first.true.items()} | second.true,
        hidden={_earlier_cell(c): why for c, why in first.hidden.items()} | second.hidden,
        base_shown={_earlier_cell(c) for c in first.base_shown} | second.base_shown,
        asked=first.asked + second.asked,
    )
    return answers, system, same


def shown_before(first: Answers, second: Answers) -> set[Part]:
    """Hidden parts of the later snapshot whose count the earlier one showed, or sums of such."""
    known = set(first.seen) | derived(equations(first), first)
    return {p for p in second.true if p in known and p not in second.seen}


def shown_again(first: Answers, second: Answers) -> set[Cell]:
    """Cells that the earlier snapshot hid and the later one shows; of a band that is joined by
    then, the joined one."""
    wholes: dict[Cell, set[Cell]] = {}
    for band, whole in first.published.items():
        wholes.setdefault(whole, set()).add(second.published[band])
    shown = {cell for cell, part in second.seen if part == "top"}
    return {cell for cell in first.hidden if shown & wholes.get(cell, {cell})}
