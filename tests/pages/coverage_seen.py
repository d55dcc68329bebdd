"""What a visitor reads on a page: its words gathered from a run of the application."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from tests.support.reading import as_read
from ui.render import pages

# What stands around every page or narrows it: a word there is no content of this page.
AROUND = frozenset({"masthead", "where", "filter_bar", "filters"})
WORDS = frozenset(
    {"title", "header", "subheader", "markdown", "caption", "html", "code", "text", "info"}
)
TAG = re.compile(r"<[^>]+>")
SPACE = re.compile(r"\s+")
# A word as short as this is a part of many others, so it must stand by itself.
SHORT = 12


@dataclass(frozen=True)
class Seen:
    """One page as it was shown: every text on it, and the keys of its elements."""

    title: str
    texts: tuple[str, ...]
    keys: frozenset[str]
    problems: tuple[str, ...]

    def shows(self, words: str) -> bool:
        """Whether one of the texts holds these words; a short word only where it stands alone."""
        wanted = plain(words)
        if len(wanted) > SHORT or " " in wanted:
            return any(wanted in text for text in self.texts)
        alone = re.compile(rf"(?<![ก-๛]){re.escape(wanted)}(?![ก-๛])")
        return any(alone.search(text) for text in self.texts)


def plain(text: str) -> str:
    """A text without tags, entities, Markdown stars and doubled spaces."""
    bare = html.unescape(TAG.sub(" ", as_read(text))).replace("**", "")
    return SPACE.sub(" ", bare).strip()


def opened(app: AppTest, address: str) -> Seen:
    """The page at an address such as `caseload` or `caseload?list=staffing_gap`."""
    key, _, query = address.partition("?")
    app.query_params = {name: values[-1] for name, values in parse_qs(query).items()}
    app.switch_page(pages.spec(key).file).run()
    blocks = list(_content(app.main))
    texts = [plain(text) for node in blocks for text in _texts(node)]
    return Seen(
        title=app.title[0].value if app.title else "",
        texts=tuple(text for text in texts if text),
        keys=frozenset(str(key) for node in blocks if (key := getattr(node, "key", None))),
        problems=tuple(str(one.value) for one in [*app.exception, *app.error]),
    )


def _content(block: Block) -> Iterator[Node]:
    for child in block.children.values():
        if getattr(child, "key", None) in AROUND:
            continue
        yield child
        if isinstance(child, Block):
            yield from _content(child)


def _texts(node: Any) -> Iterable[str]:
    if node.type in WORDS:
        return [str(node.value)]
    match node.type:
        case "expander":
            return [node.label]
        case "dataframe":
            return [*_labels(node.proto.columns), *_cells(node.value)]
        case "vega_lite_chart":
            return _drawn(node.proto)
        case _:
            return []


def _labels(columns: str) -> Iterator[str]:
    for settings in json.loads(columns or "{}").values():
        if isinstance(settings, Mapping) and settings.get("label"):
            yield str(settings["label"])


def _cells(frame: Any) -> Iterator[str]:
    for name in frame.columns:
        yield from (str(cell) for cell in frame[name].dropna().unique())


def _drawn(proto: Any) -> Iterator[str]:
    """The strings of a chart: its marks' words, legends and rows, and its description."""
    yield from _strings(json.loads(proto.spec))
    for one in proto.datasets:
        frame = convert_arrow_bytes_to_pandas_df(one.data.data)
        yield from _cells(frame.select_dtypes(["object", "str"]))


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for inner in part.values():
            yield from _strings(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _strings(inner)
