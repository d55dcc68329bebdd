"""Texts of the command line: indicator frames, the registry, quality counts and the status.

CSV has the columns that the public interface names, no more; JSON adds reason and qualifier.
"""

import io
import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TextIO

import pandas as pd

from config import bands, formulas, owners
from config.i18n import Lang, t
from config.numbers import MISSING, count, value
from config.settings import Settings
from config.thai_calendar import format_date
from data_access import merged_areas, merged_figures
from data_access.breakdowns import BREAKDOWNS
from data_access.indicators import registry
from data_access.indicators.kernel.definition import Indicator
from data_access.scope import MINE
from data_access.snapshot import SnapshotInfo
from geo import registers

BYTE_ORDER_MARK = "\ufeff"

CSV_COLUMNS = [
    "indicator",
    "area_code",
    "area_name_th",
    "group",
    "period_start",
    "period_end",
    "numerator",
    "denominator",
    "value",
    "status",
]


def indicator(name: str, frame: pd.DataFrame, form: str, lang: Lang) -> str:
    """One frame of an indicator or a breakdown as text; numbers in CSV and JSON are unrounded."""
    out = frame.assign(
        indicator=name,
        area_name_th=[area_text(code, "th") for code in frame["area_code"]],
        period_start=[d.isoformat() for d in frame["period_start"]],
        period_end=[d.isoformat() for d in frame["period_end"]],
    )
    more = [column for column in out if column not in (*CSV_COLUMNS, "reason", "qualifier")]
    if form in COLUMNS_OF:
        return FORMATS[form](out[[*CSV_COLUMNS, *COLUMNS_OF[form], *more]])
    definition = BREAKDOWNS.get(name) or registry.get(name)
    if "merged_area" in out:
        # One sentence in a table; files have the numbers apart.
        said = merged_figures.sentences(out, definition.unit.value, lang)
        more = [column for column in more if column not in merged_areas.COLUMNS]
        if any(said):
            out = out.assign(**{t("cli.column.around", lang): said})
            more.append(t("cli.column.around", lang))
    rows = [
        {
            t("cli.column.area", lang): area_text(str(row.area_code), lang),
            t("cli.column.group", lang): row.group,
            t("cli.column.period", lang): f"{row.period_start!s} – {row.period_end!s}",
            t("cli.column.numerator", lang): _whole(row.numerator, lang),
            t("cli.column.denominator", lang): _whole(row.denominator, lang),
            t("cli.column.value", lang): _value(row.value, definition, lang),
            t("cli.column.status", lang): t(f"status.{row.status!s}", lang)
            + (f" ({t(f'reason.{row.reason!s}', lang)})" if row.reason else ""),
        }
        | {column: _plain(cell) for column, cell in zip(more, cells, strict=True)}
        for row, cells in zip(
            out.itertuples(), out[more].itertuples(index=False, name=None), strict=True
        )
    ]
    heading = t(f"cli.breakdown.{name}" if name in BREAKDOWNS else f"indicator.{name}.title", lang)
    return f"{heading} [{t(f'unit.{definition.unit}', lang)}]\n" + _table(pd.DataFrame(rows))


def joined_bands(groups: Iterable[str], breakdown: str | None, lang: Lang) -> str:
    """A line that says which bands of the rows stand for several; empty where none does."""
    there = [band for band in dict.fromkeys(groups) if band in bands.parts_of_joined(breakdown)]
    names = t("tables.joint", lang).join(t(f"code.{breakdown}.{band}", lang) for band in there)
    return t("bands.joined", lang, bands=names) + "\n" if there else ""


def explanation(rows: pd.DataFrame, lines: Sequence[str], form: str, lang: Lang) -> str:
    """Why a figure moved: in a table sentences and the causes below them; files have the rows."""
    if form != "table":
        return FORMATS[form](rows)
    columns = ("part", "cause", "added", "removed", "change")
    shown = rows[list(columns)].astype("object")
    shown["part"] = [t(f"cli.column.{part}", lang) for part in shown["part"]]
    shown["cause"] = [t(f"explain.cause.{cause}", lang) for cause in shown["cause"]]
    for column in columns[2:]:
        shown[column] = [_whole(n, lang) for n in rows[column]]
    shown.columns = pd.Index([t(f"explain.column.{one}", lang) for one in columns])
    return "\n".join(lines) + "\n\n" + _table(shown)


def listing(name: str, rows: pd.DataFrame, form: str, lang: Lang) -> str:
    """The rows of a list under its own columns; a table has a heading."""
    text = FORMATS[form](rows)
    return text if form != "table" else f"{t(f'cli.list.{name}', lang)}\n{text}"


