"""Lists that stand behind cards of more than one page."""

import pandas as pd

from config.i18n import t
from config.thresholds import threshold
from ui.blocks import Blocks, List
from ui.queries import page_queries
from ui.sections.shared import area_table, parts
from ui.state.page_context import View
from ui.text import messages, provenance

RATIO = "families_per_case_manager"
GROUP = "families_in_care"
COMPLETION = "follow_up_completion"
SHARE = "training_coverage"


def ratio_list(view: View) -> Blocks:
    """Give every area with its families, its case managers and its ratio."""
    return parts.area_list(view, RATIO, page_queries.areas(view, RATIO), key="caseload_all")


def group_list(view: View) -> Blocks:
    """Give the areas with the families of the chosen target group and their share of all."""
    return parts.area_list(view, GROUP, page_queries.areas(view, GROUP), key="caseload_group")


def over_list(view: View) -> Blocks:
    """Give the areas behind "over the norm": above ten, or with families and nobody for them."""
    frame = page_queries.areas(view, RATIO)
    nobody = (frame["reason"] == "no_case_manager") & (frame["numerator"].fillna(0) > 0)
    over = frame["value"].fillna(0) > threshold("caseload_norm").value
    return parts.area_list(view, RATIO, frame[over | nobody], key="caseload_over")


def done_list(view: View) -> Blocks:
    """Give the areas by the share of follow-ups done, lowest first."""
    frame = page_queries.areas(view, COMPLETION)
    return parts.area_list(view, COMPLETION, frame, key="follow_up_done", worst="low")


def untrained_areas(view: View) -> pd.DataFrame:
    """Give the areas that have people to train and nobody trained."""
    frame = page_queries.areas(view, SHARE)
    return frame[(frame["denominator"].fillna(0) > 0) & (frame["numerator"] == 0)]


def untrained_list(view: View) -> Blocks:
    """Give the areas where there are people to train and nobody is trained, as a list."""
    frame = untrained_areas(view)
    return (
        List(
            key="training_without_trained",
            title=t("page.training.without_trained", view.lang),
            frame=lambda: area_table.rows(frame, view.lang, SHARE),
            size=len(frame),
            columns=area_table.columns(SHARE, view.lang),
            provenance=provenance.lines(view, SHARE),
            not_followed=page_queries.not_followed_text(view, SHARE),
            empty=messages.nothing_to_list(view.lang),
        ),
    )
