"""The pictures taken indoors: a table, a lamp, and what stands between them."""

import math

from community.demo.pictures.brush import ellipse, mix, smooth, stroke
from community.demo.pictures.things import CERAMIC, CLAY, bean, cup, dripper, grinder, kettle, leaf, server, shadow


def room(
    canvas,
    *,
    wall=("#6f4a33", "#8c6243", "#5b3b29"),
    table=("#8a5b3a", "#5d3a25", "#3d2517"),
    edge=0.26,
    lamp=(0.42, -0.34),
):
    """A wall, a table and one lamp."""
    canvas.wash(*wall)
    canvas.glow(lamp[0], lamp[1], 0.95, "#ffd79a", 0.8)
    canvas.glow(lamp[0], lamp[1], 0.45, "#fff0cf", 0.55)
    wide = canvas.half + 0.05
    canvas.shape([(-wide, edge), (wide, edge), (wide, 0.55), (-wide, 0.55)], *table)
    canvas.shape(
        [(-wide, edge - 0.002), (wide, edge - 0.002), (wide, edge + 0.006), (-wide, edge + 0.006)],
        "#ffdca8",
        alpha=0.35,
    )
    canvas.glow(lamp[0] * 0.8, edge + 0.06, 0.6, "#ffcf91", 0.38, squash=0.3)


def draw_dripper(canvas):
    """A cone over its server, mid-drip."""
    room(canvas)
    cup(canvas, -0.44, 0.36, 0.17, handle=-1)
    server(canvas, 0.02, 0.38, 0.34, level=0.26)
    dripper(canvas, 0.02, 0.035, 0.27)
    canvas.shape(stroke([(0.02, 0.05), (0.02, 0.28)], [0.006, 0.003]), "#7a4422", alpha=0.85)
    canvas.steam(0.02, -0.25, 0.22)
    for x, y, turn in ((0.4, 0.41, 0.4), (0.46, 0.385, 2.2), (0.5, 0.43, 1.2), (-0.16, 0.44, 0.2)):
        bean(canvas, x, y, 0.019, turn)


def draw_kettle(canvas):
    """Water falling into the middle of the bed."""
    room(
        canvas,
        wall=("#33463d", "#4d6152", "#2b3a32"),
        table=("#7d5a3d", "#573925", "#372216"),
        edge=0.3,
        lamp=(-0.5, -0.36),
    )
    server(canvas, -0.16, 0.4, 0.3, level=0.3)
    dripper(canvas, -0.16, 0.095, 0.25, clay=CERAMIC)
    x, y = kettle(canvas, 0.36, -0.04, 0.4)
    fall = smooth(
        [(x + 0.006, y - 0.004), (x - 0.035, y + 0.05), (x - 0.052, y + 0.13), (-0.16 + 0.02, -0.145)], closed=False
    )
    canvas.shape(stroke(fall, [0.016, 0.011, 0.009, 0.01]), "#fffdf6", "#dfe6df", alpha=0.85)
    canvas.steam(-0.2, -0.17, 0.22, strength=0.34)


def draw_grinder(canvas):
    """A hand grinder among its beans."""
    room(
        canvas,
        wall=("#8d5538", "#b87a51", "#7c4a30"),
        table=("#d9b88d", "#b78b5f", "#8a6341"),
        edge=0.2,
        lamp=(0.5, -0.4),
    )
    grinder(canvas, -0.16, 0.34, 0.46)
    cup(canvas, 0.4, 0.34, 0.2, clay=CERAMIC, drink=("#4a2a18", "#7a4a2b", "#38200f"))
    _scatter(canvas, 34, (0.02, 0.3), (0.36, 0.46))


def _scatter(canvas, many, xs, ys, size=0.02):
    lying = sorted((canvas.dice.uniform(*ys), canvas.dice.uniform(*xs)) for _ in range(many))
    for y, x in lying:
        bean(
            canvas,
            x,
            y,
            size * canvas.dice.uniform(0.88, 1.12),
            canvas.dice.uniform(0, math.tau),
            roast=mix("#6f4023", "#3b1f11", canvas.dice.random()),
        )


def draw_beans(canvas):
    """A tray full of beans, light to dark."""
    canvas.wash("#e9d6b8", "#d2b48a", "#b8946a")
    canvas.glow(-0.5, -0.4, 1.1, "#fff4dc", 0.75)
    wide = min(canvas.half * 0.86, 0.74)
    canvas.shape(ellipse(0.05, 0.1, wide, 0.41), "#4a2d18", alpha=0.45, blur=0.03)
    canvas.shape(ellipse(0, 0.02, wide, 0.41), "#9a6a42", "#6d4427", "#53321c")
    canvas.shape(ellipse(0, 0.015, wide * 0.955, 0.375), "#4e2f1b", "#704a2c", "#8c6040")
    many = []
    while len(many) < 270:
        x, y = canvas.dice.uniform(-wide, wide), canvas.dice.uniform(-0.4, 0.4)
        if (x / (wide * 0.87)) ** 2 + ((y - 0.015) / 0.33) ** 2 < 1:
            many.append((y, x))
    for y, x in sorted(many):
        share = min(max((x / wide + 1) / 2 + canvas.dice.uniform(-0.1, 0.1), 0), 1)
        roast = mix("#a97a45", "#6a3c20", share * 2) if share < 0.5 else mix("#6a3c20", "#2c170d", share * 2 - 1)
        bean(canvas, x, y, 0.041 * canvas.dice.uniform(0.9, 1.1), canvas.dice.uniform(0, math.tau), roast=roast)


