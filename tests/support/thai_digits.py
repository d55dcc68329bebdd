"""Thai digits, for tests of what reads them."""

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def to_thai_digits(text: str) -> str:
    """Give a text with 0–9 turned into Thai digits."""
    return text.translate(_TO_THAI)
