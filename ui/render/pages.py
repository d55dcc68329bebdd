"""The pages as data: one line each, grouped by the user they are for.

A new page is a file below pages/, a folder of the same key below ui/sections/, one line here, and
its words in both languages.
"""

from dataclasses import dataclass

from config.i18n import Lang, has, t


@dataclass(frozen=True)
class PageSpec:
    """One page: its key (address, section and text keys), its group, its file, who may open it.

    `roles` are the roles that may open it, beside those that administer; empty for everybody.
    """

    key: str
    group: str
    file: str
    roles: tuple[str, ...] = ()

    def open_to(self, role: str, *, administers: bool) -> bool:
        """Tell whether somebody with this role may open the page, and finds it in the menu."""
        return not self.roles or administers or role in self.roles

    def title(self, lang: Lang) -> str:
        """Give the title above the page."""
        return t(f"page.{self.key}.title", lang)

    def label(self, lang: Lang) -> str:
        """Give the title in the menu: shorter where it has one that fits a line."""
        short = f"page.{self.key}.menu"
        return t(short, lang) if has(short) else self.title(lang)

    def tab_title(self, area: str, lang: Lang) -> str:
        """Give the title of the browser's tab: page, area ("" for the country) and system."""
        words = {"page": self.label(lang), "name": t("app.short_name", lang)}
        return t("app.tab_area", lang, area=area, **words) if area else t("app.tab", lang, **words)

    @property
    def section(self) -> str:
        """The module that makes the page as a document."""
        return f"ui.sections.{self.key}.section"


PAGES = (
    PageSpec("overview", "executive", "pages/executive/overview.py"),
    PageSpec("province_map", "executive", "pages/executive/province_map.py"),
    PageSpec("map_compare", "executive", "pages/executive/map_compare.py"),
    PageSpec("ahead", "executive", "pages/executive/ahead.py"),
    PageSpec("desk", "coordination", "pages/coordination/desk.py"),
    PageSpec("commitments", "coordination", "pages/coordination/commitments.py"),
    PageSpec("balance", "coordination", "pages/coordination/balance.py"),
    PageSpec("area", "programmes", "pages/programmes/area.py"),
    PageSpec("caseload", "programmes", "pages/programmes/caseload.py"),
    PageSpec("training", "programmes", "pages/programmes/training.py"),
    PageSpec("follow_up", "programmes", "pages/programmes/follow_up.py"),
    PageSpec("process", "programmes", "pages/programmes/process.py"),
    PageSpec("outcomes", "programmes", "pages/programmes/outcomes.py"),
    PageSpec("teamwork", "programmes", "pages/programmes/teamwork.py"),
    PageSpec("volunteers", "programmes", "pages/programmes/volunteers.py"),
    PageSpec("screening", "programmes", "pages/programmes/screening.py"),
    PageSpec("quality", "programmes", "pages/data/quality.py"),
    PageSpec("present", "seminar", "pages/seminar/present.py"),
    PageSpec("courses", "seminar", "pages/seminar/courses.py"),
    PageSpec("shelters", "seminar", "pages/seminar/shelters.py"),
    PageSpec("lao", "seminar", "pages/seminar/lao.py"),
    PageSpec("indicators", "seminar", "pages/seminar/indicators.py"),
    PageSpec("audit_trail", "admin", "pages/admin/audit_trail.py", ("administrator",)),
    PageSpec("view_as", "admin", "pages/admin/view_as.py", ("administrator",)),
)


def spec(key: str) -> PageSpec:
    """Give the page with this key; KeyError for one that does not exist."""
    known = {page.key: page for page in PAGES}
    if key not in known:
        raise KeyError(f"a page is one of {[*known]}; got: {key!r}")
    return known[key]
