"""Writing, sending, deciding, taking back: what is stored, who is told, and what may not happen."""

from __future__ import annotations

import json
from itertools import product

import pytest

from cfc_groups.board import draft_actions, draft_store, post_actions, queries, store
from cfc_groups.board.models import Audience, PostState, Query, Shelf, Step
from cfc_groups.board.rules import MOST_DRAFTS, POSTS_A_DAY
from cfc_groups.db import write
from cfc_groups.errors import Conflict, NotAllowed, NotFound, RuleBroken, TooMany
from cfc_groups.moderation.models import Outcome, Reason
from cfc_groups.safety import actions as safety
from cfc_groups.safety.hooks import tell_outcome
from cfc_groups.safety.models import Answer, Purpose
from cfc_groups.safety.models import Outcome as SignalOutcome
from cfc_groups.school_calendar.rules import SITE_ZONE
from tests.board.story import Story

S = PostState


def item_of(story: Story, pid: str) -> dict[str, object]:
    row = story.database.row(
        "SELECT * FROM moderation_items WHERE object_id = ? ORDER BY version_number DESC", (story.post(pid).post_id,)
    )
    assert row is not None
    return dict(row)


def notices(story: Story) -> list[tuple[str, dict[str, str]]]:
    rows = story.database.rows(
        "SELECT kind, facts FROM notifications WHERE recipient_id = ? ORDER BY notification_id",
        (story.child.account_id,),
    )
    return [(row["kind"], json.loads(row["facts"])) for row in rows]


# Drafts


def test_a_draft_keeps_each_step_and_knows_the_next(story: Story) -> None:
    place = story.world.place()
    place_pid = str(story.database.value("SELECT pid FROM places WHERE place_id = ?", (place,)))
    actor, now = story.actor(story.child), story.clock()
    draft = draft_actions.start_draft(story.database, actor, now, zone=SITE_ZONE)
    assert (draft.step, draft.theme, draft.audience) == (Step.PLACE, "parks", Audience.GROUP)
    draft = draft_actions.set_place(story.database, actor, now, draft.pid, place_pid)
    assert (draft.step, draft.place.name if draft.place else "") == (Step.SAW, "翠苑公园")
    draft = draft_actions.set_text(story.database, actor, now, draft.pid, Step.SAW, "看到")
    assert (draft.step, draft.saw) == (Step.WISH, "看到")
    draft = draft_actions.set_text(story.database, actor, now, draft.pid, Step.SAW, "又看到")
    assert (draft.step, draft.saw) == (Step.WISH, "又看到"), "going back loses no way"
    draft = draft_actions.keep_text(story.database, actor, now, draft.pid, Step.WISH, "希")
    assert (draft.step, draft.wish) == (Step.WISH, "希"), "keeping while typing does not go on"


def test_the_theme_is_proposed_from_the_team(story: Story) -> None:
    child = story.world.child(story.group, story.world.team(story.group, theme="safety"))
    draft = draft_actions.start_draft(story.database, story.actor(child), story.clock(), zone=SITE_ZONE)
    assert draft.theme == "safety"


def test_a_child_without_a_team_gets_the_first_theme(story: Story) -> None:
    child = story.world.child(story.group)
    draft = draft_actions.start_draft(story.database, story.actor(child), story.clock(), zone=SITE_ZONE)
    assert draft.theme == "living"


def test_an_untouched_draft_is_taken_up_again(story: Story) -> None:
    first = draft_actions.start_draft(story.database, story.actor(story.child), story.clock(), zone=SITE_ZONE)
    again = draft_actions.start_draft(story.database, story.actor(story.child), story.clock(), zone=SITE_ZONE)
    assert first.pid == again.pid and story.count("post_drafts") == 1


def test_a_sixth_draft_is_kindly_refused_and_revisions_do_not_count(story: Story) -> None:
    pid = story.returned()
    draft_actions.revise_post(story.database, story.actor(story.child), story.clock(), pid, zone=SITE_ZONE)
    for _ in range(MOST_DRAFTS):
        story.draft()
    with pytest.raises(RuleBroken) as refused:
        story.draft()
    assert refused.value.code == "too_many_drafts"
    assert story.count("post_drafts") == MOST_DRAFTS + 1


