"""The board as visitors, children and staff read it: who sees what, pages, search, and what is kept for visitors."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from cfc_groups.board import post_actions
from cfc_groups.board.models import Audience
from cfc_groups.db import write
from cfc_groups.moderation.models import Outcome, Reason
from cfc_groups.safety import actions as safety
from cfc_groups.safety.models import Answer, Purpose
from tests.board.story import Story
from tests.support.pages import Page, PageClient

NewClient = Callable[[], PageClient]


def notes(page: Page) -> list[str]:
    """The titles of the notes on a page, in order."""
    return [note.all("h2")[0].text for note in page.find("article", class_="note")]


def asked(statements: list[str]) -> list[str]:
    """What the site itself asked; the search index's own questions begin with `--`."""
    return [one for one in statements if not one.startswith("--")]


# Who sees what


def test_a_visitor_reads_what_three_people_said_yes_to(story: Story, client: PageClient) -> None:
    pid = story.published(title="洗手台太高", saw="我够不着。", wish="矮一点。")
    page = client.get("/board")
    assert notes(page) == ["洗手台太高"]
    page = client.get(f"/board/{pid}")
    assert page.status == 200 and page.heading == "洗手台太高"
    assert "我够不着。" in page.main and "矮一点。" in page.main and "2026年11月23日" in page.main


STATES: dict[str, Callable[[Story], str]] = {
    "waiting": lambda story: story.sent(),
    "held": lambda story: story.sent(saw="电话13900001000"),
    "escalated": lambda story: story.sent(saw="我不想活了"),
    "returned": lambda story: story.returned(),
    "refused": lambda story: refused(story),
    "withdrawn": lambda story: withdrawn(story),
    "group only": lambda story: story.published(audience=Audience.GROUP),
    "without the family's yes": lambda story: unconsented(story),
}


def refused(story: Story) -> str:
    pid = story.sent()
    story.decide(pid, Outcome.REFUSE, Reason.LAW)
    return pid


def withdrawn(story: Story) -> str:
    pid = story.published()
    post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    return pid


def unconsented(story: Story) -> str:
    pid = story.published()
    with write(story.database) as tx:
        safety.answer_own_in(tx, story.child.account_id, Purpose.IDEAS_PUBLIC, Answer.NO, story.clock())
    return pid


@pytest.mark.parametrize("state", STATES)
def test_a_visitor_finds_nothing_that_is_not_public(story: Story, client: PageClient, state: str) -> None:
    """R2, R53."""
    pid = STATES[state](story)
    assert notes(client.get("/board")) == []
    assert client.get(f"/board/{pid}").status == 404
    assert client.get(f"/board/{pid}").html.count(pid) == 0 or "洗手台太高" not in client.page.html  # type: ignore[union-attr]
    assert notes(client.get("/board?q=洗手台")) == []


ALWAYS_HIDDEN = ["waiting", "held", "escalated", "returned", "refused", "withdrawn"]


@pytest.mark.parametrize("state", ALWAYS_HIDDEN)
@pytest.mark.parametrize("who", ["other child", "teacher", "mentor", "coordinator", "department"])
def test_nobody_but_its_author_reads_what_is_not_decided(
    story: Story, new_client: NewClient, state: str, who: str
) -> None:
    """R53: moderators read it on the desk, nobody on the board."""
    pid = STATES[state](story)
    people = {
        "other child": lambda: story.world.child(story.group, story.team), "teacher": lambda: story.teacher,
        "mentor": lambda: story.world.adult("mentor", story.group), "coordinator": story.world.coordinator,
        "department": lambda: story.world.adult("department"),
    }  # fmt: skip
    client = story.world.sign_in(new_client(), people[who]())
    assert client.get(f"/board/{pid}").status == 404
    for address in ("/board", "/board?shelf=city", "/board?q=洗手台"):
        assert "洗手台太高" not in notes(client.get(address))


