"""The pictures taken outdoors: hills, a branch, the island, the street at night."""

import math

from community.demo.pictures.brush import ellipse, smooth, stroke
from community.demo.pictures.things import hill, leaf


def draw_mountain(canvas):
    """Ridges in the morning, one behind the other."""
    canvas.wash("#f3d9b4", "#f7e6cc", "#f2dcc0")
    canvas.glow(0.3, -0.2, 0.6, "#fff5dd", 0.95)
    canvas.shape(ellipse(0.3, -0.2, 0.085, 0.085), "#fffaf0", "#ffe3b0")
    ranges = (
        ("#c9bfa4", "#e6d9bd"),
        ("#9fae98", "#cfd2b8"),
        ("#6f8f7c", "#a9bba1"),
        ("#456f5c", "#7d9a83"),
        ("#2b5041", "#3f6552"),
    )
    for at, (high, low) in enumerate(ranges):
        hill(canvas, -0.1 + at * 0.115, 0.085 - at * 0.008, high, low, pieces=6 + at)
        canvas.shape(
            [(-1.1, -0.02 + at * 0.115), (1.1, 0.0 + at * 0.115), (1.1, 0.06 + at * 0.115), (-1.1, 0.05 + at * 0.115)],
            "#fff6e4",
            alpha=0.35,
            blur=0.03,
        )
    ridge = hill(canvas, 0.42, 0.03, "#1f3b30", "#152a22", pieces=5)
    for x, y in ridge[20:-10:4]:
        high = canvas.dice.uniform(0.035, 0.075)
        canvas.shape(
            smooth(
                [
                    (x - high * 0.5, y + 0.01),
                    (x - high * 0.42, y - high * 0.6),
                    (x, y - high),
                    (x + high * 0.45, y - high * 0.55),
                    (x + high * 0.5, y + 0.01),
                ],
                steps=6,
            ),
            "#24463a",
            "#172e26",
        )


def draw_cherries(canvas):
    """A branch: red, orange and green fruit."""
    canvas.wash("#dfe3c4", "#b9cba3", "#86a684")
    canvas.glow(-0.45, -0.4, 1.0, "#fffbe0", 0.85)
    for _ in range(16):
        x, y = canvas.dice.uniform(-canvas.half, canvas.half), canvas.dice.uniform(-0.5, 0.5)
        leaf(canvas, x, y, canvas.dice.uniform(0.3, 0.5), canvas.dice.uniform(0, math.tau), "#a9c198", "#8bab82")
    canvas.shape([(-1.2, -0.6), (1.2, -0.6), (1.2, 0.6), (-1.2, 0.6)], "#eef0d2", alpha=0.38)
    branch = smooth(
        [(-canvas.half - 0.1, -0.2), (-0.35, -0.12), (0.05, 0.03), (0.42, 0.06), (canvas.half + 0.1, 0.2)], closed=False
    )
    spots = [branch[at] for at in range(14, len(branch) - 4, 7)]
    for at, (x, y) in enumerate(spots):
        for turn in (-1.05 + 0.12 * (at % 3), 1.25 - 0.15 * (at % 2)):
            leaf(canvas, x, y, 0.34, turn, "#4f8a5e", "#2d6647", "#22513a")
    canvas.shape(stroke(branch, [0.035, 0.03, 0.022, 0.02, 0.016]), "#8d6b49", "#5a4029")
    ripe = (
        ("#f0705a", "#c22f26", "#7c1517"),
        ("#f7a45c", "#e0722f", "#9c4318"),
        ("#c9d678", "#8aa544", "#566f2a"),
        ("#ee6a58", "#b5261f", "#701214"),
    )
    for at, (x, y) in enumerate(spots):
        for by in range(5):
            bx, dy = x + canvas.dice.uniform(-0.055, 0.055), y + canvas.dice.uniform(0.0, 0.075)
            body = ellipse(bx, dy, 0.034, 0.036)
            canvas.shape(ellipse(bx + 0.006, dy + 0.01, 0.034, 0.034), "#1b2b1c", alpha=0.35, blur=0.008)
            canvas.shape(body, *ripe[(at * 2 + by) % 4])
            canvas.shape(ellipse(bx - 0.011, dy - 0.015, 0.011, 0.008), "#fff6e4", alpha=0.75, blur=0.003, inside=body)
            canvas.shape(ellipse(bx + 0.004, dy + 0.028, 0.006, 0.004), "#3a2410", alpha=0.7)