def test_a_foreign_draft_does_not_exist(story: Story) -> None:
    """R92."""
    pid = story.draft()
    other = story.actor(story.world.child(story.group, story.team))
    now, database = story.clock(), story.database
    for deed in (
        lambda: draft_actions.get_draft(database, other, pid),
        lambda: draft_actions.set_place(database, other, now, pid, None),
        lambda: draft_actions.set_text(database, other, now, pid, Step.SAW, "x"),
        lambda: draft_actions.set_title(database, other, now, pid, "x", "parks"),
        lambda: draft_actions.keep_text(database, other, now, pid, Step.SAW, "x"),
        lambda: draft_actions.remove_draft(database, other, now, pid),
        lambda: post_actions.send_draft(
            database, story.sealer, other, now, pid, audience=Audience.GROUP, zone=SITE_ZONE
        ),
    ):
        with pytest.raises(NotFound):
            deed()
    kept = draft_store.find_draft(database, story.child.account_id, pid)
    assert kept is not None and kept.saw == "我够不着公园的水龙头。"


def test_a_place_that_is_not_in_the_list_is_refused_beside_its_field(story: Story) -> None:
    pid = story.draft()
    ended = story.world.place("旧公园")
    with write(story.database) as tx:
        tx.execute("UPDATE places SET ended_on = '2026-01-01' WHERE place_id = ?", (ended,))
    ended_pid = str(story.database.value("SELECT pid FROM places WHERE place_id = ?", (ended,)))
    for wrong in ("nothing-like-it", ended_pid, "", "' OR 1=1 --"):
        with pytest.raises(RuleBroken) as refused:
            draft_actions.set_place(story.database, story.actor(story.child), story.clock(), pid, wrong)
        assert (refused.value.code, refused.value.field) == ("place_unknown", "place")


def test_a_theme_that_is_not_in_use_is_refused_beside_its_field(story: Story) -> None:
    pid = story.draft()
    for wrong in ("", "cats", "PARKS"):
        with pytest.raises(RuleBroken) as refused:
            draft_actions.set_title(story.database, story.actor(story.child), story.clock(), pid, "x", wrong)
        assert refused.value.field == "theme"


@pytest.mark.parametrize("missing", ["consent", "assent", "refused"])
def test_nothing_a_child_writes_is_stored_without_consent_and_own_yes(story: Story, missing: str) -> None:
    """R12, R17."""
    child = story.world.child(story.group, story.team, consents=False)
    if missing == "assent":
        story.world.consent(child, assent=False)
    if missing == "refused":
        story.world.consent(child)
        with write(story.database) as tx:
            safety.answer_own_in(tx, child.account_id, Purpose.ACCOUNT, Answer.NO, story.clock())
    with pytest.raises(NotAllowed) as refused:
        story.draft(child)
    assert refused.value.code.startswith("post_")
    assert story.count("post_drafts") == story.count("posts") == 0


def withdraw_account_consent(story: Story) -> None:
    with write(story.database) as tx:
        safety.answer_own_in(tx, story.child.account_id, Purpose.ACCOUNT, Answer.NO, story.clock())


def test_after_a_withdrawn_yes_nothing_more_is_kept_or_sent(story: Story) -> None:
    """R12: the draft that is there stays, but takes no new words."""
    pid = story.draft()
    withdraw_account_consent(story)
    actor, now = story.actor(story.child), story.clock()
    for deed in (
        lambda: story.send(pid),
        lambda: draft_actions.set_text(story.database, actor, now, pid, Step.SAW, "new"),
        lambda: draft_actions.keep_text(story.database, actor, now, pid, Step.SAW, "new"),
        lambda: draft_actions.set_place(story.database, actor, now, pid, None),
        lambda: draft_actions.set_title(story.database, actor, now, pid, "new", "parks"),
    ):
        with pytest.raises(NotAllowed):
            deed()
    kept = draft_store.find_draft(story.database, story.child.account_id, pid)
    assert kept is not None and kept.saw == "我够不着公园的水龙头。"
    assert story.count("posts") == 0


