"""Damaged loads, made from the right one: what programs, post and people do to files."""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from tests.importers import sets

Damage = Callable[[Path, random.Random], str]
TEXTS = (
    *(
        "",
        " ",
        "\u200b",
        "\x00",
        "?????",
        "\ufffd",
        "#REF!",
        "รวม",
        "-1",
        "1e309",
        "NaN",
        "1,000",
        "0.5",
    ),
    *(
        "31/02/2569",
        "46112",
        "30 ก.ย. 2569",
        "1969-01-05",
        "2099-12-31",
        '"',
        "''",
        "=1+1",
        "W1",
        "50",
    ),
    *(
        "x" * 70_000,
        "9" * 400,
        "๙๙",
        "Ｗ１",
        "à¸«à¸¥à¸±à¸",
        "\r",
        "\n\n",
        ";;;;",
        "TH",
        "%s",
        "{seen}",
    ),
)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csv"))


def _any(folder: Path, chance: random.Random) -> Path:
    return chance.choice(_files(folder))


def cell(folder: Path, chance: random.Random) -> str:
    """Another text in one cell, as it comes, quoted or not."""
    path = _any(folder, chance)
    lines = path.read_bytes().decode().split("\r\n")
    row = chance.randrange(len(lines) - 1)
    cells = lines[row].split(",")
    cells[chance.randrange(len(cells))] = chance.choice(TEXTS)
    lines[row] = ",".join(cells)
    path.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    return str(folder)


def byte(folder: Path, chance: random.Random) -> str:
    """A few bytes overwritten."""
    path = _any(folder, chance)
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 5)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(bytes(data))
    return str(folder)


def cut_off(folder: Path, chance: random.Random) -> str:
    """A file that ends early, at nothing in the extreme."""
    path = _any(folder, chance)
    data = path.read_bytes()
    path.write_bytes(data[: chance.choice((0, 1, 2, chance.randrange(len(data))))])
    return str(folder)


def encoding(folder: Path, chance: random.Random) -> str:
    """A file in another encoding, or with marks before it."""
    path = _any(folder, chance)
    text = path.read_bytes().decode()
    name = chance.choice(("utf-16", "utf-16-le", "cp874", "utf-8-sig", "utf-32", "utf-7"))
    path.write_bytes(text.encode(name, "replace"))
    return str(folder)


def header(folder: Path, chance: random.Random) -> str:
    """A header row that is empty, double, shuffled, broken or very wide."""
    path = _any(folder, chance)
    first, _, rest = path.read_bytes().decode().partition("\r\n")
    names = first.split(",")
    first = chance.choice(
        (
            "",
            "," * (len(names) - 1),
            first + "," + names[0],
            ",".join(chance.sample(names, len(names))),
            first.replace(",", ";"),
            '"' + first,
            first.upper(),
            "\ufeff\ufeff" + first,
            ",".join(f"c{n}" for n in range(20_000)),
            first + "," * 2_000,
            "ตารางแสดงข้อมูล\r\n\r\n" + first,
            names[0],
        )
    )
    path.write_text(f"{first}\r\n{rest}", encoding="utf-8", newline="")
    return str(folder)


def name(folder: Path, chance: random.Random) -> str:
    """A file under another name, gone, double, in a folder of its own, or a folder itself."""
    path = _any(folder, chance)
    case = chance.randrange(6)
    if case == 0:
        path.rename(folder / f"{path.stem} (1).csv")
    elif case == 1:
        path.rename(path.with_suffix(chance.choice((".txt", ".tsv", ".xlsx", ".CSV", ".csv.txt"))))
    elif case == 2:
        (folder / f"สำเนาของ {path.name}").write_bytes(path.read_bytes())
    elif case == 3:
        (folder / "inside").mkdir()
        path.rename(folder / "inside" / path.name)
    elif case == 4:
        path.unlink()
        path.mkdir()
    else:
        path.rename(folder / f"{path.stem.upper()}.csv")
        (folder / f" {path.stem}.csv").write_bytes(b"a,b\r\n1,2\r\n")
    return str(folder)


def lines(folder: Path, chance: random.Random) -> str:
    """Lines doubled, dropped, blank, glued together, or ended otherwise."""
    path = _any(folder, chance)
    text = path.read_bytes().decode()
    rows = text.split("\r\n")
    row = chance.randrange(len(rows))
    path.write_text(
        chance.choice(
            (
                text.replace("\r\n", "\n"),
                text.replace("\r\n", "\r"),
                text.replace("\r\n", "\r\n\r\n"),
                "\r\n".join([*rows[:row], *rows[row : row + 1] * 3, *rows[row:]]),
                "\r\n".join(rows[:row] + rows[row + 1 :]),
                text.replace("\r\n", "", 1),
                text.replace(",", "\t"),
                text + ",,,,,,,,,,,,,,,,,",
                "\r\n" * 3 + text,
                text * 2,
            )
        ),
        encoding="utf-8",
        newline="",
    )
    return str(folder)


def swapped(folder: Path, chance: random.Random) -> str:
    """Two tables under each other's names."""
    one, two = chance.sample(_files(folder), 2)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    return str(folder)


def workbook(folder: Path, chance: random.Random) -> str:
    """A workbook one part of which is missing, empty, cut off or overwritten."""
    path = folder / "load.xlsx"
    sets.saved(path, sets.workbook(sets.right()))
    with zipfile.ZipFile(path) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    sheets = [part for part in parts if part.startswith("xl/worksheets/")]
    part = chance.choice([*sheets, "xl/sharedStrings.xml", "xl/styles.xml"])
    body = parts.get(part, b"")
    spot = chance.randrange(len(body) + 1)
    cell = b'<c r="XFD1048576"><v>1</v></c></row></sheetData>'
    body = chance.choice(
        (
            b"",
            body[:spot],
            body[:spot] + b"<" + body[spot:],
            body.replace(b"<v>", b"<v>9", 1),
            body.replace(b't="s"', b't="e"', 1),
            body.replace(b"</row></sheetData>", cell),
            b"not xml at all",
        )
    )
    with zipfile.ZipFile(path, "w") as new:
        for other, data in parts.items():
            if other != part:
                new.writestr(other, data)
            elif chance.random() < 0.8:
                new.writestr(other, body)
    return str(path)


def database(folder: Path, chance: random.Random) -> str:
    """A database file of SQLite or DuckDB, empty or without some of its tables."""
    tables = sets.right()
    tables.pop(chance.choice(sorted(tables)))
    path = folder / "load.db"
    if chance.random() < 0.5:
        url = f"sqlite:///{path}"
        if chance.random() < 0.3:
            path.touch()
            return url
        return sets.database(url, tables)
    url = f"duckdb:///{path}"
    if chance.random() < 0.3:
        path.touch()
        return url
    with duckdb.connect(str(path)) as con:
        for table in tables:
            con.execute(f"CREATE TABLE {table} AS FROM read_csv('{folder}/{table}.csv')")
    return url


DAMAGES: tuple[Damage, ...] = (
    *(cell, byte, cut_off, encoding, header, name, lines, swapped, workbook, database),
    *(cell, header, lines),
)


def damaged(folder: Path, number: int) -> str:
    """The load damaged in the way of that number; the same number gives the same load."""
    chance = random.Random(number)
    sets.csv_folder(folder, sets.right())
    return DAMAGES[number % len(DAMAGES)](folder, chance)
