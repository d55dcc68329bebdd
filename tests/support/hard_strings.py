"""Strings of Thai that are easily set wrongly, and their pictures compared with golden ones.

Each line of a picture is compared by itself: its ink is cut out and brought to one size, so that a
margin or half a pixel does not matter and a mark over the wrong letter does.
"""

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

# Marks above marks, below long tails, beside ำ; letters whose foot gives way; mixed with Latin.
STRINGS = (
    "ที่ นั้น นี่ ทั้ง ปี่",
    "ป้ำ น้ำ ทำ คำ ค่ำ",
    "ซื้อ เอี๊ยด ฝั่ง ฟ้า",
    "ฐาน ญาติ ฐู ญู กฎ",
    "น้ำ A1 ที่ 2569 B+",
)
GOLDEN = Path(__file__).with_name("golden_strings")
SIZE = (360, 36)  # of one line when it is compared
LARGEST_DIFFERENCE = (
    0.3  # of the ink; measured: between renderers 0.23, ำ over the next letter 0.52
)
Ink = NDArray[np.float64]


def lines(picture: bytes) -> list[Ink]:
    """The lines of a picture from the top, each cut out, in one size, ink 1 and paper 0."""
    grey = np.asarray(Image.open(io.BytesIO(picture)).convert("L"), dtype=np.float64)
    ink = 1 - grey / 255
    filled = np.flatnonzero((ink > 0.5).any(axis=1))
    # A tone mark may stand apart above its line: the widest gaps are those between lines.
    gaps = np.argsort(np.diff(filled))[-(len(STRINGS) - 1) :]
    bands = np.split(filled, np.sort(gaps) + 1)
    return [_normal(ink[band[0] : band[-1] + 1]) for band in bands]


def _normal(band: Ink) -> Ink:
    columns = np.flatnonzero((band > 0.5).any(axis=0))
    cut = band[:, columns[0] : columns[-1] + 1]
    small = Image.fromarray((255 * cut).astype(np.uint8)).resize(SIZE, Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(1.2))
    return np.asarray(soft, dtype=np.float64) / 255


def sheet(found: list[Ink]) -> bytes:
    """Lines below each other as one small picture, for a golden file."""
    whole = Image.fromarray((255 * np.vstack(found)).round().astype(np.uint8))
    out = io.BytesIO()
    whole.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


def golden(name: str) -> list[Ink]:
    """The lines of a golden file."""
    whole = np.asarray(Image.open(GOLDEN / f"{name}.png").convert("L"), dtype=np.float64) / 255
    return list(np.vsplit(whole, len(STRINGS)))


def differences(picture: bytes, name: str, *, update: bool = False) -> list[float]:
    """For each line how much of its ink stands elsewhere than in the golden picture."""
    found = lines(picture)
    assert len(found) == len(STRINGS), "a line for each string"
    if update:
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / f"{name}.png").write_bytes(sheet(found))
    return [
        float(np.abs(one - wanted).sum() / (wanted.sum() + one.sum()))
        for one, wanted in zip(found, golden(name), strict=True)
    ]
