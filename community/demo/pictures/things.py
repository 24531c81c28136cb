"""The things which stand in the pictures: cups, drippers, kettles, beans, hills."""

import math

from community.demo.pictures.brush import ellipse, mix, smooth, stroke, turned

CERAMIC = ("#b9a58c", "#f3e8d6", "#fffaf0", "#efe2cd", "#a8927a")
CLAY = ("#6e3320", "#b9603c", "#d98357", "#a8502f", "#5f2a1a")
STEEL = ("#3d3a38", "#8d8781", "#d9d2c8", "#7a746e", "#2e2b29")
GLASS = ("#c9b597", "#e9dcc4", "#f6eddc", "#e3d3b7", "#b7a081")
DARK = ("#17110d", "#3c2e25", "#5a4637", "#33271f", "#120d0a")
COFFEE = ("#3a1d10", "#6b3a1e", "#2a140a")


def shadow(canvas, x, y, wide, *, lean=0.35, alpha=0.4):
    """What falls to the table, away from the lamp."""
    canvas.shape(
        ellipse(x + lean * wide * 0.5, y + 0.004, wide * (0.62 + abs(lean) * 0.3), wide * 0.1),
        "#1d120b",
        alpha=alpha,
        blur=0.016,
    )
    canvas.shape(ellipse(x, y, wide * 0.52, wide * 0.07), "#120a06", alpha=alpha, blur=0.006)


def cup(canvas, x, y, size, *, clay=CERAMIC, drink=COFFEE, handle=1):
    """A cup standing at x, y (the middle of its foot)."""
    shadow(canvas, x, y, size * 1.1)
    top = y - size * 0.78
    if handle:
        ring = ellipse(x + handle * size * 0.56, y - size * 0.44, size * 0.2, size * 0.22, start=-2.2, end=2.2)
        ring = ring if handle > 0 else [(2 * (x - size * 0.56) - px, py) for px, py in ring]
        canvas.shape(stroke(ring, [size * 0.09, size * 0.1, size * 0.08]), clay[1], clay[3], clay[4])
    body = turned(
        x,
        [(size * 0.56, top), (size * 0.55, top + size * 0.3), (size * 0.46, y - size * 0.18), (size * 0.3, y)],
        base=size * 0.05,
    )
    canvas.shape(body, *clay, across=True)
    canvas.shape(body, "#fff6e4", "#fff6e4", "#4d3222", "#2e1a0f", alpha=0.16)
    canvas.shape(ellipse(x, top, size * 0.56, size * 0.125), clay[2], clay[1], across=True)
    canvas.shape(ellipse(x, top + size * 0.012, size * 0.515, size * 0.105), clay[4], clay[3], across=True)
    pool = ellipse(x, top + size * 0.035, size * 0.485, size * 0.082)
    canvas.shape(pool, *drink, across=True)
    canvas.shape(
        ellipse(x - size * 0.16, top + size * 0.02, size * 0.2, size * 0.026),
        "#f2c48b",
        alpha=0.35,
        blur=0.006,
        inside=pool,
    )


def server(canvas, x, y, size, *, level=0.4):
    """A glass server with coffee in it."""
    shadow(canvas, x, y, size * 1.15)
    arm = [(0.44, -0.7), (0.68, -0.73), (0.8, -0.47), (0.72, -0.2), (0.55, -0.19)]
    ring = smooth([(x + size * dx, y + size * dy) for dx, dy in arm], closed=False)
    canvas.shape(stroke(ring, [size * 0.05, size * 0.06, size * 0.05]), "#f1e4cc", "#bfa98a", alpha=0.9)
    profile = [
        (size * 0.36, y - size * 1.0),
        (size * 0.38, y - size * 0.86),
        (size * 0.58, y - size * 0.45),
        (size * 0.58, y - size * 0.12),
        (size * 0.5, y),
    ]
    body = turned(x, profile, base=size * 0.06)
    canvas.shape(body, *GLASS, across=True, alpha=0.62)
    line = y - size * level
    drink = turned(
        x, [(size * 0.575, line), (size * 0.565, y - size * 0.12), (size * 0.48, y - size * 0.01)], base=size * 0.05
    )
    canvas.shape(drink, "#1d0d06", "#5d2f17", "#8a4a22", "#4a2412", "#150904", across=True, inside=body)
    canvas.shape(ellipse(x, line, size * 0.57, size * 0.07), "#7a4422", "#a86631", "#5b2f18", across=True)
    canvas.shape(
        stroke(
            [(x - size * 0.44, y - size * 0.62), (x - size * 0.5, y - size * 0.4), (x - size * 0.49, y - size * 0.14)],
            [size * 0.02, size * 0.05, 0.0],
        ),
        "#fffaf0",
        alpha=0.6,
        blur=0.003,
    )
    canvas.shape(ellipse(x, y - size * 1.0, size * 0.36, size * 0.05), "#f8efdf", "#cdb897", alpha=0.75)