GROUP_READERS = {
    "child of the group": (lambda s: s.world.child(s.group, s.team), True),
    "child of another team": (lambda s: s.world.child(s.group, s.world.team(s.group)), True),
    "child of another group": (lambda s: s.world.child(s.world.group()), False),
    "teacher of the group": (lambda s: s.teacher, True),
    "teacher of another group": (lambda s: s.world.teacher(s.world.group()), False),
    "teacher without a record check": (lambda s: s.world.teacher(s.group, vetted_days_ago=None), False),
    "teacher whose check is a year old": (lambda s: s.world.teacher(s.group, vetted_days_ago=366), False),
    "mentor of the team": (lambda s: s.world.adult("mentor", s.group, team_id=s.team), True),
    "mentor of another team": (lambda s: s.world.adult("mentor", s.group, team_id=s.world.team(s.group)), False),
    "mentor of the group": (lambda s: s.world.adult("mentor", s.group), True),
    "coordinator": (lambda s: s.world.coordinator(), True),
    "department": (lambda s: s.world.adult("department"), False),
}


@pytest.mark.parametrize("who", GROUP_READERS)
def test_a_groups_own_note_is_read_by_its_people(story: Story, new_client: NewClient, who: str) -> None:
    """Permission table, row 2; R43, R92."""
    pid = story.published(audience=Audience.GROUP)
    person, reads = GROUP_READERS[who]
    client = story.world.sign_in(new_client(), person(story))
    assert client.get(f"/board/{pid}").status == (200 if reads else 404)
    group = str(story.database.value("SELECT pid FROM groups WHERE group_id = ?", (story.group,)))
    shown = [notes(client.get(address)) for address in ("/board", f"/board?shelf={group}", "/board?shelf=city")]
    assert shown[2] == []
    if who == "coordinator":
        assert shown[0] == [] and shown[1] == ["洗手台太高"]
    elif reads:
        assert shown[0] == ["洗手台太高"]
    else:
        assert not any(shown)


def test_a_group_never_sees_another_groups_notes_in_lists_or_search(story: Story, new_client: NewClient) -> None:
    """R93."""
    other_group = story.world.group()
    other = story.world.child(other_group, story.world.team(other_group))
    story.published(other, audience=Audience.GROUP, title="别团的秘密", saw="滑梯")
    story.published(audience=Audience.GROUP, title="我们的滑梯", saw="滑梯")
    client = story.world.sign_in(new_client(), story.child)
    assert notes(client.get("/board")) == ["我们的滑梯"]
    assert notes(client.get("/board?q=滑梯")) == ["我们的滑梯"]
    assert notes(client.get("/board?q=滑梯&shelf=city")) == []
    foreign = str(story.database.value("SELECT pid FROM groups WHERE group_id = ?", (other_group,)))
    assert client.get(f"/board?shelf={foreign}").status == 404


def test_a_member_switches_between_its_group_and_the_city(story: Story, new_client: NewClient) -> None:
    other_group = story.world.group()
    other = story.world.child(other_group, story.world.team(other_group))
    story.published(other, title="别团公开的")
    story.published(audience=Audience.GROUP, title="我们自己的")
    client = story.world.sign_in(new_client(), story.child)
    page = client.get("/board")
    assert notes(page) == ["我们自己的"]
    tabs = page.find("ul", class_="tabs")[0].all("a")
    assert [tab.text for tab in tabs] == ["我的观察团", "全城"]
    assert notes(client.get(tabs[1].attributes["href"])) == ["别团公开的"]
    assert notes(client.get(tabs[0].attributes["href"])) == ["我们自己的"]


def test_a_visitor_has_no_switch_and_no_foreign_shelf(story: Story, client: PageClient) -> None:
    assert not client.get("/board").find("ul", class_="tabs")
    group = str(story.database.value("SELECT pid FROM groups WHERE group_id = ?", (story.group,)))
    assert client.get(f"/board?shelf={group}").status == 404


# What strangers must not learn


