"""Texts that a spreadsheet would run as a formula, and the apostrophe that keeps them texts."""

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "{=")


def as_text(text: str) -> str:
    """Give a text that no spreadsheet runs: with an apostrophe in front where it could be one."""
    return f"'{text}" if text.startswith(STARTS) else text
