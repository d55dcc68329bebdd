"""Install, describe and remove official boundary layers.

A layer is checked as a whole and either goes live with one atomic step or leaves everything as it
was. It is stored as a folder of its own under <data_dir>/layers, beside a pointer per level.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock

from geo import credits, layer_codes, layer_files, layer_reading, layer_shapes, manifest
from geo.layer_problems import BadLayer, BadRequest, Remark
from geo.manifest import LayerInfo

# The layer before the one in use stays, for readers that still hold its file names.
KEPT_FOLDERS = 2
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to install and how to read it; everything but the file may be left to the file."""

    file: Path
    level: str | None = None
    code_column: str | None = None
    layer: str | None = None
    crs: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """The layer now in use, and what was repaired or is worth knowing."""

    info: LayerInfo
    notes: tuple[Remark, ...]


def install(
    data_dir: Path, order: Order, today: date, step: Step = lambda name: None
) -> Installation:
    """Check and store a layer and put it in use; BadRequest or BadLayer leave all as it was.

    `step` is called with the name of each stage (read, check, repair, write) as it begins.
    """
    step("read")
    frame = layer_reading.read(order.file, order.layer, order.crs)
    place = layer_reading.where_it_lies(frame)
    if place is not None:
        raise BadLayer([place])
    step("check")
    rows = layer_codes.read_codes(frame, order.level, order.code_column)
    problems = layer_codes.code_problems(rows)
    if problems:
        raise BadLayer(problems)
    step("repair")
    polygons, codes, repairs = layer_shapes.assemble(list(frame.geometry), rows)
    notes = (
        *rows.notes,
        *layer_codes.duplicate_note(rows.codes),
        *repairs,
        *layer_codes.name_notes(frame, rows),
    )
    step("write")
    source = layer_files.Source(
        name=order.file.name,
        sha256=hashlib.sha256(order.file.read_bytes()).hexdigest(),
        credit=order.credit or credits.of_file(order.file.name),
        installed_on=today.isoformat(),
        notes=tuple(note.text("en") for note in notes),
    )
    folder = manifest.layers_folder(data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        for stopped in folder.glob(".new-*"):
            shutil.rmtree(stopped, ignore_errors=True)
        workplace = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        # A server that runs as another user must be able to read what the operator installs.
        workplace.chmod(0o755)
        try:
            info = layer_files.write_layer(workplace, rows.level, polygons, codes, source)
            _publish(data_dir, rows.level, workplace)
        finally:
            shutil.rmtree(workplace, ignore_errors=True)
    return Installation(info, notes)


def _publish(data_dir: Path, level: str, workplace: Path) -> None:
    """Move a finished folder to its lasting name and point the level to it."""
    fingerprint = hashlib.sha256((workplace / manifest.FILE_NAME).read_bytes()).hexdigest()
    target = manifest.layers_folder(data_dir) / f"{level}-{fingerprint[:12]}"
    for path in workplace.rglob("*"):
        _to_disk(path)
    if not target.exists():
        workplace.rename(target)
    pointer = manifest.pointer(data_dir, level)
    fresh = pointer.with_suffix(".new")
    fresh.write_text(target.name + "\n", encoding="utf-8")
    _to_disk(fresh)
    fresh.replace(pointer)
    _to_disk(pointer.parent)
    _drop_old(data_dir, level, target)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drop_old(data_dir: Path, level: str, current: Path) -> None:
    folders = manifest.layers_folder(data_dir).glob(f"{level}-*")
    older = sorted((f for f in folders if f != current), key=lambda f: f.stat().st_mtime)
    for folder in older[: max(0, len(older) - KEPT_FOLDERS + 1)]:
        shutil.rmtree(folder, ignore_errors=True)


def status(data_dir: Path) -> dict[str, LayerInfo | None]:
    """Level → the layer in use; None for districts without polygons."""
    found: dict[str, LayerInfo | None] = {}
    for level in manifest.LEVELS:
        folder = manifest.folder_in_use(data_dir, level)
        found[level] = None if folder is None else manifest.read(folder)
    return found


def remove(data_dir: Path, level: str) -> LayerInfo:
    """Take the installed layer of a level out of use and delete it; what it was.

    BadRequest where none is installed. Provinces fall back to the shipped layer.
    """
    folder = manifest.installed_folder(data_dir, level)
    if folder is None:
        raise BadRequest("not_installed", level=level)
    with FileLock(manifest.layers_folder(data_dir) / ".lock"):
        info = manifest.read(folder)
        manifest.pointer(data_dir, level).unlink()
        for old in manifest.layers_folder(data_dir).glob(f"{level}-*"):
            shutil.rmtree(old, ignore_errors=True)
    return info