def test_a_child_that_has_left_its_group_cannot_send_and_keeps_its_draft(story: Story) -> None:
    pid = story.draft()
    with write(story.database) as tx:
        tx.execute("UPDATE memberships SET ends_on = '2026-11-22' WHERE account_id = ?", (story.child.account_id,))
    with pytest.raises(NotAllowed) as refused:
        story.send(pid)
    assert refused.value.code == "post_without_group"
    assert story.count("post_drafts") == 1 and story.count("posts") == 0


# Sending


def test_sending_makes_a_post_a_version_an_item_and_a_journal_entry_at_once(story: Story) -> None:
    pid = story.sent(title="洗手台", saw="太高", wish="矮一点")
    post = story.post(pid)
    assert (post.state, post.current_version, post.audience) == (S.WAITING, 1, Audience.PUBLIC)
    assert (post.group_id, post.team_id, post.theme) == (story.group, story.team, "parks")
    assert store.get_words(story.database, post.post_id, 1)[0].title == "洗手台"
    item = item_of(story, pid)
    assert (item["kind"], item["state"], item["author_id"]) == ("post", "waiting", story.child.account_id)
    assert story.count("post_drafts") == 0
    entry = story.database.row("SELECT facts FROM journal WHERE deed = 'send_post' AND object_id = ?", (pid,))
    assert entry is not None and "洗手台" not in entry["facts"] and "太高" not in entry["facts"]


def test_the_same_draft_sent_twice_is_one_post(story: Story) -> None:
    pid = story.draft()
    first, second = story.send(pid), story.send(pid)
    assert (first.pid, first.again) == (pid, False)
    assert (second.pid, second.again, second.state) == (pid, True, S.WAITING)
    assert story.count("posts") == story.count("post_versions") == story.count("moderation_items") == 1


def test_going_on_with_a_sent_draft_says_so(story: Story) -> None:
    pid = story.sent()
    with pytest.raises(Conflict) as refused:
        draft_actions.set_text(story.database, story.actor(story.child), story.clock(), pid, Step.SAW, "more")
    assert refused.value.code == "already_sent"


def test_an_unfinished_draft_is_not_sent(story: Story) -> None:
    pid = draft_actions.start_draft(story.database, story.actor(story.child), story.clock(), zone=SITE_ZONE).pid
    with pytest.raises(RuleBroken) as refused:
        story.send(pid)
    assert refused.value.code == "draft_incomplete" and story.count("posts") == 0


def test_words_longer_than_allowed_are_kept_while_typing_but_not_sent(story: Story) -> None:
    pid = story.draft()
    draft_actions.keep_text(story.database, story.actor(story.child), story.clock(), pid, Step.SAW, "高" * 900)
    with pytest.raises(RuleBroken):
        story.send(pid)
    kept = draft_store.find_draft(story.database, story.child.account_id, pid)
    assert kept is not None and len(kept.saw) == 900


def test_an_eleventh_idea_of_a_day_waits_until_tomorrow(story: Story) -> None:
    """R97; the count begins anew at midnight in Shanghai."""
    for _ in range(POSTS_A_DAY):
        story.sent()
    eleventh = story.draft()
    with pytest.raises(TooMany) as refused:
        story.send(eleventh)
    assert refused.value.seconds == 15 * 3600, "until midnight"
    assert story.count("posts") == POSTS_A_DAY and story.count("post_drafts") == 1
    story.later(hours=14, minutes=59)
    with pytest.raises(TooMany):
        story.send(eleventh)
    story.later(minutes=1)
    assert story.send(eleventh).state is S.WAITING


def test_ten_ideas_of_one_child_do_not_stop_another(story: Story) -> None:
    for _ in range(POSTS_A_DAY):
        story.sent()
    assert story.send(story.draft(other := story.world.child(story.group, story.team)), other).state is S.WAITING


def test_revising_is_not_a_new_idea_of_the_day(story: Story) -> None:
    pid = story.returned()
    for _ in range(POSTS_A_DAY - 1):
        story.sent()
    draft_actions.revise_post(story.database, story.actor(story.child), story.clock(), pid, zone=SITE_ZONE)
    assert story.send(pid).state is S.WAITING


