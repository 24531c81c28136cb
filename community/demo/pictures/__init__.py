"""Pictures for the demo brand, drawn by our own code: no stock photographs, and the same file every time."""

import io

from community.demo.pictures.brush import Canvas
from community.demo.pictures.scenes import SCENES

NAMES = tuple(SCENES)
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
    paint(name, size).save(file, "JPEG", quality=86, progressive=True, optimize=True)
    return file.getvalue()
