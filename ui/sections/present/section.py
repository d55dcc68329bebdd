"""Present: which deck of slides, on which data, for a wall and as files."""

from dataclasses import replace

from config.i18n import t
from config.thai_calendar import format_date
from data_access import queries, snapshot
from data_access.snapshot import SnapshotInfo
from ui.blocks import Choice, Page, Slides, Text
from ui.seminar import deck as decks
from ui.seminar import own
from ui.seminar.deck import Slide
from ui.seminar.document import document
from ui.state.filter_state import from_params
from ui.state.page_context import View

USUAL = "executive_quarterly"


def page(view: View) -> Page:
    """Give the page: choice of deck and data, the slides with their ways to begin, their files."""
    kept = {one.snapshot_id: one for one in snapshot.snapshots(view.data_dir)}
    live = next(iter(kept))
    name = view.option("deck", (*decks.ready(), own.NAME), USUAL)
    frozen = kept[view.option("snapshot", tuple(kept), live)]
    deck = own.current() if name == own.NAME else decks.ready()[name]
    return Page(
        key="present",
        title=t("page.present.title", view.lang),
        lead=t("page.present.sentence", view.lang),
        blocks=(
            _deck_choice(view, name),
            _snapshot_choice(view, kept, frozen, live),
            Slides(
                deck=name,
                snapshot=frozen.snapshot_id,
                titles=tuple(title(slide, view) for slide in deck.slides),
                own=name == own.NAME,
            ),
            Text(t("page.present.level", view.lang)),
        ),
        files=lambda: document(deck, _on(view, frozen)),
    )


def title(slide: Slide, view: View) -> str:
    """Give what a list of slides says of one: its title, else its page and block."""
    if said := slide.title.get(view.lang):
        return said
    page_title = t(f"page.{slide.page}.title", view.lang)
    return t("deck.block_of", view.lang, page=page_title, block=slide.block or "—")


def _deck_choice(view: View, name: str) -> Choice:
    ready = {key: deck.title[view.lang] for key, deck in decks.ready().items()}
    return Choice(
        param="deck",
        label=t("page.present.deck", view.lang),
        options={**ready, own.NAME: t("deck.own", view.lang)},
        now=name,
        usual=USUAL,
        form="list",
    )


def _snapshot_choice(
    view: View, snapshots: dict[str, SnapshotInfo], frozen: SnapshotInfo, live: str
) -> Choice:
    lang = view.lang

    def words(info: SnapshotInfo) -> str:
        key = "live" if info.snapshot_id == live else "older"
        as_of = format_date(info.as_of, lang)
        loaded = format_date(info.built_at.date(), lang)
        clock = f"{info.built_at:%H:%M}"
        return t(f"page.present.{key}", lang, as_of=as_of, loaded=loaded, clock=clock)

    return Choice(
        param="snapshot",
        label=t("page.present.snapshot", lang),
        options={code: words(info) for code, info in snapshots.items()},
        now=frozen.snapshot_id,
        usual=live,
        form="list",
    )


def _on(view: View, info: SnapshotInfo) -> View:
    """The view on another snapshot, with the filters that its data offer."""
    if info == view.snapshot:
        return view
    years = queries.fiscal_years(scope=view.scope, snapshot=info)
    filters, _ = from_params(view.filters.params(), info.as_of, years)
    return replace(view, snapshot=info, filters=filters)
