"""Reads a folder of CSV files, a workbook or a database: all problems at once, or all rows in."""

from data_access.importers.load import read_into
from data_access.importers.problems import BadData, ImportProblem, Note, Problem, Unreachable
from data_access.importers.report import LoadReport
from data_access.importers.sources import Origin, safe_label

__all__ = [
    "BadData",
    "ImportProblem",
    "LoadReport",
    "Note",
    "Origin",
    "Problem",
    "Unreachable",
    "read_into",
    "safe_label",
]
