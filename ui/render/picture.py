"""A chart or map as a picture, drawn without a browser: SVG for a page of HTML, PNG for the rest.

The engine that turns SVG into PNG puts every ำ over the next letter, so a PNG is drawn from strings
in which ำ is taken apart into the two signs that it looks like.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import vl_convert

from geo import web
from ui.blocks import Spec
from ui.server import boundary_urls
from ui.state.page_context import View

FONTS = Path(__file__).parents[2] / "static" / "fonts" / "ttf"
WIDTH = 760
SCALE = 2.0  # sharp on paper and on a projector
_AM = re.compile(
    "([\N{THAI CHARACTER MAI EK}-\N{THAI CHARACTER MAI CHATTAWA}]?)\N{THAI CHARACTER SARA AM}"
)
_APART = "\N{THAI CHARACTER NIKHAHIT}\\1\N{THAI CHARACTER SARA AA}"
_IDS = re.compile(r'(\bid="|url\(#|href="#)')
_WORDS = re.compile(r"(?<=>)[^<>]+(?=</(?:text|tspan)>)")
_ARIA = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')


def png(spec: Spec, view: View) -> bytes:
    """Give the picture of a Vega-Lite spec as PNG, twice as many pixels as it is wide."""
    if view.writing.plain:
        whole = split_sara_am(_whole(spec, view.data_dir))
        return bytes(_engine().vegalite_to_png(whole, scale=SCALE))
    return png_of(svg(spec, view, "c"))


def png_of(text: str) -> bytes:
    """Give a picture that is drawn as SVG as PNG."""
    return bytes(_engine().svg_to_png(split_sara_am(text), scale=SCALE))


def svg(spec: Spec, view: View, place: str, *, size: tuple[int, int] | None = None) -> str:
    """Give the picture of a spec as SVG to stand inside a page; `place` keeps its ids apart, `size`
    is width and height where they are not the spec's own.

    Roles and labels of single marks are left out: the page describes the picture as a whole.
    """
    drawn: str = _engine().vegalite_to_svg(_whole(spec, view.data_dir, size))
    if not view.writing.plain:
        drawn = _WORDS.sub(lambda part: view.writing.words(part[0], view.lang), drawn)
    return _IDS.sub(rf"\g<1>{place}-", _ARIA.sub("", drawn))


def split_sara_am(part: Any) -> Any:
    """Give a spec in whose strings every ำ is taken apart, its tone mark between the two signs."""
    if isinstance(part, str):
        return _AM.sub(_APART, part)
    if isinstance(part, dict):
        return {key: split_sara_am(value) for key, value in part.items()}
    return [split_sara_am(one) for one in part] if isinstance(part, list) else part


def _whole(spec: Spec, data_dir: Path, size: tuple[int, int] | None = None) -> Any:
    """The spec with a width of its own and its shapes inside: there is nobody to fetch them."""
    given = {"height": size[1]} if size else {}
    if spec.get("width") == "container":
        given["width"] = size[0] if size else WIDTH
    return _with_shapes({**spec, **given}, data_dir)


def _with_shapes(part: Any, data_dir: Path) -> Any:
    if isinstance(part, bytes):
        # Kept charts hold their rows as Streamlit sends them.
        return pa.ipc.open_stream(part).read_all().to_pylist()
    if isinstance(part, dict):
        route = f"{boundary_urls.prefix()}{boundary_urls.ROUTE}/"
        address = part.get("url")
        if isinstance(address, str) and address.startswith(route):
            shapes = json.loads(web.find(data_dir, address.removeprefix(route)).body)
            return {**{k: v for k, v in part.items() if k != "url"}, "values": shapes}
        return {key: _with_shapes(value, data_dir) for key, value in part.items()}
    return [_with_shapes(one, data_dir) for one in part] if isinstance(part, list) else part


@lru_cache(maxsize=1)
def _engine() -> Any:
    """The drawing engine, which knows our typeface; a system without Thai fonts needs no other."""
    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
