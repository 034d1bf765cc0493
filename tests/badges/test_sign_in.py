"""A child comes in: by typing, scanning, tapping; the first time; and who must not come in."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from cfc_groups import create_app
from cfc_groups.access import Role
from cfc_groups.accounts import actions as accounts
from cfc_groups.accounts import limits
from cfc_groups.badges import actions, codes, hooks, rules, sign_in_actions
from cfc_groups.badges.models import GRIDS, Entry, StepKind
from cfc_groups.db import Database, write
from tests.badges.way_in import DOOR, FOUR, THREE, Holder, actor_of, tap, try_pictures
from tests.support.pages import Element, Page, PageClient
from tests.support.world import World

if TYPE_CHECKING:
    from tests.conftest import ToldClock

MakeHolder = Callable[..., Holder]
Clients = Callable[[], PageClient]

WRONG = ("star", "boat", "car", "book")
NOT_TOGETHER = "图片和卡对不上"


def is_in(client: PageClient, name: str) -> bool:
    """Whether a client is signed in as this child."""
    page = client.get("/me")
    return page.address == "/me" and name in page.text


# With badge and pictures


@pytest.mark.parametrize("pictures", [THREE, FOUR])
def test_a_child_types_its_code_and_taps_its_pictures(
    client: PageClient, holder: MakeHolder, pictures: tuple[str, ...]
) -> None:
    """Without scripts: every tap is a button of a form."""
    one = holder(pictures=pictures)
    client.get(DOOR)
    page = client.submit(having="badge_code", badge_code=one.typed)
    assert page.status == 200
    assert len(page.find("button", name="picture")) == len(GRIDS[len(pictures)])
    page = tap(client, *pictures)
    assert page.address == "/sign-in/badge/hello"
    assert one.child.name in page.heading
    assert is_in(client, one.child.name)


@pytest.mark.parametrize(
    "written",
    [
        lambda one: one.typed.lower(),
        lambda one: rules.in_fours(one.typed),
        lambda one: "-".join(rules.in_fours(one.typed).split()),
        lambda one: "".join(chr(ord(letter) + 0xFEE0) for letter in one.typed),
        lambda one: f"  {one.typed.replace('0', 'o').replace('1', 'l')}  ",
        lambda one: one.qr,
        lambda one: f"https://groups.example.org/sign-in/badge#{one.qr}",
    ],
    ids=["small", "blanks", "dashes", "full-width", "look-alikes", "scanned", "scanned address"],
)
def test_the_badge_is_understood_however_it_is_given(
    client: PageClient, holder: MakeHolder, written: Callable[[Holder], str]
) -> None:
    one = holder()
    page = try_pictures(client, written(one), one.pictures)
    assert page.status == 303
    assert is_in(client, one.child.name)


def test_dots_show_how_many_were_tapped_and_not_which(client: PageClient, holder: MakeHolder) -> None:
    one = holder()
    client.get(DOOR)
    client.submit(having="badge_code", badge_code=one.typed)
    page = tap(client, "apple", "fish")
    dots = page.find("ol", class_="picked")[0]
    assert len(dots.all("li")) == 4
    assert len(dots.all("li", class_="on")) == 2
    assert not dots.all("img")
    assert "2" in page.find("p", role="status")[0].text


def test_the_last_picture_can_be_taken_back(client: PageClient, holder: MakeHolder) -> None:
    one = holder()
    client.get(DOOR)
    client.submit(having="badge_code", badge_code=one.typed)
    tap(client, "apple", "star")
    page = client.submit(having="picture", button="back")
    assert len(page.find("li", class_="on")) == 1
    assert tap(client, "fish", "key", "bell").address == "/sign-in/badge/hello"


def test_a_picture_tapped_twice_counts_once(client: PageClient, holder: MakeHolder) -> None:
    one = holder()
    client.get(DOOR)
    client.submit(having="badge_code", badge_code=one.typed)
    page = tap(client, "apple", "apple")
    assert len(page.find("li", class_="on")) == 1


def test_the_pictures_are_mixed_on_each_page(client: PageClient, holder: MakeHolder) -> None:
    one = holder()
    orders = set()
    for _ in range(6):
        page = client.post(DOOR, {"badge_code": one.typed})
        orders.add(tuple(button.attributes["value"] for button in page.find("button", name="picture")))
    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset(GRIDS[4])}, "always the same pictures"


def test_the_order_of_the_pictures_counts(client: PageClient, holder: MakeHolder) -> None:
    one = holder()
    page = try_pictures(client, one.typed, tuple(reversed(one.pictures)))
    assert page.status == 422
    assert NOT_TOGETHER in page.main
    assert not is_in(client, one.child.name)


def test_a_child_comes_back_to_where_it_wanted_to_go(client: PageClient, holder: MakeHolder) -> None:
    one = holder()
    client.get("/my-ideas")
    assert client.page is not None
    assert client.page.address == DOOR
    client.submit(having="badge_code", badge_code=one.typed)
    page = tap(client, *one.pictures)
    assert "/my-ideas" in page.links()


@pytest.mark.parametrize("evil", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client: PageClient, holder: MakeHolder, evil: str) -> None:
    """R98."""
    one = holder()
    page = client.post(
        f"{DOOR}?next={evil}", {"badge_code": one.typed, "picture": list(one.pictures)}, follow=True
    )
    assert page.address == "/sign-in/badge/hello"
    assert not [link for link in page.links() if "evil" in link and "/language/" not in link]
    assert "/me" in page.links()


def test_the_child_reads_when_it_was_here_last(client: PageClient, holder: MakeHolder, clock: ToldClock) -> None:
    """safety.md 5: it would notice that somebody else was here."""
    one = holder()
    assert "上次来" not in client_in(client, one).main
    for wait, words in (
        (timedelta(hours=5), "上次来：今天上午"), (timedelta(hours=19), "上次来：昨天下午"),
        (timedelta(days=2), "上次来：前天上午"), (timedelta(days=3, hours=10), "上次来：2026年11月26日上午"),
        (timedelta(days=1), "上次来：昨天晚上"),
    ):  # fmt: skip
        clock.moment += wait
        assert words in client_in(client, one).main


def client_in(client: PageClient, one: Holder) -> Page:
    """Sign a child in and answer the page that greets it."""
    page = try_pictures(client, one.typed, one.pictures, follow=True)
    assert page.address == "/sign-in/badge/hello"
    return page


def test_the_greeting_shows_who_is_here_and_offers_not_me(client: PageClient, holder: MakeHolder) -> None:
    page = client_in(client, holder())
    assert "/not-me" in page.links()
    assert "/me" in page.links()
    assert [image for image in page.find("main")[0].all("img") if "avatars/fox.svg" in image.attributes["src"]]


def test_another_room_may_show_a_page_first(client: PageClient, holder: MakeHolder) -> None:
    one, asked = holder(), []

    def ask(db: object, child_id: int, now: object) -> str | None:
        asked.append(child_id)
        return "groups.index"

    hooks.after_sign_in(ask)
    try:
        page = client_in(client, one)
    finally:
        hooks._pages_first.pop(f"{ask.__module__}.{ask.__qualname__}")
    assert asked == [one.child.account_id]
    assert "/groups?next=/me" in page.links()


def test_the_next_child_takes_over_the_tablet(client: PageClient, holder: MakeHolder, world: World) -> None:
    """The one before is signed out in the database, too (R84)."""
    one, two = holder(), holder()
    client_in(client, one)
    page = client.get(DOOR)
    assert f"现在是{one.child.name}" in page.main
    client_in(client, two)
    assert is_in(client, two.child.name)
    open_for = world.database.rows("SELECT account_id FROM sessions WHERE ended_at IS NULL")
    assert [row["account_id"] for row in open_for] == [two.child.account_id]


def test_changing_the_child_leads_back_to_the_badges(client: PageClient, holder: MakeHolder) -> None:
    client_in(client, holder())
    page = client.submit(action="/sign-out")
    assert page.address == DOOR
    assert not page.find("div", class_="whoami")


def test_sign_in_pages_are_never_kept_by_the_browser(client: PageClient, holder: MakeHolder) -> None:
    one = holder()
    for page in (client.get(DOOR), client.post(DOOR, {"badge_code": one.typed}), client_in(client, one)):
        assert page.response.headers["Cache-Control"] == "no-store"


# Codes that are none


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "请输入卡上的字符"), ("   ", "请输入卡上的字符"), ("ABCD-EFGH", "这里有8个"),
        ("ABCDEFGHJKMNPQRST", "这里有17个"),
        ("<script>alert(1)</script>", "这里有18个"), ("' OR 1=1; --", "这里有4个"), ("🦊" * 16, "这里有0个"),
        ("\u202eABCD", "这里有4个"), ("A" * 10_000, "写得有点长"),
    ],
)  # fmt: skip
def test_what_is_no_code_gets_a_sentence_beside_the_field(client: PageClient, text: str, words: str) -> None:
    client.get(DOOR)
    page = client.submit(having="badge_code", badge_code=text)
    assert page.status == 422
    assert words in page.find("div", id="badge_code-error")[0].text
    kept = page.find("input", name="badge_code")[0].attributes["value"]
    assert kept == text.strip() or text == "\u202eABCD"


@pytest.mark.parametrize(
    "fields",
    [
        {"picture": ["dragon"] * 40}, {"picture": ["\x00", "' OR 1=1", "<img src=x>", "苹果"]}, {"row": "99"},
        {"row": "-1", "deal": "x" * 5000}, {"row": "x", "ready": "1"}, {"back": "1"}, {"deal": "\u202e", "row": "1"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("pictures", [(), FOUR])
def test_strange_fields_lead_back_to_a_page_that_works(
    client: PageClient, holder: MakeHolder, fields: dict[str, object], pictures: tuple[str, ...]
) -> None:
    one = holder(pictures=pictures)
    page = client.post(DOOR, {"badge_code": one.typed, **fields})
    assert page.status == 200
    assert page.find("button", class_="tile") or page.find("button", name="ready")


# Who must not come in


def test_an_old_badge_opens_nothing_after_a_new_one_was_made(
    client: PageClient, holder: MakeHolder, world: World
) -> None:
    """R84: neither secret; and the old cookie is dead."""
    one = holder()
    client_in(client, one)
    with write(world.database) as tx:
        new_qr, new_typed = actions.issue_badge_in(tx, world.sealer, one.child.account_id, None, world.clock())
    assert not is_in(client, one.child.name)
    for code in (one.qr, one.typed):
        page = try_pictures(client, code, one.pictures)
        assert page.status == 422
        assert NOT_TOGETHER in page.main
    assert not is_in(client, one.child.name)
    for code in (new_qr, new_typed):
        assert try_pictures(client, code, one.pictures).status == 303


@pytest.mark.parametrize("deed", ["void", "suspend", "end"])
def test_a_closed_badge_or_account_opens_nothing(
    client: PageClient, holder: MakeHolder, world: World, deed: str
) -> None:
    one = holder()
    with write(world.database) as tx:
        if deed == "void":
            tx.execute("UPDATE badges SET ended_at = issued_at, ended_because = 'lost', codes = NULL")
        elif deed == "suspend":
            tx.execute("UPDATE accounts SET state = 'suspended' WHERE account_id = ?", (one.child.account_id,))
        else:
            accounts.end_child_in(tx, one.child.account_id, None, world.clock())
    page = try_pictures(client, one.typed, one.pictures)
    assert page.status == 422
    assert NOT_TOGETHER in page.main
    assert world.database.value("SELECT count(*) FROM sessions") == 0


def test_pictures_without_the_badge_open_nothing(client: PageClient, holder: MakeHolder, world: World) -> None:
    one = holder()
    for code in ("", one.child.name, one.child.pid, codes.new_secrets().typed):
        assert try_pictures(client, code, one.pictures).status == 422
    assert world.database.value("SELECT count(*) FROM sessions") == 0


def test_the_badge_without_pictures_opens_nothing(client: PageClient, holder: MakeHolder, world: World) -> None:
    one = holder()
    for pictures in ((), ("apple",), ("apple", "fish", "key")):
        page = try_pictures(client, one.typed, pictures)
        assert page.status == 200
    assert world.database.value("SELECT count(*) FROM sessions") == 0


def test_a_session_is_found_by_its_hash_only(client: PageClient, holder: MakeHolder, world: World) -> None:
    """R84."""
    client_in(client, holder())
    with client.flask.session_transaction() as cookie:
        token = cookie["token"]
    assert token not in str([tuple(row) for row in world.database.rows("SELECT * FROM sessions")])
    assert world.database.value("SELECT path FROM sessions") == "badge"


# The first time


def first_page(client: PageClient, one: Holder) -> Page:
    """The page on which a child chooses its row."""
    client.get(DOOR)
    return client.submit(having="badge_code", badge_code=one.typed)


def rows_on(page: Page) -> list[tuple[str, ...]]:
    """The rows of pictures on offer, by the file names of the pictures."""
    return [tuple(drawn(image) for image in button.all("img")) for button in page.find("button", name="row")]


def drawn(image: Element) -> str:
    """The key of a picture, by its file name."""
    return image.attributes["src"].split("/")[-1].split(".")[0]


@pytest.mark.parametrize(("birth_month", "size"), [("2019-10", 3), ("2017-12", 3), ("2017-11", 4), ("2012-01", 4)])
def test_a_child_chooses_one_of_three_rows_sees_it_and_taps_it_by_heart(
    client: PageClient, holder: MakeHolder, birth_month: str, size: int
) -> None:
    """Three of twelve up to eight years, four of sixteen from the ninth birthday's month on."""
    one = holder(pictures=(), birth_month=birth_month)
    rows = rows_on(first_page(client, one))
    assert [len(row) for row in rows] == [size] * 3
    page = client.submit(having="row", button="2")
    assert tuple(drawn(image) for tile in page.find("li", class_="tile") for image in tile.all("img")) == rows[2]
    page = client.submit(having="ready", button="ready")
    assert len(page.find("button", name="picture")) == len(GRIDS[size])
    assert tap(client, *rows[2]).address == "/sign-in/badge/hello"
    assert is_in(client, one.child.name)
    client.submit(action="/sign-out")
    assert try_pictures(client, one.typed, rows[2]).status == 303, "and from then on"