def test_a_note_tells_a_visitor_nickname_avatar_and_team_only(story: Story, client: PageClient) -> None:
    """R1: canaries in everything else that is known about the child and its group."""
    group = story.world.group("秘密小学观察团")
    team = story.world.team(group, "公园小队")
    child = story.world.child(group, team, nickname="会飞的金丝猴", real_name="欧阳无名", birth_month="2014-03")
    pid = story.published(child)
    number = str(
        story.database.value("SELECT member_number FROM memberships WHERE account_id = ?", (child.account_id,))
    )
    for address in ("/board", f"/board/{pid}", "/board?q=洗手台", f"/board?before={pid}"):
        html = client.get(address).html
        for canary in ("欧阳无名", "秘密小学", "2014-03", number, child.pid):
            assert canary not in html, (address, canary)
    assert "会飞的金丝猴" in client.get(f"/board/{pid}").html and "公园小队" in client.get("/board").html


def test_a_visitor_learns_the_day_and_never_the_hour(story: Story, client: PageClient) -> None:
    """R7."""
    story.later(hours=4, minutes=37)
    pids = [story.published(story.world.child(story.group, story.team)) for _ in range(22)]
    page = client.get("/board")
    older = page.find("a", rel="next")[0].attributes["href"]
    for html in (page.html, client.get(f"/board/{pids[0]}").html, client.get(older).html):
        assert "2026年11月23日" in html
        assert not re.search(r"\d{1,2}:\d{2}", html)
        assert "T05:37" not in html and str(story.post(pids[0]).board_order) not in html


def test_no_link_or_mark_joins_two_notes_of_one_child(story: Story, client: PageClient) -> None:
    """R5, R6: what the two notes of one child share in addresses, classes and data, others share too."""
    mine = [story.published(title=f"第{word}个") for word in "一二"]
    story.published(story.world.child(story.group, story.team), title="别人的")
    page = client.get("/board")
    assert story.child.pid not in page.html
    by_note = {
        note.all("h2")[0].text: {
            (element.tag, name, value)
            for element in note.all()
            for name, value in element.attributes.items()
            if name in ("href", "class", "id") or name.startswith("data-")
        }
        for note in page.find("article", class_="note")
    }
    assert by_note["第一个"] & by_note["第二个"] <= by_note["别人的"]
    assert not re.search(r"/board/\d+\b", page.html) and len(set(mine)) == 2


def test_a_nickname_is_not_searchable(story: Story, client: PageClient) -> None:
    """R6."""
    story.published(story.world.child(story.group, story.team, nickname="爱唱歌的小海豚"))
    assert notes(client.get("/board?q=小海豚")) == []


def test_search_engines_are_asked_to_stay_away(story: Story, client: PageClient) -> None:
    pid = story.published()
    assert client.get(f"/board/{pid}").find("meta", name="robots")[0].attributes["content"] == "noindex"


# Lists


def test_the_newest_note_stands_first_and_twenty_on_a_page(story: Story, client: PageClient) -> None:
    """R97, R108: by the time of publication and nothing else."""
    titles = []
    for number in range(45):
        story.later(minutes=1)
        titles.append(f"第{number}条")
        story.published(story.world.child(story.group, story.team), title=titles[-1])
    titles.reverse()
    page = client.get("/board")
    seen = notes(page)
    assert len(seen) == 20
    while page.find("a", rel="next"):
        page = client.get(page.find("a", rel="next")[0].attributes["href"])
        assert len(notes(page)) <= 20
        seen += notes(page)
    assert seen == titles
    assert page.find("a", rel="prev"), "the last page leads back to the newest notes"


def test_a_page_goes_on_although_the_note_it_went_on_from_was_taken_back(story: Story, client: PageClient) -> None:
    pids = [story.published(story.child if n == 5 else story.world.child(story.group)) for n in range(25)]
    last = client.get("/board").find("a", rel="next")[0].attributes["href"]
    assert pids[5] in last
    post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pids[5])
    assert len(notes(client.get(last))) == 5


@pytest.mark.parametrize("cursor", ["nothing", "", "'--", "0", "公园", "\ud83d".encode("utf-8", "surrogatepass")])
def test_a_cursor_that_means_nothing_begins_at_the_newest(story: Story, client: PageClient, cursor: object) -> None:
    story.published()
    page = client.get("/board", query_string={"before": cursor})
    assert page.status == 200 and notes(page) == ["洗手台太高"]


