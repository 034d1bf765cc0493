"""The consents as other rooms use them: hear of every change, and (tests, demo) put a whole story on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cfc_groups.db import Database, write
from cfc_groups.safety import actions
from cfc_groups.safety.hooks import on_change
from cfc_groups.safety.models import Answer, Paper, Purpose, Relation
from cfc_groups.sealing import Sealer

__all__ = ["on_change", "record_for_story"]


def record_for_story(
    database: Database, sealer: Sealer, child_id: int, *, recorded_by: int, now: datetime,
    answers: Mapping[str, str], assent: bool, guardian_name: str = "Guardian",
) -> None:  # fmt: skip
    """The guardian's yes on paper to every purpose but those answered "no"; the child's own yes to all if `assent`.

    For the stories of tests and the demo; it goes through the real actions. `answers` by purpose: "yes", "no".
    """
    given = {purpose: Answer(answers.get(purpose.value, "yes")) for purpose in Purpose}
    paper = Paper(given, guardian_name, Relation.MOTHER, now.date())
    with write(database) as tx:
        actions.record_consents_in(tx, sealer, child_id, paper, recorded_by=recorded_by, now=now)
        for purpose in Purpose if assent else ():
            actions.answer_own_in(tx, child_id, purpose, Answer.YES, now)
