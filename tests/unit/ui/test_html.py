"""Text in our own HTML: no markup from outside, numbers beside what they count."""

from ui.render.streamlit.templating import html, strong
from ui.text.line_breaks import together

NBSP = "\N{NO-BREAK SPACE}"


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    assert "&lt;b&gt;&amp;" in html("caption", text="<b>&")
    assert strong("<i>**<b>**") == "&lt;i&gt;<strong>&lt;b&gt;</strong>"


def test_a_number_is_not_torn_from_its_word_or_sign() -> None:
    assert together("เพิ่มอีก 231 คน") == f"เพิ่มอีก 231{NBSP}คน"
    assert together("เกณฑ์ 1 : 10") == f"เกณฑ์ 1{NBSP}:{NBSP}10"


def test_a_line_may_still_break_at_a_middle_dot() -> None:
    assert together("30 ก.ย. 2569 · ฐาน") == f"30{NBSP}ก.ย. 2569 · ฐาน"