def draw_island(canvas):
    """The name: a small island afloat at dusk, one tree, one lit house."""
    canvas.wash("#4a4a63", "#8d6f78", "#dba27e", "#f6cf9c", "#f3dcb9")
    canvas.glow(0.34, 0.08, 0.75, "#fff0cd", 0.9)
    canvas.shape(ellipse(0.34, 0.06, 0.1, 0.1), "#fff6de", "#ffd898")
    for x, y, wide, alpha in (
        (-0.6, -0.2, 0.3, 0.3),
        (0.55, -0.28, 0.26, 0.26),
        (-0.2, 0.3, 0.55, 0.55),
        (0.5, 0.36, 0.5, 0.6),
        (-0.7, 0.4, 0.5, 0.6),
        (0.05, 0.44, 0.8, 0.7),
    ):
        for by in (-0.5, 0, 0.45):
            canvas.shape(
                ellipse(x + by * wide, y + abs(by) * 0.02, wide * 0.55, 0.03 + 0.03 * (1 - abs(by))),
                "#fff8ea",
                "#f7d9b3",
                alpha=alpha * 0.8,
                blur=0.022,
            )
    rock = smooth(
        [
            (-0.37, 0.04),
            (-0.3, 0.12),
            (-0.24, 0.12),
            (-0.19, 0.23),
            (-0.1, 0.26),
            (-0.03, 0.37),
            (0.05, 0.27),
            (0.12, 0.24),
            (0.19, 0.13),
            (0.28, 0.1),
            (0.34, 0.03),
            (0.0, -0.02),
        ],
        steps=10,
    )
    canvas.shape(rock, "#8c5c43", "#6a4233", "#43282a")
    for x, wide, depth in ((-0.2, 0.05, 0.2), (-0.06, 0.06, 0.3), (0.08, 0.05, 0.24), (0.22, 0.04, 0.14)):
        canvas.shape(
            [(x, 0.02), (x + wide, 0.02), (x + wide * 0.3, depth)], "#2e1a1c", alpha=0.28, blur=0.006, inside=rock
        )
    turf = smooth(
        [
            (-0.38, 0.045),
            (-0.28, -0.03),
            (-0.12, -0.05),
            (0.05, -0.045),
            (0.22, -0.035),
            (0.35, 0.035),
            (0.27, 0.07),
            (0.2, 0.055),
            (0.12, 0.09),
            (0.03, 0.065),
            (-0.07, 0.1),
            (-0.16, 0.065),
            (-0.27, 0.085),
        ],
        steps=10,
    )
    canvas.shape(turf, "#8aa06a", "#4f7654", "#2f5546")
    trunk = smooth([(-0.15, -0.03), (-0.14, -0.14), (-0.17, -0.24)], closed=False)
    canvas.shape(stroke(trunk, [0.032, 0.022, 0.014]), "#4a3026", "#33201a")
    for x, y, size in (
        (-0.25, -0.25, 0.085),
        (-0.08, -0.24, 0.08),
        (-0.19, -0.33, 0.095),
        (-0.12, -0.3, 0.085),
        (-0.17, -0.22, 0.07),
    ):
        canvas.shape(ellipse(x, y, size, size * 0.82), "#7f9c63", "#3f6b4e", "#2a4f41")
    canvas.shape([(0.06, -0.135), (0.21, -0.135), (0.21, -0.03), (0.06, -0.03)], "#f7ead3", "#d9bf98", across=True)
    canvas.shape([(0.035, -0.13), (0.1, -0.215), (0.18, -0.215), (0.235, -0.13)], "#b9603c", "#7c3a25")
    canvas.shape([(0.175, -0.23), (0.195, -0.23), (0.195, -0.175), (0.175, -0.175)], "#6b3a28")
    canvas.shape([(0.145, -0.11), (0.185, -0.11), (0.185, -0.065), (0.145, -0.065)], "#ffd56f", "#ffb347")
    canvas.glow(0.165, -0.088, 0.1, "#ffd98a", 0.55)
    canvas.shape([(0.083, -0.1), (0.117, -0.1), (0.117, -0.03), (0.083, -0.03)], "#8d4a2f", "#5b2c1c")
    canvas.steam(0.185, -0.24, 0.17, strength=0.5, wide=0.04)
    for x, y in ((-0.46, -0.1), (-0.52, -0.13), (-0.41, -0.15)):
        canvas.shape(
            stroke(
                smooth([(x - 0.02, y - 0.008), (x, y), (x + 0.02, y - 0.008)], closed=False, steps=6), [0.0, 0.005, 0.0]
            ),
            "#3a2a33",
        )