def draw_cup(canvas):
    """One cup at dusk, by the window."""
    canvas.wash("#5a3d3f", "#7c4f45", "#4b302c")
    left, right, top, bottom = -min(canvas.half * 0.8, 0.62), min(canvas.half * 0.72, 0.5), -0.44, 0.16
    frame = [(left, top), (right, top), (right, bottom), (left, bottom)]
    canvas.shape(frame, "#6b6f9a", "#c98f86", "#f3b577", "#f7cf95")
    canvas.shape(ellipse(0.12, 0.05, 0.07, 0.07), "#ffeec9", "#ffd08a", inside=frame)
    for level, colour in ((0.06, "#9a6b6a"), (0.1, "#6d4a4f")):
        line = smooth(
            [(left - 0.1, level), (-0.3, level - 0.06), (-0.05, level), (0.2, level - 0.04), (right + 0.1, level)],
            closed=False,
        )
        canvas.shape([*line, (right + 0.1, bottom + 0.1), (left - 0.1, bottom + 0.1)], colour, inside=frame)
    for at in (left, (left + right) / 2, right):
        canvas.shape(
            [(at - 0.012, top), (at + 0.012, top), (at + 0.012, bottom), (at - 0.012, bottom)], "#3a241f", "#2a1915"
        )
    canvas.shape([(left, -0.175), (right, -0.175), (right, -0.16), (left, -0.16)], "#33201b")
    wide = canvas.half + 0.05
    canvas.shape([(-wide, 0.16), (wide, 0.16), (wide, 0.55), (-wide, 0.55)], "#8d5a3d", "#5b3826", "#3a2318")
    canvas.glow(0.1, 0.2, 0.7, "#ffcf91", 0.42, squash=0.25)
    shadow(canvas, -0.02, 0.4, 0.56, lean=-0.2)
    canvas.shape(ellipse(-0.02, 0.385, 0.29, 0.062), "#f1e5d0", "#cbb597", "#9b8468")
    canvas.shape(ellipse(-0.02, 0.38, 0.2, 0.038), "#a8927a", "#e6d8c0", across=True)
    cup(canvas, -0.02, 0.385, 0.33)
    canvas.steam(-0.02, 0.11, 0.3, strength=0.4, wide=0.075)


def draw_window(canvas):
    """A small room, a desk, and a brewing set in the morning light."""
    canvas.wash("#efe2cb", "#e6d3b3", "#d9c19b")
    left, right = -min(canvas.half * 0.7, 0.56), 0.02
    frame = [(left, -0.42), (right, -0.42), (right, 0.12), (left, 0.12)]
    canvas.shape(frame, "#bcd6dc", "#dfeae2", "#fdf3d8")
    for x, high, colour in (
        (left + 0.05, 0.2, "#a9bdb4"),
        (left + 0.2, 0.3, "#93aaa2"),
        (left + 0.36, 0.16, "#b3c5bb"),
        (left + 0.47, 0.26, "#9fb4ab"),
    ):
        canvas.shape([(x, 0.12 - high), (x + 0.12, 0.12 - high), (x + 0.12, 0.12), (x, 0.12)], colour, inside=frame)
        for row in range(4):
            canvas.shape(
                [
                    (x + 0.03, 0.14 - high + row * 0.05),
                    (x + 0.05, 0.14 - high + row * 0.05),
                    (x + 0.05, 0.16 - high + row * 0.05),
                    (x + 0.03, 0.16 - high + row * 0.05),
                ],
                "#f3ecd2",
                alpha=0.7,
                inside=frame,
            )
    for one, other in (
        ((left, -0.42), (right, -0.42)),
        ((left, 0.12), (right, 0.12)),
        ((left, -0.42), (left, 0.12)),
        ((right, -0.42), (right, 0.12)),
        (((left + right) / 2, -0.42), ((left + right) / 2, 0.12)),
    ):
        canvas.shape(stroke([one, other], [0.022, 0.022]), "#fbf4e6", "#d8c5a3")
    canvas.shape([(left, 0.14), (right, 0.14), (right + 0.5, 0.6), (left + 0.42, 0.6)], "#fff7dd", alpha=0.4, blur=0.02)
    wide = canvas.half + 0.05
    canvas.shape([(-wide, 0.24), (wide, 0.24), (wide, 0.55), (-wide, 0.55)], "#c99d6d", "#a87a4e", "#835a37")
    canvas.shape(
        [(left + 0.1, 0.24), (right + 0.1, 0.24), (right + 0.45, 0.55), (left + 0.3, 0.55)],
        "#fff1cf",
        alpha=0.35,
        blur=0.015,
    )
    shadow(canvas, -0.34, 0.33, 0.17)
    canvas.shape(
        [(-0.42, 0.2), (-0.26, 0.2), (-0.28, 0.33), (-0.4, 0.33)], "#7a3c24", "#c9764c", "#8a4529", across=True
    )
    for turn, size in ((-2.3, 0.2), (-1.9, 0.27), (-1.5, 0.24), (-1.15, 0.27), (-0.8, 0.2)):
        leaf(canvas, -0.34, 0.21, size, turn, "#5f9468", "#34694a")
    server(canvas, 0.14, 0.37, 0.25, level=0.3)
    dripper(canvas, 0.14, 0.115, 0.2, clay=CERAMIC)
    canvas.steam(0.14, -0.1, 0.16, strength=0.5)
    cup(canvas, 0.42, 0.4, 0.17, clay=CLAY)
    for at, colour in enumerate(("#8d4a33", "#3f6552", "#d9b88d")):
        low = 0.37 - at * 0.035
        canvas.shape(
            [
                (0.56 + at * 0.006, low - 0.033),
                (0.82 - at * 0.012, low - 0.033),
                (0.82 - at * 0.012, low),
                (0.56 + at * 0.006, low),
            ],
            colour,
            mix(colour, "#20130c", 0.35),
        )