def test_a_child_that_does_not_know_its_row_yet_looks_again(
    client: PageClient, holder: MakeHolder, world: World
) -> None:
    one = holder(pictures=())
    row = rows_on(first_page(client, one))[0]
    client.submit(having="row", button="0")
    for _ in range(12):
        client.submit(having="ready", button="ready")
        page = tap(client, *[key for key in GRIDS[4] if key not in row][:4])
        assert page.status == 422
        assert "差一点点" in page.main
    assert world.database.value("SELECT count(*) FROM sign_in_failures") == 0, "learning is no failure"
    assert world.database.value("SELECT count(*) FROM picture_pins") == 0
    client.submit(having="ready", button="ready")
    assert tap(client, *row).address == "/sign-in/badge/hello"


def test_a_child_may_see_its_row_again_and_other_rows(client: PageClient, holder: MakeHolder) -> None:
    one = holder(pictures=())
    first = rows_on(first_page(client, one))
    client.submit(having="row", button="1")
    client.submit(having="ready", button="ready")
    forms = [form for form in client.page.find("form") if not form.all("button", name="picture")]  # type: ignore[union-attr]
    again = next(form for form in forms if form.all("input", name="deal"))
    fields = {one.attributes["name"]: one.attributes["value"] for one in again.all("input")}
    page = client.post(DOOR, fields)
    assert len(page.find("li", class_="tile")) == 4
    others = rows_on(client.post(DOOR, {"badge_code": one.typed}))
    assert others != first


