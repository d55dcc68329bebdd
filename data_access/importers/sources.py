"""Opening a source by what it is: a folder of CSV files, a workbook, or a database."""

from dataclasses import dataclass
from pathlib import Path

from data_access.importers.address import address_of
from data_access.importers.connection import OpenDatabase
from data_access.importers.csv_folder import CsvFolder
from data_access.importers.database import Database
from data_access.importers.limits import Limits
from data_access.importers.mapping.definition import SourceMap
from data_access.importers.mapping.files import FileDatabase
from data_access.importers.mapping.mapped_source import MappedSource
from data_access.importers.mapping.toml_file import read_map
from data_access.importers.problems import Unreachable
from data_access.importers.staging import Source
from data_access.importers.workbook import Workbook
from data_access.schema.derived import CLIENT_TABLES


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a load comes from: a folder, a workbook or a database, and the map of its tables.

    With `rows_stay` rows about clients are counted in the database and not loaded.
    """

    address: str
    map_path: Path | None = None
    rows_stay: bool = False

    @property
    def is_database(self) -> bool:
        """Whether the address is that of a database."""
        return "://" in self.address

    @property
    def label(self) -> str:
        """The address as it may be shown and stored: without its password."""
        return address_of(self.address).label if self.is_database else self.address

    def source_map(self) -> SourceMap:
        """Give the map; an empty one where there is none. Raises BadData with every mistake."""
        return read_map(self.map_path) if self.map_path else SourceMap()


def open_source(origin: Origin, source_map: SourceMap) -> Source:
    """Give the source that an origin names, its tables under the names of the exchange format.

    Raises Unreachable where there is nothing there, or something of another kind.
    """
    if origin.rows_stay:
        if not origin.is_database or source_map.tables:
            raise Unreachable(origin.label, "rows_cannot_stay")
        return Database(open_database(origin, source_map.limits), rows_stay=CLIENT_TABLES)
    if origin.is_database or source_map.tables:
        database = Database(open_database(origin, source_map.limits))
        return MappedSource(database, source_map) if source_map.tables else database
    return _files(origin.address)


def open_database(origin: Origin, limits: Limits) -> OpenDatabase:
    """Give an origin as a database, files as one of their own; not open yet."""
    if origin.is_database:
        return OpenDatabase(address_of(origin.address), limits)
    return FileDatabase(_files(origin.address))


def _files(source: str) -> Source:
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


def origin_of(source: "str | Origin") -> Origin:
    """Give an origin; a plain address has no map."""
    return source if isinstance(source, Origin) else Origin(source)


def safe_label(source: "str | Origin") -> str:
    """Give a source as it may be shown and stored: a database address without its password."""
    return origin_of(source).label
