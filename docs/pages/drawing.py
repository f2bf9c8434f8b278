"""SVG by hand: cards, text and lines in colours that follow light and dark."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

STYLE = """
svg{--card:#f5f8f8;--box:#fff;--line:#c5d3d5;--ink:#14323a;--soft:#557078;--good:#08705f;--bad:#b23a22;--tint:178,58,34}
@media(prefers-color-scheme:dark){svg{--card:#1b2429;--box:#232f35;--line:#44565d;--ink:#e6eff0;--soft:#9db3b9;--good:#5cd3c0;
--bad:#ff9a80;--tint:255,128,96}}
text{font:13px Arial,Helvetica,"Liberation Sans",sans-serif;fill:var(--ink)}
.soft{fill:var(--soft);font-size:11.5px}.head{font-size:15px;font-weight:600}.bold{font-weight:600}
.good{fill:var(--good);font-weight:600}.bad{fill:var(--bad)}
.code{font-family:Menlo,Consolas,"Liberation Mono",monospace;font-size:12px}
.card{fill:var(--card)}.box{fill:var(--box);stroke:var(--line)}
.line{fill:none;stroke:var(--line);stroke-width:1.5}.arrow{fill:none;stroke:var(--good);stroke-width:1.5}
"""


def drawing(width: int, height: int, title: str, description: str, parts: Iterable[str]) -> str:
    """A whole picture. Its colours follow `color-scheme` of the page it is shown on, as far as browsers pass that on."""
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="t d">\n<title id="t">{escape(title)}</title>\n<desc id="d">{escape(description)}</desc>\n'
        f"<style>{STYLE}</style>\n"
        f'<rect class="card" width="{width}" height="{height}" rx="10"/>\n{body}\n</svg>\n'
    )


def text(x: float, y: float, words: object, kind: str = "", anchor: str = "") -> str:
    attributes = (f' class="{kind}"' if kind else "") + (f' text-anchor="{anchor}"' if anchor else "")
    return f'<text x="{x:g}" y="{y:g}"{attributes}>{escape(str(words))}</text>'


def box(x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="box" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6"/>'


def path(d: str, kind: str = "line") -> str:
    return f'<path class="{kind}" d="{d}"/>'


def arrow(x: float, y: float, to_x: float, to_y: float) -> str:
    """Down from one point, then right to another, with a head."""
    turn = f"M{x:g} {y:g}V{to_y:g}H{to_x:g}" if x != to_x else f"M{x:g} {y:g}V{to_y:g}"
    head = (
        f"M{to_x - 6:g} {to_y - 4:g}L{to_x:g} {to_y:g}L{to_x - 6:g} {to_y + 4:g}"
        if x != to_x
        else (f"M{to_x - 4:g} {to_y - 6:g}L{to_x:g} {to_y:g}L{to_x + 4:g} {to_y - 6:g}")
    )
    return path(turn + head, "arrow")


def tinted(x: float, y: float, width: float, height: float, share: float) -> str:
    """A cell the redder the larger the share, 0 to 1."""
    colour = f"rgba(var(--tint),{0.08 + 0.42 * share:.2f})" if share else "none"
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="3" style="fill:{colour}"/>'
