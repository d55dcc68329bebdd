"""Hard Thai strings in charts, on paper and on slides, each against its golden picture."""

import io
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typst
import vl_convert
from pptx import Presentation
from pptx.util import Emu

from tests.support.hard_strings import LARGEST_DIFFERENCE, STRINGS, differences
from ui.render import picture
from ui.render.about import About
from ui.render.pptx.slides import CM, HEIGHT, WIDTH, Box, Deck

POINTS = 28


def chart() -> dict[str, Any]:
    """A chart of nothing but the strings."""
    return {
        "width": 420,
        "height": 320,
        "data": {"values": [{"at": n, "text": text} for n, text in enumerate(STRINGS)]},
        "mark": {"type": "text", "align": "left", "font": "Sarabun", "fontSize": POINTS},
        "encoding": {
            "x": {"value": 8},
            "y": {"field": "at", "type": "ordinal", "axis": None},
            "text": {"field": "text"},
        },
        "config": {"view": {"stroke": None}},
    }


def test_a_chart_as_a_picture(update_golden: bool) -> None:
    drawn = picture._engine().vegalite_to_png(picture.split_sara_am(chart()), scale=1.0)
    assert max(differences(drawn, "chart", update=update_golden)) < LARGEST_DIFFERENCE


def test_the_comparison_sees_a_mark_over_the_wrong_letter() -> None:
    vl_convert.register_font_directory(str(picture.FONTS))
    drawn = vl_convert.vegalite_to_png(chart(), scale=1.0)
    wrong = differences(drawn, "chart")
    assert wrong[1] > LARGEST_DIFFERENCE, "ำ stands over the letter after it"
    assert wrong[0] < LARGEST_DIFFERENCE, "a line without ำ is right"


def test_paper(update_golden: bool, tmp_path: Path) -> None:
    written = "\\ ".join(STRINGS).replace("+", "\\+")
    source = f"""
        #set page(width: 420pt, height: auto, margin: 12pt)
        #set text(font: "Sarabun", lang: "th", size: {POINTS}pt)
        #set par(leading: 1em)
        {written}
    """
    (tmp_path / "strings.typ").write_text(source, encoding="utf-8")
    drawn = typst.compile(
        str(tmp_path / "strings.typ"),
        font_paths=[str(picture.FONTS)],
        ignore_system_fonts=True,
        format="png",
        ppi=72,
    )
    assert isinstance(drawn, bytes)
    assert max(differences(drawn, "paper", update=update_golden)) < LARGEST_DIFFERENCE


@pytest.mark.slow
def test_slides_in_another_office_program(update_golden: bool, tmp_path: Path) -> None:
    office, painter = shutil.which("soffice"), shutil.which("pdftoppm")
    if office is None or painter is None:
        pytest.skip("LibreOffice Impress and pdftoppm are not installed: slides are not drawn")
    file = Presentation()
    file.slide_width, file.slide_height = Emu(WIDTH), Emu(HEIGHT)
    deck = Deck(file, About("", "", "", (), "", "", ()), "th")
    slide = file.slides.add_slide(file.slide_layouts[6])
    for n, text in enumerate(STRINGS):
        box = Box(CM, CM + n * 3 * CM, 20 * CM, 2 * CM)
        deck.words(slide, text, box, size=POINTS)
    out = io.BytesIO()
    file.save(out)
    (tmp_path / "strings.pptx").write_bytes(out.getvalue())
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{picture.FONTS}</dir><cachedir>{tmp_path}/fc</cachedir></fontconfig>"
    )
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    convert = [office, "--headless", profile, "--convert-to", "pdf", "strings.pptx"]
    own = {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(tmp_path)}
    subprocess.run(convert, cwd=tmp_path, env=own, check=True, capture_output=True, timeout=120)
    paint = [painter, "-r", "72", "-png", "-singlefile", "strings.pdf", "strings"]
    subprocess.run(paint, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    drawn = (tmp_path / "strings.png").read_bytes()
    assert max(differences(drawn, "slides", update=update_golden)) < LARGEST_DIFFERENCE
