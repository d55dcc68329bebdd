"""The code lists of the exchange format: which codes each coded column may hold.

Labels in both languages are text keys `code.<list>.<code>`; a test checks that every code has one.
Source: the exchange format agreed with the department, and the domain notes behind it.
"""

CODES: dict[str, tuple[str, ...]] = {
    "sex": ("F", "M", "U"),
    "role": (
        "case_manager",
        "cm_supervisor",
        "social_worker",
        "social_worker_assistant",
        "social_development_officer",
        "lao_practitioner",
        "destitute_centre_staff",
        "one_home_team",
    ),
    # Courses may also be aimed at volunteers, who hold no post.
    "target_role": (
        "case_manager",
        "cm_supervisor",
        "social_worker",
        "social_worker_assistant",
        "social_development_officer",
        "lao_practitioner",
        "destitute_centre_staff",
        "one_home_team",
        "volunteer",
    ),
    "level": ("village", "tambon", "district", "province"),
    "duty": ("promote", "advise", "coordinate", "follow_up", "watch", "prevent"),
    "target_group": (
        "child",
        "youth",
        "working_age",
        "elder",
        "destitute_elder",
        "disabled",
        "homeless",
        "beggar",
        "woman_family",
        "poor_family",
        "violence",
        "displaced",
    ),
    "stage": ("intake", "assessment", "planning", "implementation", "follow_up", "closed"),
    "intake_channel": (
        "hotline_1300",
        "online",
        "walk_in",
        "survey",
        "lao",
        "volunteer",
        "referral",
        "other",
    ),
    "closure_reason": (
        "self_reliant",
        "transferred",
        "deceased",
        "moved",
        "lost",
        "declined",
        "ineligible",
    ),
    "dimension": ("income", "housing", "health", "education", "access"),
    "method": ("home_visit", "phone", "office", "network", "team_meeting", "documents"),
    "outcome": ("improved", "same", "worse", "urgent", "lost", "moved", "declined"),
    "profession": ("social_worker", "psychologist", "doctor", "nurse", "teacher", "other"),
    "service_type": ("counselling", "training", "job_placement", "financial", "other"),
    "mode": ("onsite", "online", "hybrid", "self_study", "seminar", "workshop", "exchange"),
    "skill": (
        "observation",
        "questioning",
        "interviewing",
        "home_visit",
        "child_activities",
        "child_protection",
        "protection_assessment",
        "recording",
        "coordination",
        "case_management",
        "leadership",
        "social_work",
        "listening",
        "empathy",
        "needs_assessment",
        "resource_management",
        "law",
        "crisis",
    ),
    "skill_status": ("gained", "wanted"),
    "recommendation_kind": ("recommendation", "policy_proposal", "best_practice"),
    "recommendation_status": ("open", "doing", "done"),
    "date_precision": ("day", "month", "year"),
    # Where a row comes from: a document that its source names, the sender's system (also where the
    # cell is empty), or invention for trying things out.
    "provenance": ("document", "system", "synthetic"),
    "reported_qualifier": ("exact", "more_than", "about"),
    "person_type": ("worker", "volunteer", "unregistered"),
    "term": ("short", "long"),
    # Not in the exchange format: bands that indicators and pages group by, in their order.
    "age_band": ("due_today", "1-7", "8-30", "31-90", "91-180", "181-365", "366+"),
}

# Events that are no training: their participants and dates stand apart from training totals.
EVENT_MODES = ("seminar", "workshop", "exchange")

UNKNOWN = "unknown"  # the group of rows whose code is empty
# Breakdowns of indicators that are a code list under another name.
_LIST_OF = {"assessed_dimension": "dimension"}


def codes_of(breakdown: str) -> tuple[str, ...]:
    """The codes of a breakdown in their order; empty where it is not a code list (a cohort)."""
    return CODES.get(_LIST_OF.get(breakdown, breakdown), ())