def test_themes_filter_and_search_go_together(story: Story, client: PageClient) -> None:
    for title, theme, saw in (
        ("公园的滑梯", "parks", "太陡"), ("学校的滑梯", "school", "太陡"), ("公园的灯", "parks", "太暗"),
    ):  # fmt: skip
        story.published(story.world.child(story.group), title=title, theme=theme, saw=saw)
    assert set(notes(client.get("/board?theme=parks"))) == {"公园的滑梯", "公园的灯"}
    assert set(notes(client.get("/board?q=滑梯"))) == {"公园的滑梯", "学校的滑梯"}
    page = client.get("/board?theme=parks&q=滑梯")
    assert notes(page) == ["公园的滑梯"]
    chips = {chip.text: chip.attributes for chip in page.find("ul", class_="chips")[0].all("a")}
    assert chips["公园游乐"]["aria-current"] == "true" and "q=" in chips["校园生活"]["href"]
    page = client.submit(action="/board", q="灯")
    assert notes(page) == ["公园的灯"], "a search keeps the theme"


def test_a_search_goes_over_its_pages(story: Story, client: PageClient) -> None:
    for number in range(23):
        story.published(story.world.child(story.group), title=f"公园{number}", saw="很好")
        story.published(story.world.child(story.group), title=f"学校{number}", saw="很好")
    page = client.get("/board?q=公园")
    assert notes(page)[0] == "公园22" and len(notes(page)) == 20
    page = client.get(page.find("a", rel="next")[0].attributes["href"])
    assert notes(page) == ["公园2", "公园1", "公园0"]


@pytest.mark.parametrize("query", ["公园", "高", "踮", "洗手台太高", "公园 洗手台", "ＢＵＳ", "bus"])
def test_short_and_long_words_are_found(story: Story, client: PageClient, query: str) -> None:
    story.published(title="洗手台太高", saw="公园里我踮着脚，坐bus来的。")
    assert notes(client.get("/board", query_string={"q": query})) == ["洗手台太高"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("没有这个词", "没有找到"), ("？！", "请写一个要找的词"), ("😀", "请写一个要找的词"),
        ("公" * 61, "要找的话太长了"),
        ("公" * 10_000, "要找的话太长了"), ('"公园', "没有找到"), ("公园 OR 学校", "没有找到"),
        ("<b>公园</b>", "没有找到"),
        ("'; DROP TABLE posts; --", "没有找到"), ("\u202e公园", "没有找到"), ("*", "请写一个要找的词"),
    ],
)  # fmt: skip
def test_a_search_without_result_says_so_kindly(story: Story, client: PageClient, query: str, says: str) -> None:
    story.published(saw="滑梯")
    page = client.get("/board", query_string={"q": query})
    assert page.status == 200 and says in page.main
    assert page.find("input", name="q")[0].attributes["value"] == query.strip()
    assert "<b>公园" not in page.html


def test_nothing_found_in_the_group_offers_the_city(story: Story, new_client: NewClient) -> None:
    client = story.world.sign_in(new_client(), story.child)
    page = client.get("/board?q=滑梯")
    assert any("shelf=city" in link and "q=" in link for link in page.links())


def test_an_empty_board_says_what_to_do_first(story: Story, new_client: NewClient) -> None:
    assert "留言板还空着" in new_client().get("/board").main
    child = story.world.sign_in(new_client(), story.child)
    assert "/board/new" in child.get("/board").links()
    assert "看全部留言" in new_client().get("/board?theme=parks").main
    assert new_client().get("/board?theme=cats").status == 200


def test_awkward_words_are_shown_as_they_were_written(story: Story, client: PageClient) -> None:
    """R96."""
    awkward = '<script>alert(1)</script> & "引号" {{ 7*7 }} %s \u202eabc 👨‍👩‍👧 ١٢'
    pid = story.published(title="<b>高</b>", saw=awkward, wish="a" * 400)
    for page in (client.get("/board"), client.get(f"/board/{pid}")):
        assert page.status == 200 and "<script>alert" not in page.html and "<b>高" not in page.html
        assert "{{ 7*7 }}" in page.main and "<b>高</b>" in page.main