def dripper(canvas, x, y, size, *, clay=CLAY):
    """A cone on a ring; x, y is the middle of the ring."""
    ring = ellipse(x + size * 0.55, y - size * 0.5, size * 0.21, size * 0.2)
    canvas.shape(stroke(ring, [size * 0.08, size * 0.08, size * 0.06]), clay[2], clay[1], clay[4])
    base = turned(x, [(size * 0.5, y - size * 0.045), (size * 0.52, y)], base=size * 0.08)
    canvas.shape(base, *clay, across=True)
    canvas.shape(ellipse(x, y - size * 0.045, size * 0.5, size * 0.07), clay[2], clay[1], across=True)
    paper = turned(x, [(size * 0.74, y - size * 1.0), (size * 0.62, y - size * 0.82)])
    canvas.shape(paper, "#e8dcc6", "#fffaf0", "#fbf3e3", "#d9c9ac", across=True)
    cone = turned(
        x,
        [(size * 0.7, y - size * 0.9), (size * 0.45, y - size * 0.42), (size * 0.2, y - size * 0.06), (size * 0.19, y)],
        base=size * 0.02,
    )
    canvas.shape(cone, *clay, across=True)
    for by in (-0.42, -0.22, 0.02, 0.26):
        rib = [
            (x + size * by * 1.35, y - size * 0.86),
            (x + size * by * 0.85, y - size * 0.42),
            (x + size * by * 0.35, y - size * 0.1),
        ]
        canvas.shape(
            stroke(smooth(rib, closed=False), [size * 0.015, size * 0.03, 0.0]),
            clay[4],
            alpha=0.3,
            blur=0.002,
            inside=cone,
        )
    canvas.shape(ellipse(x, y - size * 1.0, size * 0.74, size * 0.15), "#fffbf2", "#e6d8bd", across=True)
    bed = ellipse(x, y - size * 0.955, size * 0.6, size * 0.105)
    canvas.shape(bed, "#2c150b", "#6a3c20", "#3a1e10", across=True)
    for radius in (0.42, 0.26):
        canvas.shape(
            ellipse(x - size * 0.03, y - size * 0.955, size * radius, size * radius * 0.17),
            mix("#6a3c20", "#d39a5e", 0.75 - radius),
            alpha=0.5,
            blur=0.006,
            inside=bed,
        )


def kettle(canvas, x, y, size, *, metal=STEEL):
    """A goose-necked kettle which leans to the left; returns the mouth of its spout."""
    handle = smooth(
        [
            (x + size * 0.36, y - size * 0.9),
            (x + size * 0.86, y - size * 1.0),
            (x + size * 0.98, y - size * 0.6),
            (x + size * 0.5, y - size * 0.14),
        ],
        closed=False,
    )
    canvas.shape(stroke(handle, [size * 0.1, size * 0.13, size * 0.13, size * 0.1]), "#6b4228", "#3b2216", "#22130c")
    mouth = (x - size * 1.06, y - size * 0.92)
    spout = smooth(
        [
            (x - size * 0.4, y - size * 0.16),
            (x - size * 0.72, y - size * 0.24),
            (x - size * 0.74, y - size * 0.66),
            (x - size * 0.9, y - size * 0.94),
            mouth,
        ],
        closed=False,
    )
    canvas.shape(stroke(spout, [size * 0.22, size * 0.13, size * 0.085, size * 0.07]), metal[2], metal[1], metal[0])
    body = turned(
        x,
        [
            (size * 0.34, y - size * 0.86),
            (size * 0.44, y - size * 0.7),
            (size * 0.58, y - size * 0.12),
            (size * 0.57, y),
        ],
        base=size * 0.08,
    )
    canvas.shape(body, *metal, across=True)
    canvas.shape(body, "#fff1da", "#6d5a48", "#1c1410", alpha=0.22)
    canvas.shape(
        stroke(
            [(x - size * 0.24, y - size * 0.7), (x - size * 0.34, y - size * 0.36), (x - size * 0.38, y - size * 0.06)],
            [size * 0.03, size * 0.08, size * 0.03],
        ),
        "#fff8ea",
        alpha=0.65,
        blur=0.006,
        inside=body,
    )
    lid = turned(
        x,
        [(size * 0.1, y - size * 1.0), (size * 0.3, y - size * 0.93), (size * 0.36, y - size * 0.85)],
        base=size * 0.05,
    )
    canvas.shape(lid, *metal, across=True)
    canvas.shape(ellipse(x, y - size * 1.03, size * 0.085, size * 0.07), "#7a4a2c", "#2c180e")
    return mouth


