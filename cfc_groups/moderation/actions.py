"""What happens to items: submitted, withdrawn, claimed, decided; and who is told when the queue grows old.

The `…_in` forms are for the rooms that own the kinds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.accounts.queries import display_names
from cfc_groups.clock import date_in, parse_stamp
from cfc_groups.db import Database, Reader, Writer, write
from cfc_groups.errors import Conflict, NotFound, RuleBroken
from cfc_groups.groups.queries import coordinators, moderators_of
from cfc_groups.moderation import queries, rules, store
from cfc_groups.moderation.kinds import get_kind
from cfc_groups.moderation.models import Decision, ItemState, LateGroup, Outcome, Reason
from cfc_groups.reminders.actions import tell_in
from cfc_groups.safety.detectors import Finding
from cfc_groups.safety.queries import active_officers
from cfc_groups.school_calendar.rules import SITE_ZONE


def submit_in(
    tx: Writer, *, kind: str, object_id: int, version_number: int, group_id: int, author_id: int, headline: str,
    findings: Mapping[str, Iterable[Finding]], now: datetime,
) -> int:  # fmt: skip
    """Put one version of an object into the queue; answers the item's id.

    findings: what the detectors found, by the key of the part in which they found it ({"saw": (…), "title": (…)}).
    The state follows from them (`rules.state_for`): escalated, held or waiting. Signals of danger are not kept here:
    the owner of the kind calls `safety.actions.raise_signal_in`, which seals them (R62). An older version that still
    waits is taken out; one that the officers look at keeps the new one with them.
    """
    found = {part: tuple(several) for part, several in findings.items()}
    before = store.find_open(tx, kind, object_id)
    state = rules.state_for(finding for several in found.values() for finding in several)
    if before is not None and before["state"] == ItemState.ESCALATED:
        state = ItemState.ESCALATED
    store.withdraw_open(tx, kind, object_id, now)
    flags = [flag for part, several in found.items() for flag in rules.flags_of(part, several)]
    item_id, pid = store.add_item(
        tx, kind=kind, object_id=object_id, version_number=version_number, group_id=group_id, author_id=author_id,
        headline=headline, state=state, flags=flags, now=now,
    )  # fmt: skip
    journal.enter(tx, author_id, "submit_item", "moderation_item", pid, now, kind=kind, version=version_number)
    return item_id


def withdraw_in(tx: Writer, kind: str, object_id: int, now: datetime) -> bool:
    """Take whatever of an object is undecided out of the queue (R64); answers whether there was anything.

    The owner of the kind journals who took it back. A signal of danger stays open with the officers.
    """
    return store.withdraw_open(tx, kind, object_id, now) > 0


def back_to_review_in(tx: Writer, kind: str, object_id: int, now: datetime) -> ItemState | None:
    """Put an escalated object into the ordinary queue; answers its new state, or None when none is escalated.

    For the kind's listener of `safety.hooks.on_outcome` with `back_to_review`. The child has waited since it sent
    the words, so the clock goes on.
    """
    found = store.find_open(tx, kind, object_id)
    if found is None or found["state"] != ItemState.ESCALATED:
        return None
    state = rules.state_after_review(store.flags_from(found["findings"]))
    store.set_state(tx, found["item_id"], state)
    return state


def decide_in(
    tx: Writer, pid: str, *, decided_by: int, version_number: int, outcome: Outcome, reason: Reason | None, words: str,
    not_personal: bool, now: datetime,
) -> Decision:  # fmt: skip
    """Decide an item, whoever asks: reach and claims are `decide`'s. Raises NotFound, Conflict, RuleBroken.

    version_number is the version that the moderator read. not_personal: what the detectors held is no personal
    information (asked for publishing held items). The kind carries the decision out and tells the child.
    """
    item = store.find_for_decision(tx, pid)
    if item is None or item["state"] == ItemState.ESCALATED:
        raise NotFound()
    newest = store.latest_version(tx, item["kind"], item["object_id"])
    rules.check_open(ItemState(item["state"]), newer_version=not newest == item["version_number"] == version_number)
    rules.check_decision(outcome, reason, held=item["state"] == ItemState.HELD, not_personal=not_personal)
    decision = Decision(
        version_number=version_number, outcome=outcome, reason=reason, words=words,
        role=store.role_of(tx, decided_by), decided_by=decided_by, decided_at=now,
    )  # fmt: skip
    store.add_decision(
        tx, item["item_id"], outcome=outcome, reason=reason, words=words, decided_by=decided_by, now=now
    )
    store.settle(tx, item["item_id"], now)
    get_kind(item["kind"]).on_decision(tx, item["object_id"], version_number, decision, now)
    journal.enter(
        tx, decided_by, "decide_item", "moderation_item", pid, now, kind=item["kind"], version=version_number,
        outcome=str(outcome), reason=str(reason or ""), own_words=bool(words), not_personal=not_personal,
    )  # fmt: skip
    return decision


def claim(db: Database, actor: Actor, now: datetime, today: date, pid: str) -> str:
    """Note that the actor looks at an item, for ten minutes; asked again while it is open, it goes on.

    Raises NotFound out of reach, Conflict when it is settled or somebody else has it open.
    """
    with write(db) as tx:
        item = _within_reach(tx, actor, today, pid)
        rules.check_open(ItemState(item["state"]))
        _check_claim(tx, item, actor, now)
        store.set_claim(tx, item["item_id"], actor.account_id, now + rules.CLAIM_LASTS)
    return pid


def leave(db: Database, actor: Actor, today: date, pid: str) -> str:
    """End one's own claim before its time, so that a colleague can look at once. Raises NotFound out of reach."""
    with write(db) as tx:
        store.end_claim(tx, _within_reach(tx, actor, today, pid)["item_id"], actor.account_id)
    return pid


