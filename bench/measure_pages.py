"""Pages against the floor: the public board as visitors get it, and what children and staff open most."""

from bench.client import compare
from bench.people import Login, children, sign_in_adult, sign_in_child
from bench.report import Line, at_least, only_told
from bench.server import BenchError, Server
from bench.visitor import Visitor

PUBLIC = 0.60
SIGNED_IN = 0.40


def measure(site: Server, floor: Server, logins: list[Login], seconds: float, rounds: int) -> list[Line]:
    """Requests per second of each page, as a share of the floor's."""
    board = compare(f"{site.url}/board", f"{floor.url}/", seconds, rounds)
    lines = [
        only_told("floor", board.floor_rate, f"{board.floor_rate:.0f} requests/s"),
        at_least("public board, visitor", board.ratio, PUBLIC, _told(board.ratio, board.rate)),
    ]
    child = sign_in_child(site, children(logins)[0])
    teacher = sign_in_adult(site, _first(logins, "teacher"))
    pages = [("child's own page", child, "/me"), ("board, child", child, "/board")]
    pages += [("moderation queue", teacher, "/moderation"), ("groups, teacher", teacher, "/groups")]
    for what, visitor, path in pages:
        lines.append(_signed_in_page(what, site, floor, visitor, path, seconds, rounds))
    return lines


def _signed_in_page(
    what: str, site: Server, floor: Server, visitor: Visitor, path: str, seconds: float, rounds: int
) -> Line:
    page = visitor.get(path)
    if page.address.split("?")[0] != path:
        raise BenchError(f"{path} sends on to {page.address}; it cannot be measured.")
    found = compare(f"{site.url}{path}", f"{floor.url}/", seconds, rounds, visitor.cookie_header)
    return at_least(f"{what} ({path})", found.ratio, SIGNED_IN, _told(found.ratio, found.rate))


def _told(ratio: float, rate: float) -> str:
    return f"{ratio:.0%} of the floor ({rate:.0f} requests/s)"


def _first(logins: list[Login], role: str) -> Login:
    found = next((login for login in logins if login.role == role), None)
    if found is None:
        raise BenchError(f"The demo has no {role}.")
    return found
