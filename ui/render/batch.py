"""The same document for each area of a level, one file each: 77 profiles for a meeting.

The first is made alone: it asks for the answers of all areas. Two are then made at a time, for
setting type and drawing leave Python free for the next document.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from ui.blocks import Page
from ui.render.about import file_name
from ui.render.media import renderer
from ui.state.page_context import View

AT_ONCE = 2
MakeDocument = Callable[[View], tuple[Page, View]]


def write_each(
    medium: str, document: MakeDocument, view: View, codes: Iterable[str], folder: Path
) -> Iterator[Path]:
    """Write a file for each area into a folder and give each as it is finished."""
    folder.mkdir(parents=True, exist_ok=True)

    def write(code: str) -> Path:
        page, own = document(replace(view, filters=view.filters.at(code)))
        path = folder / f"{code}_{file_name(page, own, medium)}"
        path.write_bytes(renderer(medium)(page, own) or b"")
        return path

    first, *others = codes
    yield write(first)
    with ThreadPoolExecutor(AT_ONCE) as makers:
        yield from makers.map(write, others)
