"""The style sheet: our own classes, and spacing of keyed containers. Colours: config/theme.py.

Streamlit's inner markup is not aimed at, apart from containers that carry a key and a few stable
`data-testid`s; everything else is said in .streamlit/config.toml. The page's frame links the sheet
(`ui.server.shell_files`), so that nothing is drawn before it is there; a run sends only the colours
of the visitor's theme.
"""

from functools import lru_cache
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from config.theme import DESK, Theme, theme
from ui.render.streamlit.templating import html

SHEETS = tuple(Path(__file__).with_name(name) for name in ("style.css", "shell.css", "print.css"))


def draw(name: str) -> None:
    """Send the colours of the light or dark theme."""
    st.html(html("style", sheet=Markup(f":root{{{variables(name)}}}")))


def whole_sheet() -> str:
    """Give the whole style sheet, in the colours of the device until a run has sent its own.

    `:where` keeps those colours weaker than what a run sends, wherever they stand.
    """
    device = (
        f":where(:root){{{variables('light')}}}\n"
        f"@media (prefers-color-scheme:dark){{:where(:root){{{variables('dark')}}}}}\n"
    )
    return device + "\n".join(path.read_text(encoding="utf-8") for path in SHEETS)


@lru_cache(maxsize=2)
def variables(name: str) -> str:
    """Give the colours and sizes of a theme as CSS variables."""
    ink: Theme = theme(name)
    colours = {
        "text": ink.text,
        "muted": ink.muted,
        "surface": ink.surface,
        "ground": ink.background,
        "border": ink.border,
        "grid": ink.grid,
        "accent": ink.accent,
        "accent-strong": ink.accent_strong,
        "accent-soft": ink.accent_soft,
    }
    for verdict, mark in ink.marks.items():
        colours |= {verdict: mark.colour, f"{verdict}-soft": mark.soft}
    sizes = {"value": DESK.card_value, "label": DESK.chart_label}
    return "".join(
        [f"--ov-{name}:{colour};" for name, colour in colours.items()]
        + [f"--ov-{name}-size:{size}px;" for name, size in sizes.items()]
        + [f"--ov-line:{DESK.line_height};"]
    )