def registry_list(indicators: Mapping[str, Indicator], form: str, lang: Lang) -> str:
    """The registry: a row per indicator with its id, unit, direction, owner and review date."""
    rows = pd.DataFrame(
        {
            "indicator": name,
            "code": item.code,
            "title": t(f"indicator.{name}.title", lang),
            "kind": item.kind.value,
            "unit": item.unit.value,
            "direction": item.direction.value,
            "breakdowns": " ".join(item.breakdowns),
            "owner": owners.name(item.owner, lang),
            "reviewed": item.reviewed_on,
            "checked_by": owners.name(item.checked_by, lang),
            "next_review": item.next_review,
            "version": item.version,
        }
        for name, item in indicators.items()
    )
    return FORMATS[form](rows)


def quality(frame: pd.DataFrame, form: str, lang: Lang) -> str:
    """Counts per data-quality rule: rule, severity, rows, provinces, and the rule's title."""
    titled = frame.assign(title=[t(f"quality.{rule}.title", lang) for rule in frame["rule"]])
    return FORMATS[form](titled)


def status(info: SnapshotInfo, tables: pd.DataFrame, settings: Settings, form: str) -> str:
    """What is live: snapshot, source, as-of date, age in days, and rows per table."""
    lang = settings.language
    facts: dict[str, Any] = {
        "snapshot": info.snapshot_id,
        "source": info.source,
        "as_of": info.as_of.isoformat(),
        "age_days": (settings.today - info.as_of).days,
        "built_at": info.built_at.isoformat(),
        "synthetic": info.synthetic,
        "data_dir": str(settings.data_dir),
        "rows": {row.table_name: int(str(row.rows)) for row in tables.itertuples() if row.present},
        "missing_tables": [row.table_name for row in tables.itertuples() if not row.present],
    }
    if form == "json":
        return json.dumps(facts, ensure_ascii=False, indent=2)
    lines = [
        t("cli.status.snapshot", lang, snapshot=info.snapshot_id),
        t("cli.status.source", lang, source=info.source),
        t("cli.status.as_of", lang, date=format_date(info.as_of, lang), days=facts["age_days"]),
        t("cli.status.built_at", lang, when=f"{info.built_at:%Y-%m-%d %H:%M}"),
    ]
    if info.synthetic:
        lines.append(t("note.synthetic", lang))
    lines += [f"  {name}: {count(rows, lang)}" for name, rows in facts["rows"].items()]
    if facts["missing_tables"]:
        lines.append(t("cli.status.missing", lang, tables=", ".join(facts["missing_tables"])))
    return "\n".join(lines)


def _whole(number: Any, lang: Lang) -> str:
    return MISSING if pd.isna(number) else count(int(str(number)), lang)


def _value(number: Any, definition: Indicator, lang: Lang) -> str:
    return MISSING if pd.isna(number) else value(float(number), definition.unit.value, lang)


def with_mark(text: str, form: str, wanted: bool, out: TextIO) -> str:
    """The text, behind a byte-order mark where it is CSV that goes into a file, or `wanted`.

    Excel takes a CSV file without the mark for the old Thai encoding. What is piped into another
    program has none, unless it is asked for.
    """
    return BYTE_ORDER_MARK + text if form == "csv" and (wanted or _is_file(out)) else text


def _is_file(out: TextIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(out.fileno()).st_mode)
    except OSError:  # a stream without a file behind it
        return False


def _csv(frame: pd.DataFrame) -> str:
    buffer = io.StringIO()
    texts = {
        str(name): pd.Series([_as_text(cell) for cell in cells], index=cells.index, dtype=object)
        for name, cells in frame.items()
        if any(isinstance(cell, str) for cell in cells)
    }
    frame.assign(**texts).to_csv(buffer, index=False, lineterminator="\n")
    return buffer.getvalue()


def _as_text(cell: Any) -> Any:
    return formulas.as_text(cell) if isinstance(cell, str) else cell


def _json(frame: pd.DataFrame) -> str:
    rows = [
        {key: None if pd.isna(item) else _plain(item) for key, item in row.items()}
        for row in frame.to_dict("records")
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _plain(item: Any) -> Any:
    if isinstance(item, date):
        return item.isoformat()
    if isinstance(item, Decimal):
        return float(item)
    return item.item() if hasattr(item, "item") else item


def _table(frame: pd.DataFrame) -> str:
    return frame.to_string(index=False) + "\n" if len(frame) else "—\n"


def area_text(code: str, lang: Lang) -> str:
    """The name of an area; "พื้นที่ของท่าน" for a total over a part of one."""
    return t("own_area.any", lang) if code == MINE else registers.area_name(code, lang)


FORMATS: dict[str, Callable[[pd.DataFrame], str]] = {"table": _table, "csv": _csv, "json": _json}
# Columns of an indicator's rows that a format has besides the published ones.
COLUMNS_OF: dict[str, list[str]] = {"csv": [], "json": ["reason", "qualifier"]}
