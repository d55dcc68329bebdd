"""Measuring colours: contrast as WCAG 2 counts it, distance as people see it."""

import math
from typing import Literal

Sight = Literal["full", "deutan", "protan", "tritan"]
SIGHTS: tuple[Sight, ...] = ("full", "deutan", "protan", "tritan")

# Linear RGB as people without one kind of cone see it: Machado, Oliveira and Fernandes 2009,
# severity 1.0.
_SEEN: dict[Sight, tuple[tuple[float, float, float], ...]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two #RRGGBB colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG relative luminance of a #RRGGBB colour, 0 to 1."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def distance(one: str, other: str, sight: Sight = "full") -> float:
    """Distance of two colours in CIE Lab; about 2 is just visible side by side."""
    return math.dist(_lab(one, sight), _lab(other, sight))


def nearest(one: str, others: tuple[str, ...]) -> float:
    """Smallest distance of a colour to any of the others, for any sight."""
    return min(distance(one, other, sight) for other in others for sight in SIGHTS)


def _linear(colour: str) -> list[float]:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def _lab(colour: str, sight: Sight) -> tuple[float, float, float]:
    linear = _linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(w * part for w, part in zip(row, linear, strict=True))))
        for row in _SEEN[sight]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0890
    fx, fy, fz = (_cube_root(part) for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _cube_root(part: float) -> float:
    return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
