"""Data-quality rules: what is counted and shown, and what would have refused the load."""

from data_access.quality.finding import Finding, Rule
from data_access.quality.registry import RULES, STOP_RULES, WARN_RULES
from data_access.quality.running import run

__all__ = ["RULES", "STOP_RULES", "WARN_RULES", "Finding", "Rule", "run"]
