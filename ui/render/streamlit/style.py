"""The one block of CSS: our own classes, and spacing of keyed containers. Colours: config/theme.py.

Streamlit's inner markup is not aimed at, apart from containers that carry a key and a few stable
`data-testid`s; everything else is said in .streamlit/config.toml.
"""

from functools import lru_cache
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from config.theme import DESK, Theme, theme
from ui.render.streamlit.templating import html

SHEET = Path(__file__).with_name("style.css")


def draw(name: str) -> None:
    """Send the style sheet for the light or dark theme."""
    st.html(html("style", sheet=Markup(sheet(name))))


@lru_cache(maxsize=2)
def sheet(name: str) -> str:
    """Give the style sheet with the theme's colours as variables."""
    return f":root{{{_variables(theme(name))}}}\n{SHEET.read_text(encoding='utf-8')}"


def _variables(ink: Theme) -> str:
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
