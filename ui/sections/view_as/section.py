"""What one person gets: the grant in words, and how much of each answer that scope shows."""

import hashlib

import pandas as pd

from config import access as access_file
from config.access import Access, Grant
from config.i18n import t
from config.settings import load
from config.thai_calendar import format_date
from data_access import roles
from data_access.indicators import registry
from data_access.roles import NoPermission, Visitor
from data_access.scope import Scope
from data_access.status import Status
from ui.blocks import Blocks, Choice, Column, Facts, Page, Table, Text
from ui.queries import query_cache
from ui.state.page_context import View
from ui.text import area_names, provenance
from ui.text.role_names import role_name

PARAM = "person"
# One of each kind: clients by district, a share, a count of staff, a course.
ANSWERS = ("follow_up_overdue", "plan_coverage", "families_per_case_manager", "unassigned_families")
LISTS = ("overdue_visits", "undecided_screenings", "waiting_referrals", "cases_without_plan")


def page(view: View) -> Page:
    """Give the page: whose view, the grant, and counts of rows and hidden cells."""
    people = grants(view)
    usual = next(iter(people), "")
    person = view.option(PARAM, tuple(people), usual)
    return Page(
        key="view_as",
        title=t("page.view_as.title", view.lang),
        lead=t("page.view_as.sentence", view.lang),
        blocks=(choice(view, people, person, usual), *entry(view, people.get(person)))
        if people
        else (Text(t("page.view_as.nobody", view.lang), "notice"),),
        filters=False,
    )


def grant_choice(view: View) -> str | None:
    """Give the user that the page is about; None where there is no grant."""
    people = grants(view)
    asked = view.options.get(PARAM, "")
    grant = people.get(asked) or next(iter(people.values()), None)
    return grant.user if grant else None


def grants(view: View) -> dict[str, Grant]:
    """Give the grants by a short code, so that no person's name gets into an address."""
    access = _access()
    listed = (*access.grants, *(access.sample_grants if view.snapshot.synthetic else ()))
    return {code_of(grant.user): grant for grant in listed}


def code_of(user: str) -> str:
    """Give the code that stands for a user in an address."""
    return f"u{hashlib.sha256(user.encode()).hexdigest()[:10]}"


def choice(view: View, people: dict[str, Grant], person: str, usual: str) -> Choice:
    """Give the list of people to choose from."""
    return Choice(
        param=PARAM,
        label=t("page.view_as.person", view.lang),
        options={code: grant.user for code, grant in people.items()},
        now=person,
        usual=usual,
        form="list",
    )


def entry(view: View, grant: Grant | None) -> Blocks:
    """Give what one grant means at this moment: facts, then how much is shown; or why nothing."""
    if grant is None:
        return ()
    try:
        settings = load()
        person = roles.visitor(
            grant.user,
            _access(),
            hide_below=settings.hide_below,
            today=settings.today,
            synthetic=view.snapshot.synthetic,
        )
    except NoPermission as refusal:
        contact = _access().contact(view.lang)
        text = t(f"refused.{refusal.reason}", view.lang, user=grant.user, contact=contact)
        return (Text(text, "notice"),)
    return Facts(facts(view, grant, person)), counts(view, person.scope)


def facts(view: View, grant: Grant, person: Visitor) -> list[tuple[str, str]]:
    """Give role, what is seen everywhere, own areas and the last day, with their labels."""
    lang, scope = view.lang, person.scope
    codes = sorted(scope.own_provinces | scope.own_districts)
    own = ", ".join(area_names.full_name(code, lang) for code in codes)
    everywhere = "public" if scope.nation else "nothing"
    pairs = {
        "role": role_name(person.role, lang),
        "everywhere": t(f"page.view_as.everywhere_{everywhere}", lang),
        "own": own or t("page.view_as.no_own", lang),
        "until": format_date(grant.until, lang) if grant.until else t("page.view_as.no_end", lang),
    }
    return [(t(f"page.view_as.{name}", lang), text) for name, text in pairs.items()]


def counts(view: View, scope: Scope) -> Table:
    """Give, for answers and lists, how many cells or rows there are and how many are not shown."""
    rows = [_cells(view, scope, name) for name in ANSWERS]
    rows += [_list(view, scope, name) for name in LISTS]
    forms = dict.fromkeys(("rows", "shown", "hidden", "closed", "empty"), "count")
    return Table(
        key="view_as_counts",
        title=t("page.view_as.counts", view.lang),
        frame=pd.DataFrame(rows),
        columns=[
            Column(n, t(f"page.view_as.column.{n}", view.lang), forms.get(n, "text"))
            for n in ("answer", *forms)
        ],
        provenance=provenance.lines(view),
        note=t("page.view_as.counts_note", view.lang),
    )


def _cells(view: View, scope: Scope, name: str) -> dict[str, object]:
    by = "district" if registry.get(name).by_district else "province"
    query = view.filters.query("district" if by == "district" else "province")
    status = query_cache.indicator(name, query, scope, view.snapshot)["status"]
    kinds = {"shown": Status.SHOWN, "hidden": Status.HIDDEN, "closed": Status.NOT_PERMITTED}
    counted = {kind: int((status == code).sum()) for kind, code in kinds.items()}
    return {
        "answer": t(f"indicator.{name}.title", view.lang),
        "rows": len(status),
        **counted,
        "empty": len(status) - sum(counted.values()),
    }


def _list(view: View, scope: Scope, name: str) -> dict[str, object]:
    rows = len(query_cache.listing(name, view.filters.query(), scope, view.snapshot))
    answer = t(f"cli.list.{name}", view.lang)
    return {
        "answer": answer,
        "rows": rows,
        "shown": rows,
        "hidden": None,
        "closed": None,
        "empty": None,
    }


def _access() -> Access:
    """The grants as they stand."""
    return access_file.load(load().access)
