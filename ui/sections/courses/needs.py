"""Who still needs which course: by role, and by province as the list to nominate from."""

from typing import Any

import pandas as pd

from config import numbers
from config.i18n import t
from ui.blocks import Chart, Column, Table
from ui.charts import pairs
from ui.queries import page_queries
from ui.queries.page_queries import cached_view
from ui.state.page_context import View
from ui.text import area_names, messages, provenance

COVERAGE = "training_coverage"


def needs(view: View) -> pd.DataFrame:
    """Give who still needs training in the chosen area: one row per role, most first."""
    found = page_queries.listing(view, "course_needs")
    return found.assign(missing=found["people"] - found["trained"]).sort_values(
        "missing", ascending=False, ignore_index=True
    )


def by_role(view: View) -> Chart:
    """Give the people who passed and those who still need a course, by role."""
    return Chart(
        key="course_needs",
        title=t("page.courses.needs", view.lang),
        spec=lambda: _need_spec(view),
        frame=with_words(needs(view), view),
        columns=_need_columns(view),
        provenance=provenance.lines(view, near=COVERAGE),
        caveat=t("page.courses.needs_caveat", view.lang),
        not_followed=page_queries.not_followed_text(view, "course_needs"),
    )


@cached_view
def _need_spec(view: View) -> dict[str, Any]:
    rows = with_words(needs(view), view)
    series = [
        ("missing", t("page.courses.missing", view.lang)),
        ("trained", t("page.courses.trained", view.lang)),
    ]
    return pairs.side_by_side(rows, series=series, lang=view.lang, theme=view.theme)


def by_province(view: View) -> Table:
    """Give the people who still need a course of every province and role: the nomination list."""
    found = page_queries.listing(view, "course_needs", area="province")
    rows = found.assign(missing=found["people"] - found["trained"])
    rows = rows[rows["missing"] > 0].sort_values("missing", ascending=False)
    return Table(
        key="course_needs_by_province",
        title=t("page.courses.by_province", view.lang),
        frame=with_words(rows, view).assign(
            province=[area_names.short_name(code, view.lang) for code in rows["province_code"]]
        ),
        columns=[Column("province", t("filter.province", view.lang)), *_need_columns(view)],
        provenance=provenance.lines(view),
        not_followed=page_queries.not_followed_text(view, "course_needs"),
        empty=messages.nothing_to_list(view.lang),
    )


def _need_columns(view: View) -> list[Column]:
    return [
        Column("role_name", t("filter.role", view.lang)),
        Column("course", t("page.courses.course", view.lang), width="medium"),
        Column("people", t("page.courses.in_post", view.lang), "count"),
        Column("trained", t("page.courses.trained", view.lang), "count"),
        Column("missing", t("page.courses.missing", view.lang), "count"),
    ]


def with_words(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Give the rows with the role and its qualifying courses in words, any of which is enough."""
    listed = page_queries.whole(view, "courses")
    listed = listed[listed["qualifying"].astype("bool")]
    courses: dict[str, list[str]] = {}
    for _, line in listed.iterrows():
        courses.setdefault(str(line["target_role"]), []).append(course_name(line, view))
    joint = f" {t('page.courses.either', view.lang)} "
    roles = [t(f"code.target_role.{code}", view.lang) for code in frame["role"]]
    names = [joint.join(courses.get(code, [])) for code in frame["role"]]
    return frame.assign(role_name=roles, course=names, label=roles)


def course_name(line: "pd.Series[Any]", view: View) -> str:
    """Give a course's name; the Thai one where it has no other."""
    name = line["name_en"] if view.lang == "en" else line["name_th"]
    return str(line["name_th"] if numbers.is_missing(name) else name)
