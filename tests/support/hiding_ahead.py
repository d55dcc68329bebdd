"""Writes into the sample of the tests which cells its tables hide: many processes ask for them.

An import does so for real data only, and only for more cases than the sample has.
"""

from config.settings import load
from data_access.disclosure.prepare import write_decisions
from data_access.snapshot import current

if __name__ == "__main__":
    settings = load()
    write_decisions(current(settings.data_dir), settings.hide_below)
