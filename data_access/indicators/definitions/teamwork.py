"""Working together on a case: professions, conferences, partners and referrals [TW, RF]."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, distinct, func, literal, select

from config.thresholds import whole
from data_access.filters import OF_CASES
from data_access.indicators.definitions.caseload import open_cases
from data_access.indicators.kernel.conditions import covers, with_hits, within
from data_access.indicators.kernel.definition import (
    CLIENTS_BOTH,
    Direction,
    Indicator,
    Kind,
    Ratio,
    Share,
    SqlPeriods,
    Unit,
    each_once,
    variant,
)
from data_access.indicators.kernel.sql import days_between
from data_access.schema.derived import SNAPSHOT

team = SNAPSHOT["case_team"]
conferences = SNAPSHOT["case_conferences"]
services = SNAPSHOT["services"]
referrals = SNAPSHOT["referrals"]
organisations = SNAPSHOT["organisations"]

OWNER = "case_management"


@each_once
def _with_team(ask: SqlPeriods) -> Select[Any]:
    """Cases open on the day; `hit` where as many professions as make a team take part."""
    teams = (
        select(team.c.case_id, *ask.moment)
        .where(covers(team, ask.at))
        .group_by(team.c.case_id, *ask.moment)
        .having(func.count(distinct(team.c.profession)) >= whole("team_size"))
        .subquery("teams")
    )
    return with_hits(open_cases(ask).subquery("opened"), teams, "case_id")


@each_once
def _conferences(ask: SqlPeriods) -> Select[Any]:
    """Cases open on the period's last day; `hit` with a team conference in the period."""
    held = (
        select(conferences.c.case_id, *ask.moment)
        .where(within(conferences.c.held_on, ask.start, ask.end))
        .distinct()
        .subquery("held")
    )
    return with_hits(open_cases(replace(ask, at=ask.end)).subquery("opened"), held, "case_id")


def _services(ask: SqlPeriods) -> Select[Any]:
    """Services given in the period, one row each, by type and by the type of who gave them."""
    return (
        select(
            services.c.case_id.label("unit"),
            services.c.province_code,
            services.c.district_code,
            services.c.target_group,
            services.c.service_type,
            organisations.c.type.label("organisation_type"),
            literal(1).label("weight"),
            *ask.moment,
        )
        .outerjoin(
            organisations, organisations.c.organisation_id == services.c.provider_organisation_id
        )
        .where(within(services.c.given_on, ask.start, ask.end), services.c.given_on <= ask.at)
    )


def _all_services(ask: SqlPeriods) -> Select[Any]:
    """Services without their types: what each type is set against."""
    rows = _services(ask).subquery("all_services")
    return select(*[c for c in rows.c if c.name not in ("service_type", "organisation_type")])


def _referrals_sent(ask: SqlPeriods, hit: ColumnElement[bool]) -> Select[Any]:
    """Referrals sent in the period, by the type of organisation they went to; `hit` as given."""
    return (
        select(
            referrals.c.referral_id.label("unit"),
            referrals.c.province_code,
            referrals.c.district_code,
            referrals.c.target_group,
            organisations.c.type.label("organisation_type"),
            case((hit, 1), else_=0).label("hit"),
            *ask.moment,
        )
        .outerjoin(organisations, organisations.c.organisation_id == referrals.c.to_organisation_id)
        .where(within(referrals.c.sent_on, ask.start, ask.end), referrals.c.sent_on <= ask.at)
    )


@each_once
def _acceptance(ask: SqlPeriods) -> Select[Any]:
    """Only referrals whose days to answer are over: a younger one may still be accepted in time."""
    days = whole("referral_days")
    in_time = days_between(referrals.c.sent_on, referrals.c.accepted_on) <= days
    known = and_(referrals.c.accepted_on.is_not(None), referrals.c.accepted_on <= ask.at)
    return _referrals_sent(ask, and_(known, in_time)).where(
        days_between(referrals.c.sent_on, ask.at) >= days
    )


@each_once
def _closed_loop(ask: SqlPeriods) -> Select[Any]:
    return _referrals_sent(
        ask, and_(referrals.c.result_on.is_not(None), referrals.c.result_on <= ask.at)
    )


TEAM_PARTICIPATION = Indicator(
    name="team_participation",
    code="TW-1",
    measure=Share(_with_team),
    kind=Kind.STOCK,
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    client_counts=CLIENTS_BOTH,
    empty_reason="no_open_cases",
    breakdowns=("target_group",),
    needs=("case_team",),
    owner=OWNER,
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    filters=OF_CASES,
    source="S1-15, S4-19",
)
CASE_CONFERENCES_HELD = variant(
    TEAM_PARTICIPATION,
    name="case_conferences_held",
    code="TW-2",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_conferences),
    kind=Kind.FLOW,
    needs=("case_conferences",),
    source="S1-16",
)
PARTNER_MIX = variant(
    TEAM_PARTICIPATION,
    name="partner_mix",
    code="TW-3",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Ratio(_services, _all_services, per=100),
    kind=Kind.FLOW,
    direction=Direction.NEUTRAL,
    empty_reason="no_services",
    breakdowns=("organisation_type", "service_type"),
    always_by="organisation_type",
    needs=("services", "organisations"),
    source="S4-20",
)
REFERRALS_ACCEPTED = variant(
    TEAM_PARTICIPATION,
    name="referrals_accepted",
    code="RF-1",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_acceptance),
    kind=Kind.FLOW,
    empty_reason="no_referrals",
    breakdowns=("organisation_type", "target_group"),
    needs=("referrals",),
    source="S4-20",
)
REFERRALS_CLOSED_LOOP = variant(
    REFERRALS_ACCEPTED,
    name="referrals_closed_loop",
    code="RF-2",
    reviewed_on="2026-10-01",
    checked_by="strategy",
    next_review="2027-10-01",
    measure=Share(_closed_loop),
    source="W10",
)

INDICATORS = (
    TEAM_PARTICIPATION,
    CASE_CONFERENCES_HELD,
    PARTNER_MIX,
    REFERRALS_ACCEPTED,
    REFERRALS_CLOSED_LOOP,
)
