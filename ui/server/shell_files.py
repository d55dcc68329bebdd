"""What the page's frame needs before the first run: style, scripts, words and the search index.

Each has a name with a hash of its content, so a browser keeps it for good and an upgrade is another
name. Words and search index are files for each language; the index holds what everybody may know:
names of pages, indicators and areas, never a figure.
"""

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from config.i18n import LANGS, Lang, keys, raw, t
from data_access.indicators import registry
from geo import registers
from geo.names import thai_sort_key
from ui.render.pages import PAGES
from ui.render.streamlit import style
from ui.text import area_names

ROUTE = "/shell"
FOREVER = "public, max-age=31536000, immutable"
SCRIPTS = Path(__file__).with_name("shell")
SLIDES_SCRIPT = Path(__file__).with_name("presenting") / "present.js"
_TYPES = {"js": "text/javascript", "css": "text/css", "json": "application/json"}
Entry = dict[str, str]


async def answer(request: Request) -> Response:
    """Give one of the files by its name; 404 for a name that is not, or no longer, one of them."""
    body = _bodies().get(request.path_params["name"])
    if body is None:
        return PlainTextResponse("not found", status_code=404)
    kind = _TYPES[request.path_params["name"].rpartition(".")[2]]
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(gzip.compress(body, mtime=0), media_type=kind, headers=headers)
    return Response(body, media_type=kind, headers=headers)


@cache
def names() -> dict[str, str]:
    """Give the files' names by what they are: "style", "script", "words_th", "index_th", …"""
    return {what: name for what, (name, _) in _make_files().items()}


@cache
def _bodies() -> dict[str, bytes]:
    return dict(_make_files().values())


@cache
def _make_files() -> dict[str, tuple[str, bytes]]:
    scripts = "\n".join(path.read_text("utf-8") for path in sorted(SCRIPTS.glob("*.js")))
    texts = {"style": (style.whole_sheet(), "css"), "script": (scripts, "js")}
    texts["slides"] = (SLIDES_SCRIPT.read_text("utf-8"), "js")
    for lang in LANGS:
        texts[f"words_{lang}"] = (_json(for_the_browser(lang)), "json")
        texts[f"index_{lang}"] = (_json(search_index(lang)), "json")
    made = {}
    for what, (text, kind) in texts.items():
        body = text.encode()
        made[what] = (f"{what}-{hashlib.sha256(body).hexdigest()[:12]}.{kind}", body)
    return made


def for_the_browser(lang: Lang) -> dict[str, object]:
    """Give the words that scripts say, and what they say instead of Streamlit."""
    return {
        "words": {
            key.removeprefix("shell.browser."): raw(key, lang) for key in _under("shell.browser")
        },
        "streamlit": {
            key.removeprefix("shell.streamlit."): raw(key, lang)
            for key in _under("shell.streamlit")
        },
    }


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _under(part: str) -> list[str]:
    return sorted(key for key in keys("th") if key.startswith(f"{part}."))


def search_index(lang: Lang) -> list[Entry]:
    """Give what can be searched for: `kind`, `name`, `other` (its name in the other language), and
    the `page` or the codes that lead there, and the areas it lies `within`; areas as a dictionary
    of the language sorts them."""
    other: Lang = "en" if lang == "th" else "th"
    found = [
        {"kind": "page", "name": p.label(lang), "other": f"{p.title(lang)} {p.label(other)}",
         "page": "" if p is PAGES[0] else p.key}
        for p in PAGES
        if p.open_to("", administers=False)
    ]  # fmt: skip
    for name in registry.INDICATORS:
        title = f"indicator.{name}.title"
        codes = f"indicator={name}"
        found.append(
            {"kind": "indicator", "name": t(title, lang), "other": t(title, other),
             "page": "indicators", "codes": codes}
        )  # fmt: skip
    for kind, codes_of in _areas().items():
        named = [(area_names.name_with_province(code, lang), code) for code in codes_of]
        found += [
            {"kind": kind, "name": name, "other": area_names.short_name(code, other),
             "codes": f"{kind}={code}", "within": _within(kind, code)}
            for name, code in sorted(named, key=lambda one: thai_sort_key(one[0]))
        ]  # fmt: skip
    return found


def _within(kind: str, code: str) -> str:
    """The codes of the wider areas of a place, each followed by a comma."""
    if kind == "region":
        return ""
    region = registers.region_of(code[:2])
    return f"{region}," if kind == "province" else f"{region},{code[:2]},"


def _areas() -> dict[str, list[str]]:
    return {
        "region": list(registers.REGIONS),
        "province": [p.code for p in registers.provinces()],
        "district": [d.code for d in registers.districts()],
    }
