"""Which definitions a snapshot was published under: a version and a fingerprint of each indicator,
and the norm that judged it.

An earlier definition cannot be counted by again: the program holds today's only. What was recorded
tells whether it is the same one, so that nobody takes a change of the rule for one of the work.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import Connection, insert, inspect, select

from config.thresholds import thresholds
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Derived, Indicator, Median, Ratio, Share
from data_access.indicators.kernel.query import Query
from data_access.indicators.kernel.render_sql import sql
from data_access.schema.derived import indicator_definitions

# Any day: what is asked is the same on each of them, so that two prints can be compared.
_DAY = date(2026, 9, 30)
_LENGTH = 16


@dataclass(frozen=True)
class Norm:
    """What an indicator was judged by: the value wanted, which side is good, where "watch" ends."""

    value: float
    better: str
    watch: float | None


@dataclass(frozen=True)
class DefinitionPrint:
    """A definition as it is recorded: its declared version, a fingerprint of how it is counted
    (16 hexadecimal digits, the same for the same SQL and the same arithmetic), its norm or None."""

    version: str
    fingerprint: str
    norm: Norm | None

    def counts_like(self, other: "DefinitionPrint") -> bool:
        """Tell whether both count by the same rule; norms have no part in that."""
        return (self.version, self.fingerprint) == (other.version, other.fingerprint)


@lru_cache(maxsize=1)
def prints() -> Mapping[str, DefinitionPrint]:
    """Give the definitions of today by the names of their indicators."""
    return MappingProxyType({name: print_of(item) for name, item in registry.INDICATORS.items()})


def print_of(item: Indicator) -> DefinitionPrint:
    """Give the print of one definition."""
    written = hashlib.sha256("\n".join(_parts(item)).encode()).hexdigest()[:_LENGTH]
    norm = thresholds().get(item.threshold_name)
    judged_by = Norm(norm.value, norm.better, norm.watch) if norm else None
    return DefinitionPrint(item.version, written, judged_by)


def write(connection: Connection) -> None:
    """Write the definitions of today into a snapshot that nobody reads yet."""
    indicator_definitions.create(connection, checkfirst=True)
    rows = [
        {
            "indicator": name,
            "version": one.version,
            "fingerprint": one.fingerprint,
            "norm": one.norm.value if one.norm else None,
            "norm_better": one.norm.better if one.norm else None,
            "norm_watch": one.norm.watch if one.norm else None,
        }
        for name, one in prints().items()
    ]
    connection.execute(insert(indicator_definitions), rows)


def print_in(connection: Connection, name: str) -> DefinitionPrint | None:
    """Give the print that an open snapshot holds of one indicator; None where it holds none, as
    those built before there were prints."""
    if not inspect(connection).has_table(indicator_definitions.name):
        return None
    table = indicator_definitions
    row = connection.execute(select(table).where(table.c.indicator == name)).one_or_none()
    if row is None:
        return None
    norm = None if row.norm is None else Norm(row.norm, row.norm_better, row.norm_watch)
    return DefinitionPrint(row.version, row.fingerprint, norm)


def _parts(item: Indicator) -> list[str]:
    """What decides the number, as texts: the arithmetic, then the rows that are counted."""
    measure = item.measure
    arithmetic = [type(measure).__name__, item.kind.value, item.unit.value]
    match measure:
        case Share(per=per) | Ratio(per=per):
            arithmetic.append(str(per))
        case Median(divide=divide, quantile=quantile):
            arithmetic += [str(divide), str(quantile)]
        case Derived(per=per, of=of):
            return [*arithmetic, str(per), *(print_of(one).fingerprint for one in of)]
    texts = sql(item, Query(_DAY))
    return [*arithmetic, *(f"{part}: {texts[part]}" for part in sorted(texts))]
