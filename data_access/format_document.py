"""The exchange format as a document, written from the schema itself.

`docs/DATA_FORMAT.md` is its output; a test fails where the two differ.
`python -m data_access format` prints it, so that a province or a vendor can be handed the format of
the very version in use.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, Numeric, Table

from config.i18n import Lang, t
from data_access.schema.codes import CODES
from data_access.schema.tables import EXCHANGE_TABLES

KINDS: dict[type, str] = {Boolean: "yes_no", Date: "date", Integer: "whole", Numeric: "decimal"}


def markdown() -> str:
    """Give the whole format as Markdown: conventions, tables with their columns, code lists.

    Thai stands first where a text has two languages; names and codes are the binding ones.
    """
    parts = [_introduction(), _contents()]
    parts += [_table(table) for table in EXCHANGE_TABLES.values()]
    parts += ["## รายการรหัส · Code lists", *(_codes(name) for name in _lists_in_use())]
    return "\n\n".join(parts) + "\n"


def as_json() -> str:
    """Give the tables and code lists as JSON, for programs that write the format."""
    tables = {
        name: {
            "required": bool(table.info["required"]),
            "grain": table.info["grain"],
            "key": list(table.info["key"]),
            "columns": [_column_values(column) for column in table.columns],
        }
        for name, table in EXCHANGE_TABLES.items()
    }
    codes = {name: list(CODES[name]) for name in _lists_in_use()}
    return json.dumps({"tables": tables, "codes": codes}, ensure_ascii=False, indent=2) + "\n"


def _introduction() -> str:
    return "\n\n".join(_both(f"format.{key}") for key in ("title", "how", "values", "private"))


def _both(key: str) -> str:
    if key.endswith(".title"):
        return f"# {t(key, 'th')} · {t(key, 'en')}"
    return f"{t(key, 'th')}\n\n{t(key, 'en')}"


def _contents() -> str:
    rows = [
        (f"[`{name}`](#{name})", "●" if table.info["required"] else "", table.info["grain"])
        for name, table in EXCHANGE_TABLES.items()
    ]
    return _grid(("table", t("format.required", "en"), "one row per"), rows)


def _table(table: Table) -> str:
    lines = [f"## {table.name}", f"One row per {table.info['grain']}."]
    if table.info["key"]:
        keys = ", ".join(f"`{name}`" for name in table.info["key"])
        lines.append(f"Unique together: {keys}.")
    head = ("column", "type", "may be empty", "allowed", "example")
    rows = [_row(_column_values(column)) for column in table.columns]
    return "\n\n".join((*lines, _grid(head, rows)))


def _row(column: dict[str, Any]) -> tuple[str, ...]:
    allowed = ""
    if column["codes"]:
        allowed = f"[{column['codes']}](#code-list-{column['codes'].replace('_', '-')})"
    elif column["references"]:
        allowed = f"`{column['references']}`"
    elif column["area"]:
        allowed = f"{column['area']} code"
    empty = "" if column["required"] else "yes"
    return f"`{column['name']}`", column["type"], empty, allowed, f"`{column['example']}`"


def _column_values(column: Column[Any]) -> dict[str, Any]:
    """One column as plain values: name, type, required, code list, reference, area, example."""
    info = column.info
    kind = next((name for kind, name in KINDS.items() if isinstance(column.type, kind)), "text")
    return {
        "name": column.name,
        "type": kind,
        "required": bool(info.get("required")),
        "codes": info.get("codes"),
        "references": info.get("references"),
        "area": info.get("area"),
        "example": str(info["example"]),
    }


def _lists_in_use() -> list[str]:
    """The code lists that a column of the format names, in the order of the tables."""
    names = [
        column.info["codes"]
        for table in EXCHANGE_TABLES.values()
        for column in table.columns
        if column.info.get("codes")
    ]
    return list(dict.fromkeys(names))


def _codes(name: str) -> str:
    rows = [
        (f"`{code}`", _label(name, code, "th"), _label(name, code, "en")) for code in CODES[name]
    ]
    return f"### code list {name.replace('_', ' ')}\n\n" + _grid(("code", "ไทย", "English"), rows)


def _label(name: str, code: str, lang: Lang) -> str:
    return t(f"code.{name}.{code}", lang)


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