def test_nobody_can_ask_for_pictures_of_their_own_liking(client: PageClient, holder: MakeHolder, world: World) -> None:
    """The rows come from the data key: a made-up deal deals what it deals."""
    one = holder(pictures=())
    for deal in ("", "x", "apple fish key bell", "0" * 40):
        for row in ("0", "1", "2", "3"):
            client.post(DOOR, {"badge_code": one.typed, "deal": deal, "row": row, "ready": "1", "picture": list(FOUR)})
    assert world.database.value("SELECT count(*) FROM picture_pins") == 0
    assert world.database.value("SELECT count(*) FROM sessions") == 0


def test_two_who_choose_at_the_same_moment_get_one_row(database: Database, holder: MakeHolder, world: World) -> None:
    """A badge that was copied before its first use: the second one does not come in."""
    one = holder(pictures=())
    badge_id = int(str(database.value("SELECT badge_id FROM badges")))
    rows = [rules.proposals(codes.draw_of(world.sealer, badge_id, deal), 4)[0] for deal in ("a", "b")]
    kinds: list[StepKind] = []

    def choose(deal: str, row: tuple[str, ...]) -> None:
        entry = Entry(one.typed, row, deal, 0, True)
        step = sign_in_actions.take_step(database, world.sealer, world.clock(), world.today, "127.0.0.1", entry)
        kinds.append(step.kind)
        database.close()

    threads = [Thread(target=choose, args=pair) for pair in zip(("a", "b"), rows, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kinds) == [StepKind.IN, StepKind.PICTURES]
    assert database.value("SELECT count(*) FROM picture_pins") == 1


def test_a_fresh_badge_works_for_fourteen_days(client: PageClient, holder: MakeHolder, clock: ToldClock) -> None:
    one = holder(pictures=())
    clock.moment += timedelta(days=14)
    assert rows_on(first_page(client, one))
    clock.moment += timedelta(seconds=1)
    page = first_page(client, one)
    assert page.status == 422
    assert "等太久" in page.heading
    actions.close_old_badges(client.flask.application.extensions["site"].database, clock.moment)
    assert "等太久" in first_page(client, one).heading


def test_a_child_that_has_its_pictures_uses_a_new_badge_whenever_it_likes(
    client: PageClient, holder: MakeHolder, clock: ToldClock
) -> None:
    one = holder()
    clock.moment += timedelta(days=200)
    assert try_pictures(client, one.typed, one.pictures).status == 303


# Limits


def fail(client: PageClient, code: str, times: int, clock: ToldClock) -> Page:
    """Try wrong pictures so many times, waiting as long as the page says."""
    page = None
    for _ in range(times):
        page = try_pictures(client, code, WRONG)
        clock.moment += timedelta(seconds=int(page.response.headers.get("Retry-After", 0)))
    assert page is not None
    return page


def test_from_the_fifth_failure_on_there_is_a_wait_that_doubles(
    client: PageClient, holder: MakeHolder, clock: ToldClock
) -> None:
    """R80: 30 s, doubling up to 15 min; a kind page tells how long."""
    one = holder()
    for _ in range(4):
        assert try_pictures(client, one.typed, WRONG).status == 422
    waits = []
    for _ in range(5):
        page = try_pictures(client, one.typed, WRONG)
        assert page.status == 429
        assert "歇一会儿" in page.heading
        waits.append(int(page.response.headers["Retry-After"]))
        rested = try_pictures(client, one.typed, one.pictures)
        assert rested.status == 429, "the right pictures do not open it while it rests"
        assert "分钟后再来" in rested.main
        clock.moment += timedelta(seconds=waits[-1])
    assert waits == [30, 60, 120, 240, 480]
    assert try_pictures(client, one.typed, one.pictures).status == 303


def test_the_wait_grows_to_fifteen_minutes_at_most() -> None:
    assert limits.wait_after(9) == timedelta(minutes=8)
    assert limits.wait_after(10) == timedelta(minutes=15)


def test_ten_failures_in_a_row_put_the_badge_to_sleep(
    client: PageClient, holder: MakeHolder, clock: ToldClock, world: World
) -> None:
    """R80: for good; a listener tells the teachers; a new badge helps."""
    one, told = holder(), []

    def listen(tx: object, child_id: int, now: object) -> None:
        told.append(child_id)

    hooks.on_badge_asleep(listen)
    try:
        assert fail(client, one.typed, 9, clock).status == 429
        page = fail(client, one.qr, 1, clock)
        clock.moment += timedelta(days=30)
        again = try_pictures(client, one.typed, one.pictures)
    finally:
        hooks._asleep.pop(f"{listen.__module__}.{listen.__qualname__}")
    for shown in (page, again):
        assert shown.status == 422
        assert "睡着了" in shown.heading
    assert told == [one.child.account_id], "once"
    assert world.database.value("SELECT ended_because FROM badges") == "failures"
    assert world.database.value("SELECT count(*) FROM journal WHERE deed = 'end_badge'") == 1
    with write(world.database) as tx:
        _, typed = actions.issue_badge_in(tx, world.sealer, one.child.account_id, None, world.clock())
    assert try_pictures(client, typed, one.pictures).status == 303, "at once: the new badge has no failures"


def test_the_tenth_try_still_opens_when_it_is_right(
    client: PageClient, holder: MakeHolder, clock: ToldClock
) -> None:
    one = holder()
    fail(client, one.typed, 9, clock)
    assert try_pictures(client, one.typed, one.pictures).status == 303


def test_a_success_ends_the_row_of_failures(client: PageClient, holder: MakeHolder, clock: ToldClock) -> None:
    one = holder()
    for _ in range(3):
        fail(client, one.typed, 8, clock)
        assert try_pictures(client, one.typed, one.pictures).status == 303
    assert try_pictures(client, one.typed, WRONG).status == 422, "no wait either"


def test_failures_survive_a_restart(client: PageClient, holder: MakeHolder, clock: ToldClock, app: Flask) -> None:
    """R80: the counters are in the database."""
    one = holder()
    fail(client, one.typed, 9, clock)
    restarted = create_app(app.extensions["site"].settings, clock=clock)
    page = try_pictures(PageClient(restarted), one.typed, WRONG)
    assert "睡着了" in page.heading
    restarted.extensions["site"].database.close()


def test_many_tries_at_once_do_not_slip_through(database: Database, holder: MakeHolder, world: World) -> None:
    """Each try is counted before it is checked, so forty at once are no forty free tries."""
    one = holder()
    kinds: list[StepKind] = []

    def guess() -> None:
        entry = Entry(one.typed, WRONG)
        step = sign_in_actions.take_step(database, world.sealer, world.clock(), world.today, "127.0.0.1", entry)
        kinds.append(step.kind)
        database.close()

    threads = [Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kinds.count(StepKind.REST) >= 7
    assert database.value("SELECT failures_in_a_row FROM badges") == 5


def test_thirty_failures_from_one_address_pause_it_and_no_other(
    client: PageClient, new_client: Clients, holder: MakeHolder, clock: ToldClock
) -> None:
    """R80: 30 in ten minutes; successes of a school's forty children do not count."""
    class_of = [holder() for _ in range(11)]
    for one in class_of:
        assert try_pictures(new_client(), one.typed, one.pictures).status == 303
    for one in class_of[:10]:
        for _ in range(3):
            assert try_pictures(client, one.typed, WRONG).status in (422, 429)
    page = try_pictures(client, class_of[10].typed, class_of[10].pictures)
    assert page.status == 429
    assert page.response.headers["Retry-After"] == "600"
    elsewhere = client.post(
        DOOR, {"badge_code": class_of[10].typed, "picture": list(class_of[10].pictures)}, follow=False,
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )  # fmt: skip
    assert elsewhere.status == 303
    clock.moment += timedelta(minutes=10)
    assert try_pictures(new_client(), class_of[10].typed, class_of[10].pictures).status == 303


def test_wrong_passwords_in_the_next_room_close_no_badge(
    client: PageClient, new_client: Clients, holder: MakeHolder
) -> None:
    """R81: fifty wrong passwords from the same school's address; the badge still opens."""
    one = holder()
    guesser = new_client()
    answers = [
        guesser.post("/sign-in", {"user_name": one.child.name, "password": f"wrong {n}"}).status for n in range(50)
    ]
    assert set(answers) == {422, 429}
    assert try_pictures(client, one.typed, one.pictures).status == 303


def test_a_classmate_who_guesses_codes_closes_nobodys_badge(
    client: PageClient, holder: MakeHolder, clock: ToldClock
) -> None:
    """R81: without the badge in the hand its counter cannot be reached."""
    one = holder()
    for _ in range(29):
        assert try_pictures(client, codes.new_secrets().typed, WRONG).status == 422
    assert try_pictures(client, one.typed, one.pictures).status == 303


def test_new_pictures_forgive_the_tries_that_did_not_fit(
    client: PageClient, holder: MakeHolder, world: World, clock: ToldClock
) -> None:
    group_id = world.group()
    one = holder(group_id=group_id)
    assert [try_pictures(client, one.typed, WRONG).status for _ in range(5)][-1] == 429
    teacher = actor_of(world.teacher(group_id), Role.TEACHER, world.clock(), group_id)
    actions.reset_pictures(world.database, world.sealer, teacher, world.clock(), world.today, one.child.pid)
    assert len(rows_on(first_page(client, one))) == 3


# A badge that nobody has looks like one that somebody has (R88)


def nobodys_code(world: World, pictures: int) -> str:
    """A code of no badge that asks for so many pictures."""
    while True:
        typed = codes.new_secrets().typed
        if codes.nobodys_pictures(world.sealer, typed) == pictures:
            return typed


def plain(page: Page, code: str) -> str:
    """What a page says, without the code, the token and the order of the pictures."""
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", page.html.replace(code, "CODE"))
    buttons = re.findall(r'<button class="tile".*?</button>', text)
    for button in buttons:
        text = text.replace(button, "")
    return text + "".join(sorted(buttons))


@pytest.mark.parametrize("pictures", [THREE, FOUR])
def test_a_code_that_belongs_to_nobody_is_answered_like_a_badge(
    new_client: Clients, holder: MakeHolder, world: World, clock: ToldClock, pictures: tuple[str, ...]
) -> None:
    """R88: the same words at every step, up to the tenth failure and after it."""
    one, nobody = holder(pictures=pictures), nobodys_code(world, len(pictures))
    known, unknown = new_client(), new_client()
    assert plain(known.post(DOOR, {"badge_code": one.typed}), one.typed) == plain(
        unknown.post(DOOR, {"badge_code": nobody}), nobody
    )
    seen = []
    for _ in range(11):
        pages = [try_pictures(who, code, WRONG) for who, code in ((known, one.typed), (unknown, nobody))]
        assert pages[0].status == pages[1].status
        assert plain(pages[0], one.typed) == plain(pages[1], nobody)
        waits = {page.response.headers.get("Retry-After", "0") for page in pages}
        assert len(waits) == 1
        clock.moment += timedelta(seconds=int(waits.pop()))
        seen.append(pages[0].heading)
    assert "歇一会儿" in seen[5]
    assert "睡着了" in seen[9]
    assert "睡着了" in seen[10]


def test_both_are_answered_in_similar_time(database: Database, holder: MakeHolder, world: World) -> None:
    """R88: one hash in either case; the ratio of the medians stays below 1.5."""
    taken: dict[str, list[float]] = {"known": [], "unknown": []}
    for _ in range(15):
        for name, code in (("known", holder().typed), ("unknown", nobodys_code(world, 4))):
            entry = Entry(code, WRONG)
            started = time.perf_counter()
            step = sign_in_actions.take_step(
                database, world.sealer, world.clock(), world.today, f"{name}{code}", entry
            )
            taken[name].append(time.perf_counter() - started)
            assert step.trouble == "pictures_and_badge_differ"
    known, unknown = statistics.median(taken["known"]), statistics.median(taken["unknown"])
    assert max(known, unknown) / min(known, unknown) < 1.5


# Secrets stay out of addresses


def test_no_secret_stands_in_an_address(client: PageClient, holder: MakeHolder) -> None:
    """R86: the badge's secret is behind #, which no server ever sees; everything else is posted."""
    one = holder()
    client.get(DOOR)
    pages = [client.submit(having="badge_code", badge_code=one.qr)]
    pages += [client.submit(having="picture", button=key) for key in one.pictures]
    for page in pages:
        assert one.qr not in str(page.response.request.url)
        assert not [link for link in page.links() if one.qr in link]
        assert one.qr not in page.response.headers.get("Location", "")


def test_an_expired_form_gives_no_secret_back(client: PageClient, holder: MakeHolder) -> None:
    """The page that keeps what somebody typed keeps no code and no pictures."""
    one = holder()
    for code in (one.qr, one.typed):
        page = client.post(
            DOOR, {"badge_code": code, "picture": list(FOUR), "deal": "k3J9-xQ_a81Z", "row": "1"}, token=False
        )
        assert page.status == 400
        assert not [secret for secret in (code, "k3J9-xQ_a81Z", *FOUR) if secret in page.main]


def test_no_page_of_the_way_in_asks_the_database_too_often(
    client: PageClient, holder: MakeHolder, count_sql: Callable[[], object]
) -> None:
    one = holder()
    fields: dict[str, object] = {"badge_code": one.typed}
    client.get(DOOR)
    for ask in (lambda: client.get(DOOR), lambda: client.post(DOOR, dict(fields), check=False)):
        with count_sql() as statements:  # type: ignore[attr-defined]
            ask()
        assert len(statements) <= 8, statements
    client_in(client, one)
    with count_sql() as statements:  # type: ignore[attr-defined]
        client.get("/sign-in/badge/hello")
    assert len(statements) <= 8, statements