def draw_night(canvas):
    """The shop with its lamp on, after everything else has closed."""
    canvas.wash("#1f2536", "#2f3346", "#3d3742")
    for _ in range(40):
        x, y = canvas.dice.uniform(-canvas.half, canvas.half), canvas.dice.uniform(-0.5, -0.22)
        canvas.shape(ellipse(x, y, 0.0018, 0.0018, steps=8), "#fff4dc", alpha=canvas.dice.uniform(0.25, 0.8))
    for x, wide, high in ((-0.95, 0.42, 0.42), (-0.52, 0.2, 0.3), (0.36, 0.22, 0.33), (0.58, 0.5, 0.46)):
        canvas.shape(
            [(x, 0.3 - high - 0.14), (x + wide, 0.3 - high - 0.14), (x + wide, 0.34), (x, 0.34)], "#363b54", "#2b2d3c"
        )
    canvas.shape([(-1.1, 0.3), (1.1, 0.3), (1.1, 0.55), (-1.1, 0.55)], "#3a3440", "#26232c", "#1b1920")
    canvas.glow(0.0, 0.36, 0.8, "#ffc477", 0.5, squash=0.32)
    canvas.shape([(-0.36, -0.2), (0.36, -0.2), (0.36, 0.31), (-0.36, 0.31)], "#5d3d2e", "#48301f", "#3b271b")
    pane = [(-0.31, -0.05), (0.12, -0.05), (0.12, 0.22), (-0.31, 0.22)]
    canvas.shape(pane, "#ffd68c", "#ffbf6b", "#d98a45")
    door = [(0.17, -0.05), (0.31, -0.05), (0.31, 0.31), (0.17, 0.31)]
    canvas.shape(door, "#ffcf82", "#c77c3e", "#6b3f22")
    canvas.glow(-0.1, 0.02, 0.22, "#fff2cf", 0.8)
    canvas.shape(ellipse(-0.1, 0.012, 0.035, 0.02), "#fffbe9", "#ffe3a1")
    canvas.shape([(-0.31, 0.165), (0.12, 0.165), (0.12, 0.22), (-0.31, 0.22)], "#4a2c1b", "#2c190f")
    for x, size in ((-0.24, 0.05), (-0.12, 0.07), (0.02, 0.05)):
        canvas.shape(
            smooth(
                [
                    (x - size * 0.7, 0.165 - size),
                    (x + size * 0.7, 0.165 - size),
                    (x + size * 0.45, 0.165),
                    (x - size * 0.45, 0.165),
                ],
                steps=4,
            ),
            "#3d2416",
            alpha=0.9,
        )
    for x in (-0.31, -0.095, 0.12):
        canvas.shape([(x - 0.007, 0.0), (x + 0.007, 0.0), (x + 0.007, 0.22), (x - 0.007, 0.22)], "#33200f")
    canvas.shape([(-0.4, -0.09), (0.4, -0.09), (0.44, 0.0), (-0.44, 0.0)], "#b9553a", "#8a3d29")
    for at in range(8):
        x = -0.4 + at * 0.1
        canvas.shape(
            [(x + 0.05, -0.09), (x + 0.1, -0.09), (x + 0.1 + (x + 0.1) * 0.1, 0.0), (x + 0.05 + (x + 0.05) * 0.1, 0.0)],
            "#f6e7cd",
            "#cfb894",
        )
    canvas.shape([(-0.16, -0.175), (0.16, -0.175), (0.16, -0.115), (-0.16, -0.115)], "#f3e6cf", "#d9c4a0")
    canvas.shape(smooth([(-0.05, -0.142), (0.05, -0.142), (0.012, -0.122), (-0.012, -0.122)], steps=6), "#b9553a")
    canvas.shape([(-0.3, 0.33), (0.14, 0.33), (0.26, 0.5), (-0.42, 0.5)], "#ffd08a", alpha=0.22, blur=0.02)