# Kept pages and budgets


def test_a_visitors_board_costs_two_statements_and_one_when_kept(
    story: Story, client: PageClient, count_sql: Callable[[], object]
) -> None:
    def cost(address: str) -> int:
        with count_sql() as statements:  # type: ignore[attr-defined]
            assert client.get(address).status == 200
        return len(asked(statements))

    pid = story.published()
    for _ in range(3):
        story.published(story.world.child(story.group))
    client.get("/privacy")  # the facts of the instance are read once in a process
    for address in ("/board", f"/board/{pid}", "/board?theme=parks", f"/board?before={pid}", "/board?q=公园"):
        assert cost(address) <= 2, address
        assert cost(address) == 1, address


def test_signed_in_pages_keep_to_eight_statements_however_many_rows(
    story: Story, new_client: NewClient, count_sql: Callable[[], object]
) -> None:
    child = story.world.sign_in(new_client(), story.child)
    teacher = story.world.sign_in(new_client(), story.teacher)
    pid, returned, danger = story.published(), story.returned(), story.sent(saw="我不想活了")
    draft = story.draft()
    addresses = [
        (child, "/board"), (child, "/board?q=公园&theme=parks"), (child, f"/board/{pid}"),
        (child, f"/board/{returned}"),
        (child, f"/board/{danger}"), (child, f"/board/{danger}/sent"), (child, "/my-ideas"), (child, "/board/new"),
        (child, f"/board/drafts/{draft}/place"), (child, f"/board/drafts/{draft}/saw"),
        (child, f"/board/drafts/{draft}/title"), (child, f"/board/drafts/{draft}/check"), (teacher, "/board"),
        (teacher, f"/board/{pid}"),
    ]  # fmt: skip
    child.get("/board")  # the facts of the instance are read once in a process
    costs: list[list[int]] = []
    for _round in range(2):
        costs.append([])
        for client, address in addresses:
            with count_sql() as statements:  # type: ignore[attr-defined]
                assert client.get(address).status == 200
            costs[-1].append(len(asked(statements)))
        for number in range(6):
            story.published(story.world.child(story.group, story.team), title=f"公园{number}")
            story.world.place(f"公园{_round}{number}")
    table = dict(zip([address for _client, address in addresses], costs[0], strict=True))
    assert max(costs[0]) <= 8, table
    assert costs[0] == costs[1], (table, costs[1])


def test_a_page_kept_for_visitors_is_never_stale(story: Story, client: PageClient) -> None:
    """R15, R64: published, taken back, consent withdrawn: the next request knows."""
    assert notes(client.get("/board")) == []
    pid = story.published(title="第一条")
    assert notes(client.get("/board")) == ["第一条"]
    assert client.get(f"/board/{pid}").status == 200
    post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    assert notes(client.get("/board")) == [] and client.get(f"/board/{pid}").status == 404
    second = story.published(title="第二条")
    assert notes(client.get("/board")) == ["第二条"]
    with write(story.database) as tx:
        safety.answer_own_in(tx, story.child.account_id, Purpose.IDEAS_PUBLIC, Answer.NO, story.clock())
    assert notes(client.get("/board")) == [] and client.get(f"/board/{second}").status == 404


def test_what_is_kept_for_visitors_holds_nothing_of_a_session(story: Story, new_client: NewClient) -> None:
    story.published()
    page = new_client().get("/board")
    assert "csrf_token" not in page.html
    again = new_client().get("/board")
    assert again.html == page.html and not again.response.headers.getlist("Set-Cookie")


def test_the_front_page_shows_the_newest_public_notes(story: Story, client: PageClient) -> None:
    story.published(title="公开的")
    story.published(audience=Audience.GROUP, title="团里的")
    page = client.get("/")
    assert "公开的" in page.main and "团里的" not in page.main


def test_the_board_speaks_english_too(story: Story, client: PageClient) -> None:
    story.published()
    client.get("/language/en?next=/board")
    page = client.get("/board")
    assert page.heading == "One-metre message board" and "23 November 2026" in page.main
