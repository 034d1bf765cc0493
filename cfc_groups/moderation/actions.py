"""What happens to items: submitted, withdrawn, decided. The `…_in` forms are for the rooms that own the kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from cfc_groups import journal
from cfc_groups.db import Writer
from cfc_groups.errors import NotFound
from cfc_groups.moderation import rules, store
from cfc_groups.moderation.kinds import get_kind
from cfc_groups.moderation.models import Decision, Flag, ItemState, Outcome, Reason

if TYPE_CHECKING:
    from cfc_groups.safety.detectors.models import Finding


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
    found = [finding for one in findings.values() for finding in one]
    before = store.find_open(tx, kind, object_id)
    state = rules.state_for(found)
    if before is not None and before["state"] == ItemState.ESCALATED:
        state = ItemState.ESCALATED
    store.withdraw_open(tx, kind, object_id, now)
    flags = [
        Flag(part, str(one.kind), str(one.level) == "hard", one.start, one.end)
        for part, several in findings.items() for one in several if str(one.level) != "officer"
    ]  # fmt: skip
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
