"""The export menu of a page: files with the filters and the scope of the screen, and its link.

No file is made before it is asked for, and then beside the page, not in its run: whoever exports
goes on reading, and so does everybody else. Files that take a while say how far they are.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from config.i18n import t
from ui.blocks import Page
from ui.queries.page_queries import view_key
from ui.render import documents, export_jobs, exports, links
from ui.render.about import file_name
from ui.render.export_jobs import Job, MakeDocument
from ui.render.exports import Kind
from ui.render.streamlit import slides
from ui.render.streamlit.templating import html
from ui.state import session, url_state
from ui.state.page_context import View
from ui.text.official import Writing

JOB = "export.job"
Check = Callable[[], None]
LOOK_SECONDS = 0.5
PDF = Kind("pdf")


def draw(page: Page, view: View) -> None:
    """Draw the menu; what is in it is made once it is opened."""
    lang = view.lang
    fold = st.popover(
        t("export.menu", lang),
        icon=":material/download:",
        type="tertiary",
        key="export_menu",
        on_change="rerun",
    )
    if not fold.open:
        return
    page, view = page.files() if page.files else (page, view)
    check = session.scope_check()
    with fold:
        st.caption(t("export.help", lang))
        view = _as_written(view)
        for kind in exports.KINDS:
            _button(kind, page, view, check)
        for name, (_, beside) in documents.PAPERS.items():
            if beside == page.key:
                _paper_button(name, view, check)
        _job_of(view)
        if url_state.page() != "present":
            slides.add_button("", view, "page")
        address = links.address(page, view)
        picture = links.qr_data(address)
        label = t("export.link", lang)
        st.html(html("qr", label=label, address=address, picture=picture))


def _as_written(view: View) -> View:
    """The view with the writing that the switch above the files asks for."""
    lang = view.lang
    if not st.toggle(t("export.official", lang), key="export_official"):
        return view
    return replace(view, writing=Writing(thai_digits=lang == "th", long_dates=True))


def _button(kind: Kind, page: Page, view: View, check: Check) -> None:
    label, key = t(f"export.{kind.medium}", view.lang), f"export_{kind.medium}"
    if kind.medium in exports.AT_A_PRESS:
        st.download_button(
            label,
            data=partial(exports.content, kind, page, view, check),
            file_name=file_name(page, view, kind.medium),
            mime=kind.media_type,
            on_click="ignore",
            key=key,
            width="stretch",
        )
        return
    job = Job(_key(view), file_name(page, view, kind.medium), kind)
    st.button(
        label, key=key, width="stretch", on_click=_begin, args=(job, lambda: (page, view), check)
    )


def _paper_button(name: str, view: View, check: Check) -> None:
    """A paper beside the page: its document is made with the file, not with the menu."""
    label = t(f"paper.{name}", view.lang)
    job = Job(_key(view), documents.paper_file(name, view), PDF)
    make = partial(documents.paper, name, view)
    st.button(
        label, key=f"export_{name}", width="stretch", on_click=_begin, args=(job, make, check)
    )


def _key(view: View) -> str:
    return f"{url_state.page()} {view_key(view)} {sorted(view.options.items())} {view.writing}"


def _begin(job: Job, document: MakeDocument, check: Check) -> None:
    """Begin a file; one that this visitor began before is let go."""
    _let_go()
    st.session_state[JOB] = export_jobs.start(job, document, check)


def _let_go() -> None:
    job = st.session_state.pop(JOB, None)
    if isinstance(job, Job):
        job.cancel()


def _job_of(view: View) -> None:
    """What becomes of the file that was asked for with these filters; of other filters it is let
    go."""
    job = st.session_state.get(JOB)
    if not isinstance(job, Job):
        return
    if job.key != _key(view):
        _let_go()
    elif job.open:
        st.fragment(_progress, run_every=LOOK_SECONDS)(job, view)
    else:
        _outcome(job, view)


def _progress(job: Job, view: View) -> None:
    if not job.open:
        st.rerun()
    words = t(f"export.job.{job.answer}", view.lang, name=job.name)
    st.progress(min(job.progress.share, 1.0), text=words)
    st.button(
        t("export.job.cancel", view.lang),
        icon=":material/close:",
        key="export_cancel",
        on_click=job.cancel,
        width="stretch",
    )


def _outcome(job: Job, view: View) -> None:
    if job.answer != "ready":
        st.caption(t(f"export.job.{job.answer}", view.lang, name=job.name))
        return
    st.download_button(
        t("export.job.ready", view.lang, name=job.name),
        data=job.content,
        file_name=job.name,
        mime=job.kind.media_type,
        on_click="ignore",
        key="export_ready",
        type="primary",
        width="stretch",
    )
