"""The document of the exchange format says what the schema says, and is fresh."""

import json
from pathlib import Path

from data_access import format_document
from data_access.schema.codes import CODES
from data_access.schema.tables import EXCHANGE_TABLES

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "DATA_FORMAT.md"


def test_the_committed_document_is_what_the_schema_gives() -> None:
    fresh = format_document.markdown()
    assert DOCUMENT.read_text("utf-8") == fresh, (
        "run: python -m data_access format > docs/DATA_FORMAT.md"
    )


def test_every_table_and_column_is_in_the_document() -> None:
    text = format_document.markdown()
    for name, table in EXCHANGE_TABLES.items():
        section = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert not [c.name for c in table.columns if f"| `{c.name}` |" not in section], name


def test_the_json_form_holds_the_code_lists_that_columns_name() -> None:
    form = json.loads(format_document.as_json())
    assert form["tables"]["cases"]["required"] is True
    columns = {c["name"]: c for c in form["tables"]["cases"]["columns"]}
    assert columns["target_group"]["codes"] == "target_group"
    assert columns["closed_on"]["required"] is False
    assert columns["closed_on"]["type"] == "date"
    assert form["codes"]["target_group"] == list(CODES["target_group"])
