"""QR codes as drawings in the page: nothing is fetched, nothing is stored."""

from __future__ import annotations

from markupsafe import Markup


def svg(text: str, *, scale: int = 5, fitting: bool = False) -> Markup:
    """An inline SVG of a full QR code, error level M (small "micro" codes are not read by every phone).

    fitting: it takes the size that the style gives it (on paper), instead of `scale` pixels a square.
    """
    import segno

    code = segno.make(text, micro=False, error="m")
    drawing = code.svg_inline(light="white", scale=1 if fitting else scale, omitsize=fitting)
    return Markup(drawing)  # noqa: S704 - made of numbers by segno
