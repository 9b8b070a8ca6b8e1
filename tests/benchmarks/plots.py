"""Small line plots as SVG, for the guide."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import log10
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 260, 60, 44, 34


@dataclass(frozen=True)
class Line:
    """A name and its points."""

    name: str
    points: list[tuple[float, float]]


def plot(path: Path, title: str, across: str, up: str, lines: list[Line]) -> None:
    """Write a plot whose horizontal axis is logarithmic and whose vertical one begins at nothing."""
    points = [point for line in lines for point in line.points]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top = 1.25 * max(y for _, y in points)
    span = log10(right / left) or 1.0

    def place(x: float, y: float) -> tuple[float, float]:
        return LEFT + log10(x / left) / span * (WIDTH - LEFT - 30), HEIGHT - BOTTOM - y / top * (HEIGHT - BOTTOM - TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fffdf8"/>',
        f'<text x="{LEFT}" y="20" font-size="14" font-weight="600">{escape(title)}</text>',
    ]
    for step in range(5):
        value = top * step / 4
        y = place(left, value)[1]
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - 30}" stroke="#ddd6c8"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:.1f}</text>')
    for x in sorted({x for x, _ in points}):
        parts.append(f'<text x="{place(x, 0)[0]:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{x:,.0f}</text>')
    for line in lines:
        best = {x: min(y for other, y in line.points if other == x) for x, _ in line.points}
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(x, y) for x, y in sorted(best.items())))
        parts.append(f'<polyline points="{way}" fill="none" stroke="#0a6157" stroke-width="2"/>')
        parts += [f'<circle cx="{place(x, y)[0]:.1f}" cy="{place(x, y)[1]:.1f}" r="3" fill="#0a6157"/>' for x, y in line.points]
    parts.append(f'<text x="{(LEFT + WIDTH - 30) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>')
    parts.append(f'<text x="{WIDTH - 30}" y="20" text-anchor="end" fill="#5b564c">{escape(up)}</text>')
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", "utf-8")
