"""What follows from the answers of guardian and child. Pure: the notice that counts today is an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cfc_groups.errors import RuleBroken
from cfc_groups.safety.models import (
    Answer,
    ChildState,
    ConsentState,
    Outcome,
    Paper,
    PostingState,
    Purpose,
    Standing,
    Way,
)

OLDEST_PAPER = timedelta(days=366)
DAY_BEGINS = time(7)  # section 6.4: by day a signal is seen within two hours, at night within eight
DAY_ENDS = time(22)
SEEN_BY_DAY = timedelta(hours=2)
SEEN_BY_NIGHT = timedelta(hours=8)
SHORTEST_NOTE = 5


def guardian_says_yes(standing: Standing, purpose: Purpose, notice_version: str) -> bool:
    """Whether the guardian agreed to this purpose under the notice that counts today (R16)."""
    given = standing.guardian.get(purpose)
    return given is not None and given.answer is Answer.YES and given.notice_version == notice_version


def child_says_yes(standing: Standing, purpose: Purpose, notice_version: str) -> bool:
    """Whether the child itself agreed under the notice that counts today. A no of any time counts (R17)."""
    given = standing.child.get(purpose)
    return given is not None and given.answer is Answer.YES and given.notice_version == notice_version


def posting_state(standing: Standing, notice_version: str) -> PostingState:
    """Whether the child may write: the guardian's consent (R12) to today's notice (R16), then its own yes (R17)."""
    consent = standing.guardian.get(Purpose.ACCOUNT)
    if consent is None or consent.answer is Answer.NO:
        return PostingState.CONSENT_MISSING
    if consent.notice_version != notice_version:
        return PostingState.CONSENT_OUTDATED
    own = standing.child.get(Purpose.ACCOUNT)
    if own is not None and own.answer is Answer.NO:
        return PostingState.ASSENT_REFUSED
    if own is None or own.notice_version != notice_version:
        return PostingState.ASSENT_MISSING
    return PostingState.OK


def allows(standing: Standing, purpose: Purpose, notice_version: str) -> bool:
    """Whether guardian and child both agree to a purpose, and to taking part at all (R2, R13, R17)."""
    return (
        posting_state(standing, notice_version) is PostingState.OK
        and guardian_says_yes(standing, purpose, notice_version)
        and child_says_yes(standing, purpose, notice_version)
    )


def may_publish(standing: Standing, notice_version: str) -> bool:
    """Two of the three yeses that a public post needs: the guardian's and the child's own (R2)."""
    return allows(standing, Purpose.IDEAS_PUBLIC, notice_version)


def consent_state(standing: Standing, notice_version: str) -> ConsentState:
    """Where the guardian's answers stand; what is worst is told first. After a no to taking part nothing is missing."""
    account = standing.guardian.get(Purpose.ACCOUNT)
    if account is not None and account.answer is Answer.NO:
        return ConsentState.SOME_NO
    if any(purpose not in standing.guardian for purpose in Purpose):
        return ConsentState.MISSING
    answers = standing.guardian.values()
    if any(given.answer is Answer.YES and given.notice_version != notice_version for given in answers):
        return ConsentState.OUTDATED
    return ConsentState.SOME_NO if any(given.answer is Answer.NO for given in answers) else ConsentState.COMPLETE


def questions_for_child(standing: Standing, notice_version: str) -> list[Purpose]:
    """What the child can be asked: everything its guardian agreed to, in order."""
    return [purpose for purpose in Purpose if guardian_says_yes(standing, purpose, notice_version)]


def is_answered(standing: Standing, purpose: Purpose, notice_version: str) -> bool:
    """Whether the child need not be asked (again): it said no at any time, or yes to today's notice."""
    given = standing.child.get(purpose)
    return given is not None and (given.answer is Answer.NO or given.notice_version == notice_version)


def next_question(standing: Standing, notice_version: str) -> Purpose | None:
    """The first thing the child has not been asked yet, or None. Without its yes to taking part the rest can wait."""
    own = standing.child.get(Purpose.ACCOUNT)
    if own is not None and own.answer is Answer.NO:
        return None
    for purpose in questions_for_child(standing, notice_version):
        if not is_answered(standing, purpose, notice_version):
            return purpose
    return None


def child_state(standing: Standing, notice_version: str) -> ChildState:
    """Where the child's own answers stand, as the teacher's list shows it."""
    asked = questions_for_child(standing, notice_version)
    if not asked:
        return ChildState.WAITS_FOR_PAPER
    if next_question(standing, notice_version) is not None:
        return ChildState.NOT_ASKED
    answers = [standing.child[one].answer for one in {Purpose.ACCOUNT, *asked} if one in standing.child]
    return ChildState.SOME_NO if Answer.NO in answers else ChildState.YES


def check_paper(paper: Paper, today: date) -> None:
    """Raise RuleBroken unless what was copied can be so: something answered, a yes only on paper, a likely day."""
    if not paper.answers:
        raise RuleBroken("consent_nothing_answered")
    if paper.way is not Way.PAPER and Answer.YES in paper.answers.values():
        raise RuleBroken("consent_yes_needs_paper", field="paper_in_hand")
    if paper.signed_on > today:
        raise RuleBroken("consent_signed_in_future", field="signed_on")
    if today - paper.signed_on > OLDEST_PAPER:
        raise RuleBroken("consent_signed_long_ago", field="signed_on")


def check_closing(outcome: Outcome, note: str) -> None:
    """Raise RuleBroken when a signal is to end as handled without a word of what was done (R50)."""
    if outcome is Outcome.HANDLED and len(note.strip()) < SHORTEST_NOTE:
        raise RuleBroken("signal_note_needed", field="note")


def seen_until(waiting_since: datetime, zone: ZoneInfo) -> datetime:
    """When a signal must have been seen: by day two hours later, at night eight, but not later than nine o'clock."""
    local = waiting_since.astimezone(zone)
    if DAY_BEGINS <= local.time() < DAY_ENDS:
        return waiting_since + SEEN_BY_DAY
    morning = local.date() + timedelta(days=1 if local.time() >= DAY_ENDS else 0)
    opens = datetime.combine(morning, DAY_BEGINS, zone).astimezone(UTC)
    return min(waiting_since + SEEN_BY_NIGHT, opens + SEEN_BY_DAY)


def reminders_due(waiting_since: datetime, now: datetime, zone: ZoneInfo) -> int:
    """How many times the officers should have been told again by now: each clock that ran out starts the next."""
    count, clock = 0, seen_until(waiting_since, zone)
    while clock <= now and count < 100:
        count += 1
        clock = seen_until(clock, zone)
    return count


def check_hotlines(hotlines: list[tuple[str, str, date]], today: date) -> None:
    """Raise RuleBroken for an empty list, a number that stands there twice, or a day of checking still to come."""
    numbers = [number for number, _, _ in hotlines]
    if not numbers:
        raise RuleBroken("hotlines_empty")
    if len(set(numbers)) < len(numbers):
        raise RuleBroken("hotlines_twice")
    if any(checked_on > today for _, _, checked_on in hotlines):
        raise RuleBroken("hotlines_checked_in_future")
