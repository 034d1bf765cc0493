"""Pages load nothing from elsewhere, hold no inline script or style, and let nobody's text be markup (R8, R95, R96)."""

from __future__ import annotations

import re

from tests.house.source import ROOT, TEMPLATES, modules, shown

FILES = sorted(TEMPLATES.rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))


def _hits(pattern: str, files: list, *, but: str | None = None) -> list[str]:  # type: ignore[type-arg]
    found = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(pattern, line) and not (but and re.search(but, line)):
                found.append(f"{shown(file)}:{number} {line.strip()[:80]}")
    return found


def test_nothing_is_loaded_from_another_host() -> None:
    """R8."""
    assert not _hits(r"https?://|//[a-z]+\.[a-z]", FILES + SCRIPTS + STYLES, but=r"w3\.org/|^\s*(//|/?\*)")


def test_no_inline_script_style_or_handler() -> None:
    assert not _hits(r"<script(?![^>]*\ssrc=)|\sstyle=|<style|\son[a-z]+=", FILES)


def test_nobodys_text_becomes_markup() -> None:
    """R96: no `safe` filter on anything, no autoescape switch; Markup() only around what the program itself drew."""
    assert not _hits(r"\|\s*safe\b|autoescape\s+false", FILES)
    drawn = {"cfc_groups/drawings.py", "cfc_groups/qr.py"}
    assert not [hit for hit in _hits(r"\bMarkup\(", modules()) if hit.split(":")[0] not in drawn]


def test_scripts_do_without_eval_and_sensors() -> None:
    """R9, R95."""
    assert not _hits(r"\beval\(|new Function|innerHTML|document\.write|geolocation|insertAdjacentHTML", SCRIPTS)


def test_nothing_ranks_children() -> None:
    """R108: no counts of likes, no streaks, no top lists."""
    assert not _hits(r"like_count|\bstreak|leaderboard|\branking|\btop_posts|trending", FILES + SCRIPTS + modules())


def test_old_browsers_understand_the_styles() -> None:
    """Chrome 80 and Safari 13 are the oldest: no :has, nesting, layers or container queries."""
    assert not _hits(r":has\(|@layer|@container|color-mix|^\s*&", STYLES)


def test_the_design_fits_its_budget() -> None:
    assert sum(file.stat().st_size for file in STYLES) <= 30 * 1024


def test_no_chinese_in_source_or_templates() -> None:
    """Every sentence goes through gettext; Chinese stands in catalogues and data files."""
    han = r"[\u4e00-\u9fff]"
    allowed = re.compile(r"detectors/|roster_rules\.py|i18n\.py|_words\.py|migrations/")
    code = [file for file in modules() if not allowed.search(shown(file))]
    wrong = []
    for file in code + FILES + SCRIPTS:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            bare = re.sub(r'(#|""").*', "", line) if file.suffix == ".py" else line
            if re.search(han, bare) and '"""' not in line and not line.strip().startswith(("#", "*", "//")):
                wrong.append(f"{shown(file)}:{number} {line.strip()[:60]}")
    docstrings_allowed = [hit for hit in wrong if not _in_docstring(hit)]
    assert not docstrings_allowed


def _in_docstring(hit: str) -> bool:
    import ast

    name, number = hit.split(" ")[0].rsplit(":", 1)
    file = ROOT / name
    if file.suffix != ".py":
        return False
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        if text and node.lineno <= int(number) <= (node.end_lineno or node.lineno):
            return True
    return False
