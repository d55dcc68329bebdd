"""The switch that every ranked picture has: what its areas are set against, as a mark in each bar.

A number of people or cases is not set against a region or the country, which have more of both.
"""

from dataclasses import dataclass, replace
from typing import TypeVar, cast

import pandas as pd

from config import numbers
from config.i18n import t
from config.neighbours import neighbour_rules
from data_access.indicators import registry
from ui.blocks import Choice, Column
from ui.blocks.content import Tabular
from ui.charts import bars
from ui.maps.classes import WHOLE_UNITS
from ui.queries import company
from ui.queries.company import Against, Mark
from ui.sections.shared import area_table
from ui.state.page_context import View
from ui.text import area_names

T = TypeVar("T", bound=Tabular)
OWN: Mark = "own"
MARKS: tuple[Mark, ...] = ("own", "neighbours", "region", "country")


@dataclass(frozen=True)
class Comparison:
    """What one ranked picture is set against: the switch, and the values by province."""

    view: View
    name: str
    mark: Mark
    choice: Choice
    against: Against

    def beside(self, block: T) -> T:
        """Give a chart or table whose rows and note have the marks too."""
        if self.mark == OWN:
            return block
        form = area_table.FORMS.get(registry.get(self.name).unit, "decimal")
        column = Column("against", t(f"company.column.{self.mark}", self.view.lang), form)
        *listed, state = block.columns
        lines = [line for line in (block.note, self.note()) if line]
        return replace(
            block,
            frame=lambda: _with_marks(block.rows(), self.against),
            size=block.count,
            columns=[*listed, column, state],
            note=t("tables.joint", self.view.lang).join(lines),
        )

    def note(self) -> str:
        """Give what the marks are, and how many values are not in them; empty without marks."""
        if self.mark == OWN:
            return ""
        if not self.against.values:
            return t("company.nothing", self.view.lang)
        if self.mark != "neighbours":
            return t(f"company.note.{self.mark}", self.view.lang)
        province = self.view.filters.province
        return self._of_one(province) if province else self._of_all()

    def _of_one(self, province: str) -> str:
        lang, listed = self.view.lang, company.similar(self.view)
        codes = listed.loc[listed["province_code"] == province, "neighbour_code"]
        said = {
            "area": area_names.full_name(province, lang),
            "names": t("tables.joint", lang).join(area_names.short_name(c, lang) for c in codes),
        }
        without = self.against.left_out.get(province, 0)
        if not without:
            return t("company.note.all_neighbours_of", lang, **said)
        left_out = numbers.count(without, lang)
        return t("company.note.neighbours_of", lang, **said, left_out=left_out)

    def _of_all(self) -> str:
        lang = self.view.lang
        without = sum(self.against.left_out.values())
        count = numbers.count(neighbour_rules().count, lang)
        if not without:
            return t("company.note.all_neighbours", lang, count=count)
        left_out = numbers.count(without, lang)
        return t("company.note.neighbours", lang, count=count, left_out=left_out)


def comparison(view: View, name: str, key: str, *, role: str | None = None) -> Comparison:
    """Give what the picture with this key is set against, as the address has it; `role` where it is
    of one role only."""
    whole = str(registry.get(name).unit) in WHOLE_UNITS
    offered = MARKS[:2] if whole else MARKS
    mark = cast(Mark, view.option(f"{key}_mark", offered, OWN))
    choice = Choice(
        param=f"{key}_mark",
        label=t("company.label", view.lang),
        options={code: t(f"company.option.{code}", view.lang) for code in offered},
        now=mark,
        usual=OWN,
        label_hidden=True,
    )
    return Comparison(view, name, mark, choice, company.against(view, name, mark, role))


def rows_with_marks(
    view: View, name: str, rows: pd.DataFrame, mark: Mark, *, role: str | None = None
) -> pd.DataFrame:
    """Give rows of areas with what each is set against; as they are where nothing is."""
    return rows if mark == OWN else _with_marks(rows, company.against(view, name, mark, role))


def labels(view: View, mark: Mark, bold: str | None = None) -> bars.Labels:
    """Give the words of bars that bear marks."""
    return bars.Labels(
        bold=bold, against="" if mark == OWN else t(f"company.legend.{mark}", view.lang)
    )


def _with_marks(rows: pd.DataFrame, against: Against) -> pd.DataFrame:
    values = [against.of(str(code)) for code in rows["area_code"]]
    return rows.assign(against=pd.array(values, dtype="Float64"))