def test_personal_data_holds_the_post_whatever_the_page_showed(story: Story) -> None:
    """R61: the server looks again; nothing is refused or deleted."""
    pid = story.sent(saw="打我电话13900001000。")
    assert story.post(pid).state is S.HELD
    item = item_of(story, pid)
    assert item["state"] == "held"
    assert json.loads(str(item["findings"]))[0][:3] == ["saw", "mobile", True]


def test_the_own_real_name_holds_the_post(story: Story) -> None:
    assert story.post(story.sent(saw="我是韦博文，我看到了。")).state is S.HELD


def test_a_soft_hint_does_not_hold(story: Story) -> None:
    assert story.post(story.sent(saw="三年级(2)班的门太重。")).state is S.WAITING


def test_words_of_danger_call_the_officers_and_leave_the_queue_alone(story: Story) -> None:
    """R62: escalated, sealed, all officers told, no moderator and nobody else."""
    officers = [story.world.teacher(story.group, officer=True), story.world.coordinator(officer=True)]
    pid = story.sent(saw="我不想活了。", wish="没有人帮我。")
    assert story.post(pid).state is S.ESCALATED
    assert item_of(story, pid)["state"] == "escalated"
    signal = story.database.row("SELECT * FROM danger_signals")
    assert signal is not None and signal["child_id"] == story.child.account_id
    assert "不想活" not in str(bytes(signal["words"]))
    told = story.database.rows("SELECT recipient_id, facts, address FROM notifications")
    assert {row["recipient_id"] for row in told} == {officer.account_id for officer in officers}
    assert not any("不想活" in row["facts"] + row["address"] for row in told)
    assert notices(story) == []


@pytest.mark.parametrize("broken", ["moderation_items", "danger_signals"])
def test_a_post_without_its_place_in_the_queue_is_not_stored(story: Story, broken: str) -> None:
    """One transaction: all of it or nothing, and the draft is still there."""
    pid = story.draft(saw="我不想活了。")
    trigger = f"CREATE TEMP TRIGGER stop BEFORE INSERT ON main.{broken} BEGIN SELECT RAISE(ABORT, 'stop'); END"
    story.database.connection.execute(trigger)
    with pytest.raises(Exception, match="stop"):
        story.send(pid)
    story.database.connection.execute("DROP TRIGGER stop")
    assert story.count("posts") == story.count("post_versions") == story.count("moderation_items") == 0
    assert story.count("post_drafts") == 1
    assert story.send(pid).state is S.ESCALATED


# Decisions


def test_a_published_idea_is_told_and_found(story: Story) -> None:
    pid = story.published(title="洗手台太高")
    post = story.post(pid)
    assert (post.state, post.is_public, post.published_at) == (S.PUBLISHED, True, story.clock())
    assert notices(story) == [("post_published", {"title": "洗手台太高"})]
    assert [note.title for note in queries.latest_public(story.database, 5)] == ["洗手台太高"]
    assert queries.board_page(story.database, Query(phrases=("水 龙 头",))).notes[0].pid == pid


@pytest.mark.parametrize(
    ("outcome", "reason", "state", "kind"),
    [
        (Outcome.RETURN, Reason.EMPTY, S.RETURNED, "post_returned"),
        (Outcome.REFUSE, Reason.LAW, S.REFUSED, "post_refused"),
    ],
)
def test_a_kind_no_is_told_and_nothing_is_on_the_board(
    story: Story, outcome: Outcome, reason: Reason, state: S, kind: str
) -> None:
    pid = story.sent()
    story.decide(pid, outcome, reason)
    assert story.post(pid).state is state
    assert [name for name, _facts in notices(story)] == [kind]
    assert queries.latest_public(story.database, 5) == [] and story.count("post_search") == 0


@pytest.mark.parametrize(("guardian", "own", "moderator"), list(product([True, False], repeat=3)))
def test_only_three_yeses_make_an_idea_public(story: Story, guardian: bool, own: bool, moderator: bool) -> None:
    """R2: the truth table of eight rows, with the child's own wish to be read by everybody given."""
    child = story.world.child(story.group, story.team, consents=False)
    story.world.consent(child, answers={} if guardian else {"ideas_public": "no"})
    if not own:
        with write(story.database) as tx:
            safety.answer_own_in(tx, child.account_id, Purpose.IDEAS_PUBLIC, Answer.NO, story.clock())
    pid = story.sent(child, audience=Audience.PUBLIC)
    if moderator:
        story.decide(pid, Outcome.PUBLISH)
    everybody = [note.pid for note in queries.latest_public(story.database, 5)]
    assert everybody == ([pid] if guardian and own and moderator else [])
    group = queries.board_page(story.database, Query(Shelf(group_id=story.group))).notes
    assert [note.pid for note in group] == ([pid] if moderator else [])


