"""The kinds of columns that the exchange format has; `info` is what `tables` says it is."""

from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, Numeric, String


def words(name: str, example: str, **info: Any) -> Column[str]:
    """Give a column of text."""
    return Column(name, String, info={"example": example, **info})


def key(name: str, example: str, references: str | None = None) -> Column[str]:
    """Give a column that is never empty and names a row, here or elsewhere."""
    return words(name, example, required=True, references=references)


def link(name: str, example: str, references: str | None = None) -> Column[str]:
    """Give a column that may name a row of another table."""
    return words(name, example, references=references)


def code(name: str, codes: str, example: str, required: bool = True) -> Column[str]:
    """Give a column of one of the code lists."""
    return words(name, example, required=required, codes=codes)


def day(name: str, required: bool = True) -> Column[Any]:
    """Give a column of days."""
    return Column(name, Date, info={"example": "2026-03-31", "required": required})


def whole(name: str, example: str, between: tuple[int, int], required: bool = False) -> Column[int]:
    """Give a column of whole numbers within a range, both ends included."""
    return Column(
        name, Integer, info={"example": example, "required": required, "between": between}
    )


def fiscal_year(name: str = "fiscal_year") -> Column[int]:
    """Give a column of fiscal years in the Buddhist era; its range is that of all dates."""
    return Column(name, Integer, info={"example": "2569", "required": True, "fiscal_year": True})


def decimal(
    name: str, example: str, between: tuple[float, float], required: bool = False
) -> Column[Any]:
    """Give a column of exact decimals within a range, both ends included."""
    return Column(
        name, Numeric(14, 4), info={"example": example, "required": required, "between": between}
    )


def yes_no(name: str, required: bool = False) -> Column[bool]:
    """Give a column of yes and no."""
    return Column(name, Boolean, info={"example": "true", "required": required})


def province(required: bool = True, name: str = "province_code") -> Column[str]:
    """Give a column of province codes."""
    return words(name, "50", required=required, area="province")


def district(required: bool = False) -> Column[str]:
    """Give the column of district codes."""
    return words("district_code", "5001", required=required, area="district")
