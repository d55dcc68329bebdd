"""What two snapshots record of an indicator's definition, beside the definition that counts both.

An earlier definition cannot be counted by: what is given is a reason, and no number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from data_access import definition_record
from data_access.definition_record import DefinitionPrint
from data_access.indicators.kernel.definition import Indicator
from data_access.snapshot import SnapshotInfo
from data_access.status import Status

CAUSE = "definition"
NEW_DEFINITION, NOT_RECORDED = "definition_changed", "definition_not_recorded"


@dataclass(frozen=True)
class DefinitionThen:
    """An end's snapshot beside the program: what the snapshot records of the definition that it was
    published under (None where it records nothing), and the definition that counts it now."""

    snapshot_id: str
    then: DefinitionPrint | None
    now: DefinitionPrint


def definition_then(
    item: Indicator, snapshot: SnapshotInfo, connection: Connection
) -> DefinitionThen:
    """Give what an open snapshot records of a definition beside the definition of today."""
    then = definition_record.print_in(connection, item.name)
    return DefinitionThen(snapshot.snapshot_id, then, definition_record.print_of(item))


def with_reason(frame: pd.DataFrame, definitions: Sequence[DefinitionThen]) -> pd.DataFrame:
    """Give the frame of causes with the reason why the rows of the definition do not say all."""
    reasons = [
        NOT_RECORDED if one.then is None else NEW_DEFINITION
        for one in definitions
        if one.then is None or not one.then.counts_like(one.now)
    ]
    if not reasons:
        return frame
    rows = (frame["cause"] == CAUSE) & (frame["status"] == Status.SHOWN)
    said = NEW_DEFINITION if NEW_DEFINITION in reasons else NOT_RECORDED
    return frame.assign(reason=frame["reason"].mask(rows, said))
