"""How long a source may take, how often it is asked again, and in which schema it is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_LONGEST_PAUSE = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source is allowed: from the part `[source]` of its map.

    `statement_seconds` ends a statement that takes longer; `attempts` counts the first one too.
    """

    schema: str | None = None
    statement_seconds: int = 1800
    attempts: int = 4

    def pauses(self) -> Iterator[int]:
        """Give the seconds to wait before each further attempt: 1, 2, 4 … at most a minute."""
        return islice((min(2**n, _LONGEST_PAUSE) for n in range(self.attempts)), self.attempts - 1)