def test_without_the_childs_wish_three_yeses_do_not_make_it_public(story: Story) -> None:
    pid = story.published(audience=Audience.GROUP)
    assert not story.post(pid).is_public


def set_own(story: Story, purpose: Purpose, answer: Answer) -> None:
    with write(story.database) as tx:
        safety.answer_own_in(tx, story.child.account_id, purpose, answer, story.clock())


def version(story: Story) -> object:
    return story.database.value("SELECT version FROM page_versions WHERE topic = 'board'")


def test_a_withdrawn_yes_takes_ideas_from_the_public_at_once_and_a_new_one_brings_them_back(story: Story) -> None:
    """R15, R17; kept pages become stale in the same transaction."""
    pid, only_group = story.published(), story.published(audience=Audience.GROUP)
    before = version(story)
    set_own(story, Purpose.IDEAS_PUBLIC, Answer.NO)
    assert not story.post(pid).is_public and story.post(pid).state is S.PUBLISHED
    assert version(story) != before
    set_own(story, Purpose.IDEAS_PUBLIC, Answer.YES)
    assert story.post(pid).is_public and not story.post(only_group).is_public


def test_a_change_that_shows_nowhere_leaves_kept_pages_alone(story: Story) -> None:
    story.published(audience=Audience.GROUP)
    before = version(story)
    set_own(story, Purpose.IDEAS_PUBLIC, Answer.NO)
    assert version(story) == before


def test_publishing_and_withdrawing_make_kept_pages_stale(story: Story) -> None:
    versions = [version(story)]
    pid = story.published()
    versions.append(version(story))
    post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    versions.append(version(story))
    assert len(set(versions)) == 3


# Revising


def test_a_returned_idea_comes_back_as_the_next_version(story: Story) -> None:
    pid = story.returned(title="洗手台", saw="高", wish="矮")
    actor = story.actor(story.child)
    draft = draft_actions.revise_post(story.database, actor, story.clock(), pid, zone=SITE_ZONE)
    assert (draft.pid, draft.title, draft.saw, draft.wish, draft.step) == (pid, "洗手台", "高", "矮", Step.CHECK)
    assert draft.audience is Audience.PUBLIC
    again = draft_actions.revise_post(story.database, actor, story.clock(), pid, zone=SITE_ZONE)
    assert again.draft_id == draft.draft_id
    draft_actions.set_text(story.database, actor, story.clock(), pid, Step.SAW, "洗手台到我的脖子")
    story.later(hours=1)
    assert story.send(pid).state is S.WAITING
    assert story.post(pid).current_version == 2
    story.decide(pid, Outcome.PUBLISH)
    words = [one.words.saw for one in store.list_versions(story.database, story.post(pid).post_id)]
    assert words == ["高", "洗手台到我的脖子"], "the first version stands as it was sent (R54)"
    published = queries.find_published(story.database, pid)
    assert published is not None and published.saw == "洗手台到我的脖子"


@pytest.mark.parametrize("state", [S.WAITING, S.PUBLISHED, S.REFUSED, S.WITHDRAWN])
def test_only_a_returned_idea_can_be_revised(story: Story, state: S) -> None:
    pid = story.sent()
    if state is S.PUBLISHED:
        story.decide(pid, Outcome.PUBLISH)
    if state is S.REFUSED:
        story.decide(pid, Outcome.REFUSE, Reason.HURT)
    if state is S.WITHDRAWN:
        post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    with pytest.raises(Conflict):
        draft_actions.revise_post(story.database, story.actor(story.child), story.clock(), pid, zone=SITE_ZONE)


