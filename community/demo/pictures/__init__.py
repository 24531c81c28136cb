"""Pictures for the demo brand, drawn by our own code: no stock photographs, and the same file every time."""

import io
from pathlib import Path

from community.demo.pictures import indoors, outdoors
from community.demo.pictures.brush import Canvas

SCENES = {
    "island": outdoors.draw_island,
    "dripper": indoors.draw_dripper,
    "kettle": indoors.draw_kettle,
    "grinder": indoors.draw_grinder,
    "beans": indoors.draw_beans,
    "mountain": outdoors.draw_mountain,
    "cherries": outdoors.draw_cherries,
    "cup": indoors.draw_cup,
    "window": indoors.draw_window,
    "cupping": indoors.draw_cupping,
    "night": outdoors.draw_night,
}
NAMES = tuple(SCENES)
MARK = Path(__file__).parent / "mark.png"
WIDE, SQUARE = (1600, 900), (900, 900)


def paint(name, size=WIDE):
    """One picture, as Pillow holds it."""
    canvas = Canvas(*size, seed=name)
    SCENES[name](canvas)
    canvas.grain()
    return canvas.image


def jpeg(name, size=WIDE):
    """One picture, as the bytes of a JPEG file."""
    file = io.BytesIO()
    paint(name, size).save(file, "JPEG", quality=86)
    return file.getvalue()
