"""The executive table as HTML: one row per figure, aligned, one block per row on a phone."""

from collections.abc import Mapping, Sequence

from config.i18n import t
from config.thai_calendar import format_date
from ui.charts import spark
from ui.render.streamlit import cards
from ui.render.streamlit.html import escape_html
from ui.state.page_context import View
from ui.text.figures import Figure

Trends = Mapping[str, Sequence[float | None]]
HEADS = (
    ("page.overview.measure", False),
    ("page.overview.value", True),
    ("column.target", True),
    ("page.overview.gap", True),
    ("column.status", False),
    ("column.trend", False),
    ("page.overview.period", False),
    ("page.overview.base_and_day", False),
)
SPARK = 'class="ov-spark" alt="" width="110" height="30"'


def html(view: View, parts: Mapping[str, Sequence[Figure]], trends: Trends) -> str:
    """Give the table: `parts` are its groups by key, `trends` the series that are known by now."""
    lang = view.lang
    heads = "".join(
        f'<th scope="col"{" class=num" if right else ""}>{escape_html(t(key, lang))}</th>'
        for key, right in HEADS
    )
    day = format_date(view.filters.as_of, lang)
    caption = escape_html(t("page.overview.caption", lang, date=day))
    body = "".join(_part(view, key, rows, trends) for key, rows in parts.items())
    return (
        f'<div class="ov-scroll"><table class="ov-table stack"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _part(view: View, key: str, rows: Sequence[Figure], trends: Trends) -> str:
    title = escape_html(t(f"page.overview.part_{key}", view.lang))
    head = f'<tr class="part"><th scope="rowgroup" colspan="{len(HEADS)}">{title}</th></tr>'
    return head + "".join(_row(view, figure, trends) for figure in rows)


def _row(view: View, figure: Figure, trends: Trends) -> str:
    lang = view.lang
    labels = [escape_html(t(key, lang)) for key, _ in HEADS[1:]]
    cells = "".join(
        f'<td class="{kind}" data-label="{label}">{cell}</td>'
        for label, (kind, cell) in zip(labels, _cells(view, figure, trends), strict=True)
    )
    title, made_of = escape_html(figure.title(lang)), escape_html(figure.made_of(lang))
    return f'<tr><th scope="row">{title}<small>{made_of}</small></th>{cells}</tr>'


def _cells(view: View, figure: Figure, trends: Trends) -> tuple[tuple[str, str], ...]:
    """The cells behind the name, each with its class."""
    lang = view.lang
    unit = figure.unit(lang) if figure.status == "shown" else ""
    proposed = figure.target is not None and figure.target.proposed
    note = f"<small>{escape_html(t('page.overview.proposed', lang))}</small>" if proposed else ""
    value = escape_html(figure.text(lang))
    number = f'<span class="strong">{value}</span><small>{escape_html(unit)}</small>'
    base = escape_html(figure.base_text(lang))
    return (
        ("num", number),
        ("num", escape_html(figure.target_text(lang)) + note),
        ("num", escape_html(figure.gap_text(lang))),
        ("", cards.mark(figure, lang)),
        ("", _trend(view, figure, trends)),
        ("wrap", escape_html(figure.moment(lang))),
        ("", f"{base}<small>{escape_html(format_date(figure.as_of, lang))}</small>"),
    )


def _trend(view: View, figure: Figure, trends: Trends) -> str:
    if figure.name not in trends:
        return "…"
    picture = spark.svg(trends[figure.name], theme=view.theme)
    return f'<img src="{picture}" {SPARK}>' if picture else "—"