def grinder(canvas, x, y, size):
    """A hand grinder with its crank."""
    shadow(canvas, x, y, size * 0.8)
    low = turned(x, [(size * 0.29, y - size * 0.62), (size * 0.3, y - size * 0.3), (size * 0.28, y)], base=size * 0.045)
    canvas.shape(low, "#2e190e", "#7d4a2a", "#b9774a", "#71401f", "#28150b", across=True)
    high = turned(
        x,
        [(size * 0.31, y - size * 1.42), (size * 0.32, y - size * 1.0), (size * 0.31, y - size * 0.6)],
        base=size * 0.045,
    )
    canvas.shape(high, *DARK, across=True)
    for at in (0.66, 0.7):
        canvas.shape(
            stroke(
                ellipse(x, y - size * at, size * 0.315, size * 0.045, start=0, end=math.pi),
                [size * 0.014, size * 0.014],
            ),
            "#d2a36a",
            alpha=0.7,
        )
    canvas.shape(
        stroke([(x - size * 0.17, y - size * 1.38), (x - size * 0.18, y - size * 0.68)], [size * 0.05, size * 0.05]),
        "#ffe9c9",
        alpha=0.3,
        blur=0.008,
        inside=high,
    )
    canvas.shape(ellipse(x, y - size * 1.42, size * 0.31, size * 0.055), "#8d7a68", "#3c3027", across=True)
    canvas.shape(
        turned(x, [(size * 0.05, y - size * 1.56), (size * 0.06, y - size * 1.42)], base=size * 0.015),
        *STEEL,
        across=True,
    )
    arm = smooth(
        [(x - size * 0.02, y - size * 1.55), (x + size * 0.3, y - size * 1.58), (x + size * 0.68, y - size * 1.5)],
        closed=False,
    )
    canvas.shape(stroke(arm, [size * 0.08, size * 0.055, size * 0.05]), "#d9d2c8", "#6f6861")
    canvas.shape(
        turned(
            x + size * 0.68,
            [
                (size * 0.03, y - size * 1.74),
                (size * 0.09, y - size * 1.68),
                (size * 0.075, y - size * 1.5),
                (size * 0.04, y - size * 1.46),
            ],
            base=size * 0.01,
        ),
        "#3b2114",
        "#9a5f38",
        "#3b2114",
        across=True,
    )


def bean(canvas, x, y, size, turn, *, roast="#5b321c"):
    """One bean, lying anyhow."""
    body = ellipse(x, y, size, size * 0.68, turn=turn, steps=40)
    canvas.shape(
        ellipse(x + size * 0.12, y + size * 0.34, size, size * 0.6, turn=turn, steps=24),
        "#120a06",
        alpha=0.4,
        blur=size * 0.2,
    )
    canvas.shape(body, mix(roast, "#ffd9a8", 0.34), roast, mix(roast, "#0b0503", 0.55))
    cos, sin = math.cos(turn), math.sin(turn)
    seam = [
        (x + a * cos - b * sin, y + a * sin + b * cos)
        for a, b in (
            (-size * 0.95, size * 0.02),
            (-size * 0.35, size * 0.14),
            (size * 0.3, -size * 0.14),
            (size * 0.95, 0.0),
        )
    ]
    canvas.shape(
        stroke(smooth(seam, closed=False, steps=8), [size * 0.05, size * 0.15, size * 0.05]),
        mix(roast, "#050201", 0.7),
        alpha=0.9,
        inside=body,
    )
    canvas.shape(
        ellipse(x - size * 0.25, y - size * 0.32, size * 0.4, size * 0.12, turn=turn, steps=24),
        "#ffe3bd",
        alpha=0.4,
        blur=size * 0.08,
        inside=body,
    )


def hill(canvas, level, rough, *stops, pieces=7, alpha=1.0):
    """A ridge from edge to edge; what lies under it is filled."""
    edge = canvas.half + 0.1
    line = [(-edge + 2 * edge * at / pieces, level + canvas.dice.uniform(-rough, rough)) for at in range(pieces + 1)]
    ridge = smooth([(-edge - 0.2, level), *line, (edge + 0.2, level)], closed=False)
    canvas.shape([*ridge, (edge + 0.2, 0.6), (-edge - 0.2, 0.6)], *stops, alpha=alpha)
    return ridge


def leaf(canvas, x, y, size, turn, *stops):
    """A coffee leaf with its rib."""
    cos, sin = math.cos(turn), math.sin(turn)

    def put(points):
        return [(x + a * size * cos - b * size * sin, y + a * size * sin + b * size * cos) for a, b in points]

    body = put(smooth([(0, 0), (0.3, -0.2), (0.62, -0.18), (1, 0), (0.62, 0.18), (0.3, 0.2)], steps=8))
    canvas.shape(body, *stops)
    canvas.shape(stroke(put([(0, 0), (0.5, 0.012), (1, 0)]), [size * 0.028, size * 0.02, 0.0]), "#e3e6bf", alpha=0.4)
    for at in (0.25, 0.45, 0.65):
        for side in (-1, 1):
            canvas.shape(stroke(put([(at, 0), (at + 0.12, side * 0.13)]), [size * 0.014, 0.0]), "#e3e6bf", alpha=0.22)
