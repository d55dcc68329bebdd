"""Names of areas as pages write them: with the word for their level, in both languages."""

from functools import lru_cache

from config.i18n import Lang, t
from data_access.scope import MINE
from geo import registers

BANGKOK = registers.BANGKOK


@lru_cache(maxsize=4096)
def full_name(code: str, lang: Lang) -> str:
    """Give the name with the word for its level: "จังหวัดเชียงใหม่", "ทั่วประเทศ".

    Bangkok is no จังหวัด and its districts are เขต, so both have words of their own.
    """
    if code == MINE:
        return t("own_area.any", lang)
    level = registers.level_of(code)
    kind = f"bangkok_{level}" if code.startswith(BANGKOK) else level
    return t(f"area_full.{kind}", lang, name=short_name(code, lang))


@lru_cache(maxsize=4096)
def in_sentence(code: str, lang: Lang) -> str:
    """Give the name as it stands inside a sentence: "the whole country", "the North"."""
    if code == registers.COUNTRY or code in registers.REGIONS:
        return t(f"region_in_sentence.{code}", lang)
    return full_name(code, lang)


@lru_cache(maxsize=4096)
def short_name(code: str, lang: Lang) -> str:
    """Give the bare name for lists and charts: "เชียงใหม่"; "TH" is "ทั่วประเทศ"."""
    if code == MINE:
        return t("own_area.any", lang)
    if code == registers.COUNTRY or code in registers.REGIONS:
        return t(f"region.{code}", lang)
    return registers.area_name(code, lang)


@lru_cache(maxsize=4096)
def name_with_province(code: str, lang: Lang) -> str:
    """Give a district's name with its province, since five districts share one name."""
    name = short_name(code, lang)
    if registers.level_of(code) != "district":
        return name
    return t("area_full.district_of", lang, name=name, province=short_name(code[:2], lang))
