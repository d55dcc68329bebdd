"""Opening a source by what it is: a folder of CSV files, a workbook, or a database."""

from pathlib import Path

from data_access.importers.csv_folder import CsvFolder
from data_access.importers.database import Database
from data_access.importers.problems import Unreachable
from data_access.importers.staging import Source
from data_access.importers.workbook import Workbook


def open_source(source: str) -> Source:
    """Give the source that a folder, a workbook's path or a database URL names.

    Raises Unreachable where there is nothing there, or something of another kind.
    """
    if "://" in source:
        return Database(source)
    path = Path(source)
    if not path.exists():
        raise Unreachable(source, "no_file", file=source)
    if path.is_dir():
        return CsvFolder(path)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return Workbook(path)
    if path.suffix.lower() == ".csv":
        raise Unreachable(source, "single_csv", folder=str(path.parent))
    raise Unreachable(source, "other_kind")


def safe_label(source: str) -> str:
    """Give a source as it may be shown and stored: a database URL without its password."""
    return Database(source).label if "://" in source else source