def decide(
    db: Database, actor: Actor, now: datetime, today: date, pid: str, *, version_number: int, outcome: Outcome,
    reason: Reason | None, words: str, not_personal: bool,
) -> Decision:  # fmt: skip
    """Decide an item that lies within the actor's reach and that nobody else has open; see `decide_in`.

    words: a sentence of the moderator's own for the child, without ways to meet elsewhere: such a sentence is
    blocked and the protection officers are told (R48). Raises NotFound, Conflict, RuleBroken.
    """
    _within_reach(db, actor, today, pid)
    if rules.leads_elsewhere(words):
        _tell_officers(db, actor, now, today, pid)
        raise RuleBroken("words_lead_elsewhere", field="words")
    with write(db) as tx:
        item = _within_reach(tx, actor, today, pid)
        _check_claim(tx, item, actor, now)
        return decide_in(
            tx, pid, decided_by=actor.account_id, version_number=version_number, outcome=outcome, reason=reason,
            words=words, not_personal=not_personal, now=now,
        )  # fmt: skip


def tell_of_late_ones(db: Database, now: datetime) -> int:
    """Tell a group's teachers what has waited for more than a day, and coordinators after two (R60); once a day each.

    Where no teacher may decide, coordinators stand in and are told after one day. Answers how many were told.
    """
    today = date_in(now, SITE_ZONE)
    told = 0
    for group in queries.late_groups(db, now):
        with write(db) as tx:
            told += _tell_of_group(tx, group, now, today)
    return told


def _tell_of_group(tx: Writer, group: LateGroup, now: datetime, today: date) -> int:
    teachers = moderators_of(tx, group.group_id, today)
    notices = [(teacher, "queue_late", group.late) for teacher in teachers]
    if group.very_late:
        notices += [(one, "queue_very_late", group.very_late) for one in coordinators(tx)]
    elif not teachers:
        notices += [(one, "queue_late", group.late) for one in coordinators(tx)]
    return sum(
        tell_in(
            tx, recipient, kind, group.group_pid, str(today), "/moderation", now, group=group.group_name, count=count
        )
        for recipient, kind, count in notices
    )


def _within_reach(db: Reader, actor: Actor, today: date, pid: str) -> sqlite3.Row:
    item = store.find_for_decision(db, pid)
    out_of_sight = item is None or item["state"] == ItemState.ESCALATED
    if item is None or out_of_sight or not queries.may_decide(db, actor, item["group_id"], today):
        raise NotFound()
    return item


def _check_claim(tx: Writer, item: sqlite3.Row, actor: Actor, now: datetime) -> None:
    until = parse_stamp(item["claimed_until"]) if item["claimed_until"] else None
    if rules.is_taken(item["claimed_by"], until, actor.account_id, now):
        name = display_names(tx, [item["claimed_by"]])[item["claimed_by"]]
        raise Conflict("item_claimed", name=name)


def _tell_officers(db: Database, actor: Actor, now: datetime, today: date, pid: str) -> None:
    """The words themselves are kept nowhere."""
    with write(db) as tx:
        journal.enter(tx, actor.account_id, "block_words", "moderation_item", pid, now)
        for officer in active_officers(tx, today):
            if officer != actor.account_id:
                tell_in(tx, officer, "adult_words_blocked", pid, str(today), "/inbox", now, name=actor.display_name)
