"""What changes: answers of guardians and children, signals of danger, hotlines, the protection contact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cfc_groups import journal
from cfc_groups.db import Writer
from cfc_groups.errors import RuleBroken
from cfc_groups.ids import new_pid
from cfc_groups.safety import hooks, notices, store
from cfc_groups.safety.models import Answer, Paper, Purpose, Way
from cfc_groups.safety.notices import Notice
from cfc_groups.sealing import Sealer


def record_consents_in(
    tx: Writer, sealer: Sealer, child_id: int, paper: Paper, *, recorded_by: int, now: datetime,
    notice: Notice | None = None,
) -> None:  # fmt: skip
    """Write down a guardian's answers as new rows (R13, R16) and let them act at once (R15).

    Purposes that are not in the paper stay as they were. Raises RuleBroken for a paper without an answer and for a
    yes by word of mouth.
    """
    if not paper.answers:
        raise RuleBroken("consent_nothing_answered")
    if paper.way is not Way.PAPER and Answer.YES in paper.answers.values():
        raise RuleBroken("consent_yes_needs_paper", field="paper_in_hand")
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


def answer_own_in(
    tx: Writer, child_id: int, purpose: Purpose, answer: Answer, now: datetime, *, notice: Notice | None = None
) -> None:
    """Write down the child's own answer (R17) and let it act at once."""
    version = (notice or notices.current()).version
    store.add_assent(tx, child_id, purpose, answer, notice_version=version, now=now)
    journal.enter(
        tx, child_id, "answer_own", "account", child_id, now, purpose=purpose.value, answer=answer.value
    )
    hooks.tell_change(tx, child_id, now)


def raise_signal_in(
    tx: Writer, sealer: Sealer, child_id: int, group_id: int | None, object_kind: str, object_id: int, words: str,
    kinds: Iterable[str], now: datetime,
) -> str:  # fmt: skip
    """Words that signal danger go to all protection officers, sealed (R62); answers the signal's public id.

    Newer words about an object whose signal is still open are put under the older ones and told again. Neither the
    journal nor a notification holds a word, a kind or the child. Nobody else is told: no guardian, no moderator.
    """
    from cfc_groups.safety import protection

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
