"""Icons of an XmR reading: the shapes of `config.theme.READING_ICONS` in a theme's ink."""

from urllib.parse import quote

from config.theme import READING_ICONS
from data_access.statistics.xmr import Reading
from ui.charts import base_spec

SIZE = 20


def variation(reading: Reading, theme: str) -> str:
    """Give the icon of a reading's variation as a data address for an `<img>`."""
    return _icon_svg(f"variation.{reading.variation}", theme)


def assurance(reading: Reading, theme: str) -> str:
    """Give the icon of a reading's assurance; empty where there is no target, or too few values."""
    if reading.assurance in ("no_target", "too_few"):
        return ""
    return _icon_svg(f"assurance.{reading.assurance}", theme)


def _icon_svg(name: str, theme: str) -> str:
    """Ink of the theme's text, never red or green: the shape says what it is."""
    ink = base_spec.colours(theme).text
    stroke = f"fill='none' stroke='{ink}' stroke-width='1.8'"
    ends = "stroke-linecap='round' stroke-linejoin='round'"
    path = f"<path d='{READING_ICONS[name]}' {stroke} {ends}/>"
    size = f"width='{SIZE}' height='{SIZE}' viewBox='0 0 24 24'"
    whole = f"<svg xmlns='http://www.w3.org/2000/svg' {size}>{path}</svg>"
    return "data:image/svg+xml," + quote(whole, safe="/:=' ,")
