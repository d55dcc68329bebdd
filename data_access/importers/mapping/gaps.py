"""What a map could not read, as problems: which texts, how often, and what the map lacks."""

from collections import Counter
from typing import Any

from data_access.importers.mapping.definition import TableMap
from data_access.importers.problem_log import ProblemLog
from data_access.importers.problems import cut
from data_access.schema.codes import CODES
from data_access.schema.tables import EXCHANGE_TABLES

_MOST_TEXTS = 10
Unread = dict[tuple[str, str], Counter[str]]


def report(part: TableMap, unread: Unread, log: ProblemLog) -> None:
    """Take down one problem per column with the most frequent texts, and check it no further."""
    for (name, rule), texts in unread.items():
        listed = ", ".join(
            f"“{cut(text)}” ({rows:,})" for text, rows in texts.most_common(_MOST_TEXTS)
        )
        if len(texts) > _MOST_TEXTS:
            listed += " …"
        how = part.columns[name]
        source = " + ".join(map(str, how.columns))
        column = EXCHANGE_TABLES[part.exchange].c[name]
        values: dict[str, Any] = {
            "source": f"{part.table}: {source}",
            "texts": listed,
            "form": how.date.pattern if how.date else "",
            "codes": ", ".join(CODES.get(str(column.info.get("codes")), ())),
            "entry": f"tables.{part.exchange}.columns.{name}",
        }
        log.add(rule, part.exchange, column=name, **values)
        log.keep_secret(part.exchange, name)
