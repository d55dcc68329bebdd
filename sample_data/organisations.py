"""Organisations and sites of one province: its offices, local authorities, hospital and partners.

Offices that exist in every province carry their real kind of name; local authorities and partners
are plainly numbered samples, never a real one.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sample_data.chance import Ints
from sample_data.columns import batch, same
from sample_data.places import Place

LOCAL_AUTHORITIES = 4
# (code, type, Thai name, English name); {th} and {en} are the province's names.
OFFICES = (
    (
        "PSO",
        "provincial_office",
        "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด{th}",
        "{en} Provincial Social Development and Human Security Office",
    ),
    (
        "CTR",
        "destitute_centre",
        "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัด{th}",
        "{en} Destitute-protection Centre",
    ),
    ("SHC", "children_home", "บ้านพักเด็กและครอบครัวจังหวัด{th}", "{en} Home for Children and Families"),
    ("HSP", "hospital", "โรงพยาบาลตัวอย่าง จังหวัด{th}", "Sample Hospital, {en}"),
    ("SCH", "school", "โรงเรียนตัวอย่าง จังหวัด{th}", "Sample School, {en}"),
    ("NGO", "ngo", "มูลนิธิตัวอย่าง จังหวัด{th}", "Sample Foundation, {en}"),
    ("CSR", "company", "สถานประกอบการเครือข่ายตัวอย่าง จังหวัด{th}", "Sample Network Company, {en}"),
)


@dataclass(frozen=True)
class Partners:
    """Ids of a province's organisations; the named fields are positions in `ids`."""

    ids: pa.Array
    provincial_office: int
    destitute_centre: int
    first_local: int

    def local(self, rng: np.random.Generator, size: int) -> Ints:
        """A local authority each; none (-1) where the province has no list."""
        if self.first_local < 0:
            return np.full(size, -1, dtype=np.int64)
        return rng.integers(self.first_local, self.first_local + LOCAL_AUTHORITIES, size)

    def any(self, rng: np.random.Generator, size: int, share_missing: float = 0.0) -> Ints:
        """An organisation each, -1 in the given share of cases."""
        if not len(self.ids):
            return np.full(size, -1, dtype=np.int64)
        drawn = rng.integers(0, len(self.ids), size)
        return np.where(rng.random(size) < share_missing, -1, drawn)


def partners_of(place: Place) -> Partners:
    """The organisations that a province's staff, services and referrals point to."""
    if not place.has_programme:
        return Partners(pa.array(["ORG-DSDW"]), 0, 0, -1)
    ids = [f"ORG-{place.code}-{code}" for code, *_ in OFFICES]
    ids += [f"ORG-{place.code}-LAO{n}" for n in range(1, LOCAL_AUTHORITIES + 1)]
    return Partners(pa.array(ids), 0, 1, len(OFFICES))


def organisation_rows(place: Place) -> pa.Table | None:
    """The organisations of one province; nothing for Bangkok, which has no provincial office."""
    if not place.has_programme:
        return None
    names = {"th": place.name_th, "en": place.name_en}
    rows = [
        (f"ORG-{place.code}-{code}", kind, th.format(**names), en.format(**names))
        for code, kind, th, en in OFFICES
    ]
    rows += [
        (
            f"ORG-{place.code}-LAO{n}",
            "lao",
            f"เทศบาลตำบลตัวอย่าง {n} จังหวัด{place.name_th}",
            f"Sample Subdistrict Municipality {n}, {place.name_en}",
        )
        for n in range(1, LOCAL_AUTHORITIES + 1)
    ]
    ids, kinds, thai, english = zip(*rows, strict=True)
    return batch(
        "organisations",
        organisation_id=pa.array(ids),
        type=pa.array(kinds),
        name_th=pa.array(thai),
        name_en=pa.array(english),
        province_code=same(place.code, len(rows)),
    )


def centre_of(place: Place) -> str:
    """The id of the province's destitute-protection centre as a site."""
    return f"SITE-{place.code}-CTR"


def site_rows(place: Place) -> pa.Table | None:
    """The province's own site: its destitute-protection centre in the capital district."""
    if not place.has_programme:
        return None
    return batch(
        "sites",
        site_id=pa.array([centre_of(place)]),
        name_th=pa.array([f"ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัด{place.name_th}"]),
        name_en=pa.array([f"{place.name_en} Destitute-protection Centre"]),
        type=pa.array(["centre"]),
        province_code=pa.array([place.code]),
        district_code=pa.array([place.districts[0]]),
        sensitive=pa.array([False]),
    )
