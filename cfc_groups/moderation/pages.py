"""What the desk's templates get: the queue in words, one note with its hints marked, and what the child will read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cfc_groups.access import Actor, AgeBand, Role
from cfc_groups.accounts.rules import age_band
from cfc_groups.accounts.store import BIRTH_MONTH
from cfc_groups.db import Reader
from cfc_groups.moderation import queries, rules, words
from cfc_groups.moderation.kinds import KINDS, get_kind
from cfc_groups.moderation.models import (
    Comparison,
    Content,
    Decision,
    Flag,
    GroupFigures,
    Item,
    Outcome,
    Part,
    QueuePage,
    Reason,
    Segment,
)
from cfc_groups.sealing import Sealer


@dataclass(frozen=True)
class MarkedPart:
    """A part of the note with the places that a detector noticed."""

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Note:
    """One item as the desk shows it. `title` is marked like the parts; `earlier` compares with the version before."""

    item: Item
    kind_label: str
    content: Content
    title: tuple[Segment, ...]
    parts: tuple[MarkedPart, ...]
    hints: tuple[tuple[str, bool], ...]
    earlier_number: int
    earlier: tuple[Comparison, ...]
    decisions: list[Decision]
    band: AgeBand

    def kind_words(self, reason: Reason | str) -> str:
        """What this child will read for a reason."""
        return words.kind_words(reason, self.band)

    def next_step(self, outcome: Outcome | str) -> str:
        """What this child will read about going on."""
        return words.next_step(outcome, self.band)

    @property
    def suggested(self) -> Reason | None:
        """The reason that the hints speak for."""
        return rules.suggested_reason(self.item.flags)

    @property
    def decision(self) -> Decision | None:
        """The decision about the shown version, if there is one."""
        own = [one for one in self.decisions if one.version_number == self.item.version_number]
        return own[-1] if own else None


@dataclass(frozen=True)
class Row:
    """One line of the queue. `taken_by` is the colleague who looks at it now."""

    pid: str
    headline: str
    who: str
    hints: str
    age: str
    late: str
    taken_by: str | None
    current: bool


@dataclass(frozen=True)
class Desk:
    """The desk: the queue, the note that lies on it (None when all is done or taken), figures for coordinators."""

    queue: QueuePage
    rows: tuple[Row, ...]
    lead: str
    note: Note | None
    figures: list[GroupFigures]
    skip_to: str | None


def open_desk(db: Reader, sealer: Sealer, actor: Actor, now: datetime, today: date, *, after: str | None) -> Desk:
    """The queue and the first note in it that nobody else has open."""
    queue = queries.queue(db, actor, today, after=after)
    free = [item for item in queue.items if not item.held_by_other(actor.account_id, now)]
    note = read_note(db, sealer, free[0], today) if free else None
    figures = queries.figures(db, now, today) if actor.role is Role.COORDINATOR else []
    return _desk(queue, note, actor, now, figures)


def open_note(
    db: Reader, sealer: Sealer, actor: Actor, now: datetime, today: date, item: Item, *, after: str | None
) -> Desk:
    """The queue and a note of it that was asked for."""
    return _desk(queries.queue(db, actor, today, after=after), read_note(db, sealer, item, today), actor, now, [])


def read_note(db: Reader, sealer: Sealer, item: Item, today: date) -> Note:
    """Everything about one item, with its kind's words."""
    kind = get_kind(item.kind)
    content = kind.load(db, item.object_id, item.version_number)
    title, rest = _split_title(content, item.flags)
    before = [version for version in content.versions if version.number < item.version_number]
    month = item.author.birth_month
    return Note(
        item=item, kind_label=str(kind.label), content=content, title=title, parts=rest,
        hints=tuple(dict.fromkeys((words.flag_label(flag), flag.hard) for flag in item.flags)),
        earlier_number=before[-1].number if before else 0,
        earlier=rules.compared(before[-1].parts, content.parts) if before else (),
        decisions=queries.decisions_for(db, item.kind, item.object_id),
        band=age_band(sealer.open(month, BIRTH_MONTH), today) if month else AgeBand.MIDDLE,
    )  # fmt: skip


def _split_title(content: Content, flags: tuple[Flag, ...]) -> tuple[tuple[Segment, ...], tuple[MarkedPart, ...]]:
    """The title marked, and the other parts; a title that is no part of the child's words stands unmarked."""

    def marked(part: Part) -> tuple[Segment, ...]:
        return rules.marked(part.text, [flag for flag in flags if flag.part == part.key])

    own_title = [part for part in content.parts if part.text == content.title][:1]
    title = marked(own_title[0]) if own_title else (Segment(content.title),)
    return title, tuple(MarkedPart(part.label, marked(part)) for part in content.parts if part not in own_title)


def _desk(queue: QueuePage, note: Note | None, actor: Actor, now: datetime, figures: list[GroupFigures]) -> Desk:
    shown = note.item.pid if note else None
    lead = ""
    if queue.oldest is not None:
        lead = f"{words.waiting_words(queue.waiting)} · {words.oldest_words(now - queue.oldest)}"
    free = [one.pid for one in queue.items if one.pid != shown and not one.held_by_other(actor.account_id, now)]
    rows = tuple(_row(item, actor, now, current=item.pid == shown) for item in queue.items)
    return Desk(queue, rows, lead, note, figures, skip_to=free[0] if free else None)


def _row(item: Item, actor: Actor, now: datetime, *, current: bool) -> Row:
    age = now - item.submitted_at
    kind = KINDS.get(item.kind)
    hints = list(dict.fromkeys(words.flag_label(flag) for flag in item.flags))
    return Row(
        pid=item.pid, headline=item.headline or (str(kind.label) if kind else ""),
        who=item.author.team_name or item.author.group_name, hints=words.maybe_words(hints), age=words.age_words(age),
        late=words.lateness(age), taken_by=item.claimant if item.held_by_other(actor.account_id, now) else None,
        current=current,
    )  # fmt: skip
