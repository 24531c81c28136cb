"""Reads the colours from the style sheets themselves, and measures how well one is seen on another."""

import math
import re
from pathlib import Path

from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static/css"
_RULE = re.compile(r"--([\w-]+):\s*oklch\(((?:[^()]|var\([\w-]+\))+)\);")
_PARTIAL = re.compile(r"--(face):\s*([\d.]+% [\d.]+);")


def sheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (CSS / name).read_text(), flags=re.DOTALL)


def _triple(words: str) -> tuple[float, ...]:
    light, *others = words.split("/")[0].split()
    return (float(light.rstrip("%")) / 100, *map(float, others))


def tokens(night: bool = False, brand: float = 42, calm: float = 162) -> dict[str, tuple[float, ...]]:
    """Every colour token by name, as lightness, chroma and hue, for a brand of these hues.

    By night those of the day stand where none is given.
    """
    day, dark = sheet("tokens.css").split("@media (prefers-color-scheme: dark)")
    parts = day + (dark.split("@media")[0] if night else "")
    parts = parts.replace("var(--brand-hue)", str(brand)).replace("var(--calm-hue)", str(calm))
    return {name: _triple(words) for name, words in _RULE.findall(parts) + _PARTIAL.findall(parts)}


def hues() -> list[float]:
    return [float(hue) for hue in re.findall(r"--hue: (\d+)", sheet("hues.css"))]


def _linear(light, chroma, hue):
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    rgb = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return [min(1.0, max(0.0, part)) for part in rgb]


def _luminance(colour) -> float:
    red, green, blue = _linear(*colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other) -> float:
    """WCAG's ratio, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)
