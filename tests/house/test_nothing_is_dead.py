"""What tests call and the product does not is dead: product code is read alone."""

from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("config", "geo", "data_access", "sample_data", "ui", "pages", "Home.py")
CONFIDENCE = 60

# Names that the product uses in a way that cannot be read from its text, each with its reason.
USED: dict[str, str] = {
    "FONT": "the family that the exports of charts embed",
    "is_long": "read by the template of slides",
    "on_accent": "a field of the theme, read by name for the style sheet",
    "PARAMETERS": "the address's parameters as one list",
    "trace": "an argument that Python hands to every context manager",
    "SERVICES": "a unit that definitions may take",
    "literal_processor": "called by SQLAlchemy",
    "inherit_cache": "read by SQLAlchemy",
    "_subtract": "called by SQLAlchemy when it compiles for DuckDB",
    "_date_diff": "called by SQLAlchemy when it compiles for another database",
    "_row_number": "called by SQLAlchemy when it compiles for another database",
    "_datediff": "called by SQLAlchemy when it compiles for Spark",
    "_increasing_id": "called by SQLAlchemy when it compiles for Spark",
    "_julian": "called by SQLAlchemy when it compiles for SQLite",
    "fix": "a method of the findings' protocol",
    "Executable": "a type in an annotation that is a text",
    "CHANCE_ALONE": "limits without over-dispersion, for whoever wants to compare",
    "base_snapshot": "a column of the journal, kept for the auditor",
    "source_sha256": "a field of the boundaries' manifest, kept for the auditor",
    "iso": "a column of the register",
    "created": "read by openpyxl",
    "uses_pages_directory": "read by Streamlit",
    "is_code": "whether a text is a code of a level, for addresses",
    "ThemeName": "the type of a theme's name in charts' options",
    "against": "handed to the card's template by name",
    "TEST_IDS": "Streamlit's test ids that style sheets and browser tests aim at",
    "icon": "read by the template of grouped tables",
    "applied_filters": "what narrowed an answer, for whoever has one in hand",
}
# What is set on slides, charts and tables of a file is read by python-pptx.
USED |= dict.fromkeys((
    "slide_height", "slide_width", "comments", "categories",
    "has_legend", "has_title", "include_in_layout", "reverse_order",
    "has_major_gridlines", "minimum_scale", "smooth", "has_data_labels",
    "number_format_is_linked", "word_wrap", "vertical_anchor", "line_spacing",
    "inherit", "alignment", "margin_bottom", "margin_top", "margin_left", "margin_right",
), "read by python-pptx")  # fmt: skip
# Tables of the exchange format are read through their metadata, never by their names.
TABLES = "data_access/schema/tables.py"


def _unused() -> dict[str, str]:
    reader = Vulture(verbose=False)
    reader.scavenge([str(ROOT / path) for path in PRODUCT])
    return {
        item.name: f"{item.filename}:{item.first_lineno}"
        for item in reader.get_unused_code(min_confidence=CONFIDENCE)
        if not str(item.filename).endswith(TABLES)
    }


def test_nothing_is_used_by_tests_only() -> None:
    dead = {name: place for name, place in _unused().items() if name not in USED}
    assert not dead, "delete it, or use it"


def test_every_exemption_has_a_reason() -> None:
    assert all(reason.strip() for reason in USED.values())
