"""What changes: answers of guardians and children, signals of danger, hotlines, the protection contact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.clock import date_in
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import Conflict, RuleBroken
from cfc_groups.ids import new_pid
from cfc_groups.safety import consent_queries, hooks, notices, protection, queries, rules, signal_queries, store
from cfc_groups.safety.models import Answer, Outcome, Paper, ProtectionContact, Purpose
from cfc_groups.safety.notices import Notice
from cfc_groups.school_calendar.rules import SITE_ZONE
from cfc_groups.sealing import Sealer


def record_consents(
    db: Database, sealer: Sealer, actor: Actor, now: datetime, today: date, child_pid: str, paper: Paper
) -> int:
    """Record a paper for a child within the actor's reach; answers its account id. Raises NotFound, RuleBroken."""
    with write(db) as tx:
        child = consent_queries.get_child_for(tx, actor, child_pid, today)
        record_consents_in(tx, sealer, child.child_id, paper, recorded_by=actor.account_id, now=now)
    return child.child_id


def record_consents_in(
    tx: Writer, sealer: Sealer, child_id: int, paper: Paper, *, recorded_by: int, now: datetime,
    notice: Notice | None = None,
) -> None:  # fmt: skip
    """Write down a guardian's answers as new rows (R13, R16) and let them act at once (R15).

    Purposes that are not in the paper stay as they were. Raises RuleBroken (rules.check_paper). `notice`: the one
    that was signed, today's unless told.
    """
    rules.check_paper(paper, date_in(now, SITE_ZONE))
    signed = notice or notices.current()
    store.add_consents(
        tx, sealer, child_id, paper, notice_version=signed.version, notice_hash=signed.hash,
        recorded_by=recorded_by, now=now,
    )  # fmt: skip
    journal.enter(
        tx, recorded_by, "record_consents", "account", child_id, now, notice=signed.version, way=paper.way,
        **{purpose.value: answer.value for purpose, answer in paper.answers.items()},
    )  # fmt: skip
    hooks.tell_change(tx, child_id, now)


def answer_own(db: Database, actor: Actor, now: datetime, purpose: Purpose, answer: Answer) -> Purpose:
    """The signed-in child answers for itself (R17). A yes needs the guardian's yes first: else RuleBroken."""
    with write(db) as tx:
        standing = queries.standing(tx, actor.account_id)
        asked = rules.questions_for_child(standing, notices.CURRENT)
        if answer is Answer.YES and purpose not in asked:
            raise RuleBroken("assent_not_asked")
        answer_own_in(tx, actor.account_id, purpose, answer, now)
    return purpose


def answer_own_in(
    tx: Writer, child_id: int, purpose: Purpose, answer: Answer, now: datetime, *, notice: Notice | None = None
) -> None:
    """Write down the child's own answer (R17) and let it act at once."""
    version = (notice or notices.current()).version
    store.add_assent(tx, child_id, purpose, answer, notice_version=version, now=now)
    journal.enter(tx, child_id, "answer_own", "account", child_id, now, purpose=purpose.value, answer=answer.value)
    hooks.tell_change(tx, child_id, now)


def raise_signal_in(
    tx: Writer, sealer: Sealer, child_id: int, group_id: int | None, object_kind: str, object_id: int, words: str,
    kinds: Iterable[str], now: datetime,
) -> str:  # fmt: skip
    """Words that signal danger go to all protection officers, sealed (R62); answers the signal's public id.

    Newer words about an object whose signal is still open are put under the older ones and told again. Neither the
    journal nor a notification holds a word, a kind or the child. Nobody else is told: no guardian, no moderator.
    """
    names = list(dict.fromkeys(str(kind) for kind in kinds))
    signal = store.find_open_signal(tx, object_kind, object_id)
    if signal is None:
        pid = new_pid()
        store.add_signal(
            tx, sealer, pid=pid, child_id=child_id, group_id=group_id, object_kind=object_kind,
            object_id=object_id, words=words, kinds=names, now=now,
        )  # fmt: skip
    else:
        pid = signal["pid"]
        store.add_words_to_signal(tx, sealer, signal, words, names, now)
    journal.enter(tx, None, "raise_signal", "danger_signal", pid, now)
    protection.tell_officers_in(tx, pid, now)
    return pid


def see_signal(db: Database, sealer: Sealer, officer: Actor, now: datetime, pid: str) -> bool:
    """An officer takes note of a signal; False when another had before. Raises NotFound."""
    with write(db) as tx:
        signal = signal_queries.open_signal(tx, sealer, pid).signal
        first = store.set_seen(tx, signal.signal_id, officer.account_id, now)
        if first:
            journal.enter(tx, officer.account_id, "see_signal", "danger_signal", pid, now)
    return first


def close_signal(
    db: Database, sealer: Sealer, officer: Actor, now: datetime, pid: str, outcome: Outcome, note: str
) -> Outcome:
    """An officer closes a signal: back to ordinary review, or handled (with a note of what was done).

    The owner of the object's kind is told in the same transaction. Raises NotFound, RuleBroken, Conflict.
    """
    rules.check_closing(outcome, note)
    with write(db) as tx:
        signal = signal_queries.open_signal(tx, sealer, pid).signal
        if not store.close_signal(tx, sealer, signal.signal_id, outcome, note, officer.account_id, now):
            raise Conflict("signal_closed_before")
        journal.enter(tx, officer.account_id, "close_signal", "danger_signal", pid, now, outcome=outcome.value)
        hooks.tell_outcome(tx, signal.object_kind, signal.object_id, outcome, now)
    return outcome


def set_hotlines(db: Database, actor: Actor, now: datetime, today: date, hotlines: list[tuple[str, str, date]]) -> int:
    """Replace the list of hotlines; answers how many there are. Raises RuleBroken."""
    rules.check_hotlines(hotlines, today)
    with write(db) as tx:
        store.set_hotlines(tx, hotlines)
        numbers = [number for number, _, _ in hotlines]
        journal.enter(tx, actor.account_id, "set_hotlines", "hotlines", "all", now, numbers=numbers)
    return len(hotlines)


def set_protection_contact(db: Database, actor: Actor, now: datetime, contact: ProtectionContact) -> bool:
    """Say who protects the children and how to reach them (R35); older texts stay on record."""
    with write(db) as tx:
        store.add_protection_contact(tx, contact, actor.account_id, now)
        journal.enter(tx, actor.account_id, "set_protection_contact", "protection_contact", "current", now)
    return True
