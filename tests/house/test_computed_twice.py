"""No figure is published that is computed once only: each has a second computation in the tests."""

from data_access.breakdowns import BREAKDOWNS
from data_access.indicators.registry import INDICATORS
from tests.indicators import (
    oracles_breakdowns,
    oracles_casework,
    oracles_core,
    oracles_network,
    oracles_training,
    oracles_waiting,
)

OF_INDICATORS = (
    oracles_core.ORACLES,
    oracles_casework.ORACLES,
    oracles_network.ORACLES,
    oracles_training.ORACLES,
    oracles_waiting.ORACLES,
    oracles_waiting.WAITING,
    oracles_training.MEDIANS,
    oracles_breakdowns.FRAMES,
)
OF_BREAKDOWNS = (oracles_breakdowns.BREAKDOWN_ORACLES, oracles_waiting.WAITING_BREAKDOWNS)


def test_every_indicator_has_an_independent_computation_and_only_one() -> None:
    named = [name for some in OF_INDICATORS for name in some]
    assert sorted(set(INDICATORS) - set(named)) == []
    assert sorted(set(named) - set(INDICATORS)) == []
    assert len(named) == len(set(named))


def test_every_breakdown_has_an_independent_computation_and_only_one() -> None:
    named = [name for some in OF_BREAKDOWNS for name in some]
    assert sorted(set(BREAKDOWNS) ^ set(named)) == []
    assert len(named) == len(set(named))
