"""Text in our own HTML: no markup from outside, numbers beside what they count."""

import pytest

from config.i18n import LANGS, Lang, t
from ui.render.streamlit import layout, templating
from ui.render.streamlit.templating import html, strong, unbroken
from ui.text.line_breaks import terms, together

NBSP = "\N{NO-BREAK SPACE}"


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    assert "&lt;b&gt;&amp;" in html("caption", text="<b>&")
    assert strong("<i>**<b>**") == "&lt;i&gt;<strong>&lt;b&gt;</strong>"


def test_a_number_is_not_torn_from_its_word_or_sign() -> None:
    assert together("เพิ่มอีก 231 คน") == f"เพิ่มอีก 231{NBSP}คน"
    assert together("เกณฑ์ 1 : 10") == f"เกณฑ์ 1{NBSP}:{NBSP}10"


def test_a_line_may_still_break_at_a_middle_dot() -> None:
    assert together("30 ก.ย. 2569 · ฐาน") == f"30{NBSP}ก.ย. 2569 · ฐาน"


def test_a_number_written_against_a_thai_word_gets_its_space() -> None:
    assert together("มี37จังหวัด") == f"มี 37{NBSP}จังหวัด"
    assert together("ดำเนินการแล้วร้อยละ 88.7") == f"ดำเนินการแล้วร้อยละ{NBSP}88.7"
    assert together("ม.3, ก.ย., 1:10") == "ม.3, ก.ย., 1:10"


def test_a_term_of_the_list_does_not_wrap_and_the_longest_one_holds() -> None:
    whole = '<span class="ov-nb">{}</span>'.format
    assert unbroken("ผู้จัดการรายกรณี") == whole("ผู้จัดการรายกรณี")
    assert unbroken("ที่เชียงใหม่ ร้อยละ") == f"ที่{whole('เชียงใหม่')} {whole('ร้อยละ')}"
    assert unbroken("<b>มอบหมาย") == f"&lt;b&gt;{whole('มอบหมาย')}"


def test_the_list_of_terms_holds_every_province_and_no_markup() -> None:
    assert {"ร้อยละ", "ผู้จัดการรายกรณี", "มอบหมาย", "นครราชสีมา", "กรุงเทพมหานคร"} <= set(terms())
    assert len(terms()) > 77 + 40
    assert not [term for term in terms() if set("<>&\"'") & set(term)]


def test_a_bold_number_still_stands_beside_what_it_counts() -> None:
    said = strong("เพิ่มอีก **231** คน ขาด **12 คน**")
    assert said == f"เพิ่มอีก <strong>231</strong> คน ขาด <strong>12{NBSP}คน</strong>"


@pytest.mark.parametrize("lang", LANGS)
def test_the_options_hold_their_words_and_nothing_of_the_program(lang: Lang) -> None:
    words = {name: t(f"shell.{name}", lang) for name in layout.OPTION_WORDS}
    options = html("options", words=words)
    assert f'data-act="copy" data-done="{words["copied"]}">{words["copy"]}</button>' in options
    assert "object at" not in options


def test_a_method_in_the_place_of_a_text_is_a_failure() -> None:
    with pytest.raises(TypeError, match="templates show texts"):
        templating._templates.from_string("{{ words.copy }}").render(words={"copy": "คัดลอก"})