def test_nobody_revises_another_childs_idea(story: Story) -> None:
    """R49, R92."""
    pid = story.returned()
    other = story.actor(story.world.child(story.group, story.team))
    with pytest.raises(NotFound):
        draft_actions.revise_post(story.database, other, story.clock(), pid, zone=SITE_ZONE)
    with pytest.raises(NotFound):
        post_actions.withdraw_post(story.database, other, story.clock(), pid)


# Taking back


@pytest.mark.parametrize("state", [S.WAITING, S.HELD, S.ESCALATED, S.RETURNED, S.REFUSED, S.PUBLISHED])
def test_an_idea_is_taken_back_from_every_state_at_once(story: Story, state: S) -> None:
    """R64."""
    saw = {S.HELD: "电话13900001000", S.ESCALATED: "我不想活了"}.get(state, "滑梯太陡")
    pid = story.sent(saw=saw)
    decision = {S.RETURNED: (Outcome.RETURN, Reason.EMPTY), S.REFUSED: (Outcome.REFUSE, Reason.LAW)}.get(state)
    if decision is not None:
        story.decide(pid, *decision)
    if state is S.PUBLISHED:
        story.decide(pid, Outcome.PUBLISH)
    assert story.post(pid).state is state
    post = post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    assert (post.state, post.withdrawn_at, post.is_public) == (S.WITHDRAWN, story.clock(), False)
    row = story.database.row("SELECT title, saw, wish FROM posts WHERE pid = ?", (pid,))
    assert row is not None and tuple(row) == (None, None, None)
    assert story.count("post_search") == 0
    assert not story.database.rows("SELECT 1 FROM moderation_items WHERE state IN ('waiting', 'held', 'escalated')")
    if state is S.ESCALATED:
        assert story.count("danger_signals") == 1, "the signal stays with the officers (R62)"


def test_taken_back_twice_is_taken_back_once(story: Story) -> None:
    pid = story.published()
    first = post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    story.later(hours=1)
    second = post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    assert first == second
    assert story.database.value("SELECT count(*) FROM journal WHERE deed = 'withdraw_post'") == 1


def test_taking_back_while_revising_throws_the_revision_away(story: Story) -> None:
    pid = story.returned()
    draft_actions.revise_post(story.database, story.actor(story.child), story.clock(), pid, zone=SITE_ZONE)
    post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    assert story.count("post_drafts") == 0


def test_a_moderator_cannot_decide_what_was_taken_back(story: Story) -> None:
    pid = story.sent()
    post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    with pytest.raises(Conflict):
        story.decide(pid, Outcome.PUBLISH)
    assert story.post(pid).state is S.WITHDRAWN


# Officers


def test_an_officer_puts_a_misread_idea_back_into_the_queue(story: Story) -> None:
    pid = story.sent(saw="我不想活了。")
    with write(story.database) as tx:
        tell_outcome(tx, "post", story.post(pid).post_id, SignalOutcome.BACK_TO_REVIEW, story.clock())
    assert story.post(pid).state is S.WAITING and item_of(story, pid)["state"] == "waiting"
    story.decide(pid, Outcome.PUBLISH)
    assert story.post(pid).state is S.PUBLISHED


def test_a_misread_idea_with_a_phone_number_is_held(story: Story) -> None:
    pid = story.sent(saw="我不想活了。电话13900001000")
    with write(story.database) as tx:
        tell_outcome(tx, "post", story.post(pid).post_id, SignalOutcome.BACK_TO_REVIEW, story.clock())
    assert story.post(pid).state is S.HELD


def test_what_officers_have_handled_stays_out_of_every_queue(story: Story) -> None:
    pid = story.sent(saw="我不想活了。")
    with write(story.database) as tx:
        tell_outcome(tx, "post", story.post(pid).post_id, SignalOutcome.HANDLED, story.clock())
    assert story.post(pid).state is S.ESCALATED and item_of(story, pid)["state"] == "escalated"


def test_an_outcome_after_taking_back_changes_nothing(story: Story) -> None:
    pid = story.sent(saw="我不想活了。")
    post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    with write(story.database) as tx:
        tell_outcome(tx, "post", story.post(pid).post_id, SignalOutcome.BACK_TO_REVIEW, story.clock())
    assert story.post(pid).state is S.WITHDRAWN
