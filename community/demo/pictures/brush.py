"""A small brush: soft gradients, round things, light and grain, drawn with Pillow and always the same."""

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

FINE = 2  # masks are drawn so many times larger and shrunk, which gives clean edges


def rgb(colour):
    """#rrggbb as three numbers."""
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def mix(one, other, share):
    """A colour on the way from one to the other."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def smooth(points, *, closed=True, steps=14):
    """A soft line through the points (Catmull-Rom)."""
    many, line = len(points), []
    for at in range(many if closed else many - 1):
        if closed:
            p0, p1, p2, p3 = (points[(at + by) % many] for by in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(at + by, 0), many - 1)] for by in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            line.append(tuple(_spline(a, b, c, d, t) for a, b, c, d in zip(p0, p1, p2, p3, strict=True)))
    return line if closed else [*line, points[-1]]


def _spline(a, b, c, d, t):
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)


def ellipse(x, y, rx, ry, *, start=0.0, end=math.tau, turn=0.0, steps=72):
    """Points on an ellipse, or on a piece of one."""
    points = []
    for step in range(steps + 1):
        at = start + (end - start) * step / steps
        dx, dy = rx * math.cos(at), ry * math.sin(at)
        points.append((x + dx * math.cos(turn) - dy * math.sin(turn), y + dx * math.sin(turn) + dy * math.cos(turn)))
    return points


def turned(x, profile, *, base=0.0):
    """The outline of a turned thing (a cup, a kettle): radii from top to bottom, standing on a round base."""
    right = smooth([(x + r, y) for r, y in profile], closed=False)
    left = [(2 * x - px, py) for px, py in reversed(right)]
    if base:
        radius, bottom = profile[-1]
        foot = ellipse(x, bottom, radius, base, start=0, end=math.pi)
        return right + foot + left
    return right + left


def stroke(points, widths):
    """A line with a body: as wide at each point as told."""
    left, right = [], []
    for at, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(at - 1, 0)], points[min(at + 1, len(points) - 1)]
        long = math.hypot(bx - ax, by - ay) or 1
        share = at / (len(points) - 1) * (len(widths) - 1)
        low = min(int(share), len(widths) - 2)
        wide = (widths[low] + (widths[low + 1] - widths[low]) * (share - low)) / 2
        nx, ny = -(by - ay) / long * wide, (bx - ax) / long * wide
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


class Canvas:
    """A picture being made. The middle is 0, 0; one unit is its height; x grows to the right, y downwards."""

    def __init__(self, width, height, seed):
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width, height))
        self.dice = random.Random(seed)
        self.half = width / height / 2

    def _at(self, x, y):
        return (x + self.half) * self.height, (y + 0.5) * self.height

    def _box(self, points, room):
        xs, ys = zip(*(self._at(x, y) for x, y in points), strict=True)
        left, top = max(int(min(xs) - room), 0), max(int(min(ys) - room), 0)
        right, bottom = min(int(max(xs) + room) + 2, self.width), min(int(max(ys) + room) + 2, self.height)
        return (left, top, right, bottom) if right > left and bottom > top else None

    def _mask(self, points, box, blur=0.0):
        left, top, right, bottom = box
        size = right - left, bottom - top
        # A blurred edge needs no fine drawing.
        fine = 1 if blur > 3 else FINE
        big = Image.new("L", (size[0] * fine, size[1] * fine))
        placed = [((px - left) * fine, (py - top) * fine) for px, py in (self._at(x, y) for x, y in points)]
        ImageDraw.Draw(big).polygon(placed, fill=255)
        mask = big if fine == 1 else big.resize(size, Image.Resampling.BOX)
        return mask.filter(ImageFilter.GaussianBlur(blur)) if blur else mask

    def wash(self, *stops, across=False):
        """The whole ground, from colour to colour."""
        self.image.paste(_ramp((self.width, self.height), stops, across=across))

    def shape(self, points, *stops, across=False, alpha=1.0, blur=0.0, inside=None):
        """One thing, filled from colour to colour (top to bottom, or left to right), inside another if told."""
        spread = blur * self.height
        box = self._box(points, spread * 3)
        if box is None:
            return
        mask = self._mask(points, box, spread)
        if inside is not None:
            mask = ImageChops.multiply(mask, self._mask(inside, box))
        if alpha < 1:
            mask = mask.point(lambda value: round(value * alpha))
        size = box[2] - box[0], box[3] - box[1]
        self.image.paste(_ramp(size, stops, across=across), box, mask)

    def glow(self, x, y, radius, colour, strength=1.0, squash=1.0):
        """Light which fades away from a point."""
        px, py = self._at(x, y)
        wide, high = int(radius * self.height * 2), int(radius * self.height * 2 * squash)
        # The ramp of Pillow runs from black in the middle to white at the rim.
        light = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda v: round((max(v - 75, 0) / 180) ** 1.6 * 255 * strength)
        )
        light = light.resize((wide, high), Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", (wide, high), rgb(colour)), (int(px - wide / 2), int(py - high / 2)), light)

    def steam(self, x, y, high, *, strength=0.3, wide=0.05):
        """Two slow wisps, side by side."""
        for by, lean in ((-wide * 0.55, 1), (wide * 0.45, 0.8)):
            line = smooth(
                [
                    (x + by, y),
                    (x + by + lean * wide * 0.7, y - high * 0.3),
                    (x + by - lean * wide * 0.6, y - high * 0.62),
                    (x + by + lean * wide * 0.5, y - high),
                ],
                closed=False,
            )
            self.shape(stroke(line, [wide * 0.08, wide * 0.4, wide * 0.34, 0.0]), "#fffaf0", alpha=strength, blur=0.009)

    def grain(self, strength=0.03):
        """Paper: a little noise which takes the plastic off."""
        size = self.width // 2, self.height // 2
        noise = Image.frombytes("L", size, self.dice.randbytes(size[0] * size[1]))
        noise = noise.resize((self.width, self.height), Image.Resampling.BICUBIC)
        noise = Image.merge("RGB", (noise, noise, noise))
        self.image = Image.blend(self.image, ImageChops.soft_light(self.image, noise), strength * 6)


def _ramp(size, stops, *, across):
    """A gradient through the colours, evenly spaced."""
    stops = stops if len(stops) > 1 else stops * 2
    line = Image.new("RGB", (len(stops), 1))
    line.putdata([rgb(stop) for stop in stops])
    length = size[0] if across else size[1]
    # The resampling would mirror at both ends; a box of whole pixels between the outer middles keeps them.
    line = line.resize((length, 1), Image.Resampling.BILINEAR, box=(0.5, 0, len(stops) - 0.5, 1))
    line = line if across else line.transpose(Image.Transpose.ROTATE_270)
    return line.resize(size, Image.Resampling.NEAREST)
