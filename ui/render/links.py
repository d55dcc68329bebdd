"""The address of one filtered view, and the same as a QR code for paper and for a wall."""

import io
from urllib.parse import urlencode

import segno

from config.settings import load
from config.theme import LIGHT
from ui.blocks import Page
from ui.state.page_context import View


def address(page: Page, view: View) -> str:
    """Give the address that opens this page with these filters, in this language.

    It says which view is meant and opens nothing: whoever follows it sees their own scope.
    """
    return of_view(page.key, view)


def of_view(key: str, view: View) -> str:
    """Give the same for the page of a key."""
    codes = {**view.filters.params(), **view.options, "lang": view.lang}
    return f"{_host()}/{key}?{urlencode(codes)}"


def to_page(key: str) -> str:
    """Give the address of a page without any filter, such as that of the definitions."""
    return f"{_host()}/{key}"


def _host() -> str:
    settings = load()
    return (settings.public_url or f"http://localhost:{settings.port}").rstrip("/")


def qr_svg(text: str) -> str:
    """Give a QR code as SVG without a declaration, to stand inside a page."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", scale=3, dark=LIGHT.text, xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue().decode()


def qr_png(text: str) -> bytes:
    """Give a QR code as PNG, large enough for paper."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=8, border=1)
    return out.getvalue()


def qr_data(text: str) -> str:
    """Give a QR code as the address of a picture, for a page that is drawn elsewhere."""
    return str(
        segno.make(text, error="m").svg_data_uri(scale=3, dark=LIGHT.text, light=LIGHT.background)
    )
