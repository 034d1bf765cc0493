"""QR codes as drawings in the page: nothing is fetched, nothing is stored."""

from __future__ import annotations

from markupsafe import Markup


def svg(text: str, *, scale: int = 5) -> Markup:
    """An inline SVG of a full QR code, error level M (small "micro" codes are not read by every phone)."""
    import segno

    code = segno.make(text, micro=False, error="m")
    return Markup(code.svg_inline(scale=scale, light="white"))  # noqa: S704 - made of numbers by segno
