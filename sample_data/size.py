"""How much is generated: the demo of the sources' own size, or a share of the nation."""

from dataclasses import dataclass

from config.i18n import Lang, t

DEMO = "demo"

# Staff besides case managers: the demo's numbers, and those of the nation at scale 1.
DEMO_STAFF = {
    "cm_supervisor": 84,
    "social_worker": 420,
    "social_worker_assistant": 260,
    "social_development_officer": 360,
    "lao_practitioner": 1_560,
    "destitute_centre_staff": 240,
    "one_home_team": 320,
}
NATION_STAFF = {
    "cm_supervisor": 3_000,
    "social_worker": 7_000,
    "social_worker_assistant": 6_000,
    "social_development_officer": 6_000,
    "lao_practitioner": 16_000,
    "destitute_centre_staff": 2_500,
    "one_home_team": 4_000,
}


class ScaleProblem(ValueError):
    """A scale that cannot be generated; `text(lang)` says what to write instead."""

    def __init__(self, value: str) -> None:
        self.seen = value
        super().__init__(self.text("en"))

    def text(self, lang: Lang) -> str:
        """One sentence: what is wrong, what was seen, an example."""
        return t("sample_data.scale_problem", lang, seen=self.seen)


@dataclass(frozen=True)
class Size:
    """Numbers of rows and people that a generation aims at.

    `families` are those under care on the as-of date, `case_managers` those in post on it; `cases`
    and `follow_ups` span the whole history. `enrolments` counts seats of all cohorts together.
    """

    label: str
    case_managers: int
    families: int
    cases: int
    follow_ups: int
    volunteers: int
    activities: int
    enrolments: int
    staff: dict[str, int]
    # At least so many staff of destitute-protection centres and One Home teams in every province.
    least_staff: int = 0
    # A programme that has begun in some districts only: about so many families in each; 0: in all.
    families_per_district: int = 0
    # Faults as real offices make them: see `flaws`.
    with_flaws: bool = False

    @property
    def longest_table(self) -> int:
        """About the rows of the longest table, assessments: five dimensions, some of them twice."""
        return max(6 * self.cases, self.follow_ups)


DEMO_SIZE = Size(
    label=DEMO,
    case_managers=432,
    families=5_000,
    cases=60_000,
    follow_ups=300_000,
    volunteers=133_253,
    activities=320_000,
    enrolments=18_000,
    staff=DEMO_STAFF,
    least_staff=3,
    families_per_district=28,
    with_flaws=True,
)


def share_of_nation(scale: float) -> Size:
    """The nation's numbers times `scale`: 1 is 4 million cases and 20 million follow-ups."""
    return Size(
        label=f"{scale:g}",
        case_managers=max(1, round(28_000 * scale)),
        families=max(1, round(300_000 * scale)),
        cases=max(2, round(4_000_000 * scale)),
        follow_ups=round(20_000_000 * scale),
        volunteers=max(1, round(133_253 * scale)),
        activities=round(2_000_000 * scale),
        enrolments=round(500_000 * scale),
        staff={role: round(number * scale) for role, number in NATION_STAFF.items()},
    )


def size_of(text: str) -> Size:
    """The size named by `demo` or by a positive number such as 0.01."""
    if text == DEMO:
        return DEMO_SIZE
    try:
        scale = float(text)
    except ValueError:
        raise ScaleProblem(text) from None
    if not 0 < scale <= 100:
        raise ScaleProblem(text)
    return share_of_nation(scale)