def draw_cupping(canvas):
    """Bowls in a row and the spoons beside them, from above."""
    canvas.wash("#6d4a33", "#85603f", "#5b3c28")
    canvas.glow(-0.45, -0.45, 1.1, "#ffd9a0", 0.7)
    for at in range(9):
        y = -0.5 + at * 0.125
        canvas.shape([(-1.1, y), (1.1, y + 0.004), (1.1, y + 0.007), (-1.1, y + 0.003)], "#2e1b10", alpha=0.35)
    drinks = (("#c99a5f", "#9a6531", "#6f431d"), ("#a86a35", "#7a4320", "#4d2611"), ("#7a4422", "#532912", "#2f1408"))
    places = (
        ((-0.52, -0.09), (0.0, -0.12), (0.52, -0.09))
        if canvas.half > 0.7
        else ((-0.22, -0.24), (0.22, -0.12), (-0.14, 0.2))
    )
    for (x, y), drink in zip(places, drinks, strict=True):
        size = 0.215 if canvas.half > 0.7 else 0.19
        canvas.shape(ellipse(x + 0.035, y + 0.05, size * 1.02, size), "#120905", alpha=0.55, blur=0.025)
        canvas.shape(ellipse(x, y, size, size), "#fffaf0", "#efe2cd", "#b9a58c")
        canvas.shape(ellipse(x, y, size * 0.9, size * 0.9), "#b7a184", "#dccbb0", "#f6ecdb")
        pool = ellipse(x, y + 0.004, size * 0.8, size * 0.8)
        canvas.shape(pool, *drink)
        canvas.shape(
            ellipse(x - size * 0.25, y - size * 0.38, size * 0.36, size * 0.16, turn=-0.5),
            "#ffe7bf",
            alpha=0.5,
            blur=0.012,
            inside=pool,
        )
        for _ in range(26):
            turn, far = canvas.dice.uniform(0, math.tau), size * 0.79 * canvas.dice.uniform(0.86, 0.98)
            canvas.shape(
                ellipse(x + far * math.cos(turn), y + far * math.sin(turn), 0.006, 0.005, steps=12),
                "#f0cf98",
                alpha=0.55,
                inside=pool,
            )
    for x, turn in ((-0.27, -0.12), (0.27, 0.1)) if canvas.half > 0.7 else ((0.24, 0.3),):
        _spoon(canvas, x, 0.24, turn)


def _spoon(canvas, x, y, turn):
    cos, sin = math.cos(turn), math.sin(turn)
    end = (x + 0.27 * -sin, y + 0.27 * cos)
    canvas.shape(
        stroke([(x + 0.015, y + 0.025), (end[0] + 0.015, end[1] + 0.025)], [0.03, 0.03]),
        "#120905",
        alpha=0.4,
        blur=0.012,
    )
    canvas.shape(ellipse(x + 0.014, y + 0.022, 0.06, 0.075, turn=turn), "#120905", alpha=0.45, blur=0.012)
    canvas.shape(stroke([(x, y + 0.05), end], [0.018, 0.026]), "#fff6e4", "#a79a8a", "#6f655b", across=True)
    canvas.shape(ellipse(x, y, 0.058, 0.074, turn=turn), "#8c8175", "#d9d0c3", "#fffaf0")
    canvas.shape(ellipse(x, y + 0.004, 0.048, 0.062, turn=turn), "#fffaf0", "#b5a999", "#7a7067")
