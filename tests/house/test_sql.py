"""SQL stands in stores and queries only, and never has anybody's text put into it (R96)."""

from __future__ import annotations

import ast
import re

from tests.house.source import modules, room_of, shown, tree

PLATFORM_SQL = {
    "db.py", "journal.py", "outbox.py", "scheduler.py", "instance.py", "pagecache.py",
}  # fmt: skip
STATEMENT = re.compile(r"^\s*(select|insert into|update|delete from|with|replace into)\b", re.IGNORECASE)


def test_sql_stands_in_stores_and_queries_only() -> None:
    wrong = []
    for file in modules():
        if file.name in ("store.py", "queries.py") or file.name.endswith(("_store.py", "_queries.py")):
            continue
        if "migrations" in file.parts or (room_of(file) is None and file.name in PLATFORM_SQL):
            continue
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and STATEMENT.match(node.value):
                words = node.value.split()
                if len(words) > 3 and words[0].isupper():
                    wrong.append(f"{shown(file)}:{node.lineno} {node.value[:50]!r}")
    assert not wrong


def test_only_constants_are_put_together_into_sql() -> None:
    """An f-string in a statement may only hold names that stand in the source (UPPER_CASE or clause variables)."""
    wrong = []
    for file in modules():
        for node in ast.walk(tree(file)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr not in ("rows", "row", "value", "execute", "executemany"):
                continue
            for argument in node.args[:1]:
                if isinstance(argument, ast.JoinedStr):
                    inside = [part.value for part in argument.values if isinstance(part, ast.FormattedValue)]
                    strange = [one for one in inside if not _is_clause(one)]
                    wrong += [f"{shown(file)}:{argument.lineno} {ast.unparse(one)}" for one in strange]
                elif isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Mod):
                    wrong.append(f"{shown(file)}:{argument.lineno} %-formatting")
                elif isinstance(argument, ast.Call) and ast.unparse(argument.func).endswith(".format"):
                    wrong.append(f"{shown(file)}:{argument.lineno} .format()")
    assert not wrong


def _is_clause(node: ast.expr) -> bool:
    if isinstance(node, ast.Name):
        return node.id.isupper() or node.id in ("table", "names", "marks", "where", "order", "columns", "clause")
    if isinstance(node, ast.Attribute):
        return node.attr.isupper()
    return False


def test_no_list_is_paged_by_offset() -> None:
    """Keyset paging only: page 1,000 costs what page 1 costs."""
    wrong = []
    for file in modules():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\bOFFSET\b", node.value):
                wrong.append(f"{shown(file)}:{node.lineno}")
    assert not wrong
