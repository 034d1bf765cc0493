"""What follows from the answers of guardian and child. Pure: the notice that counts today is an argument."""

from __future__ import annotations

from cfc_groups.safety.models import Answer, ConsentState, PostingState, Purpose, Standing


def guardian_says_yes(standing: Standing, purpose: Purpose, notice_version: str) -> bool:
    """Whether the guardian agreed to this purpose under the notice that counts today (R16)."""
    given = standing.guardian.get(purpose)
    return given is not None and given.answer is Answer.YES and given.notice_version == notice_version


def child_says_yes(standing: Standing, purpose: Purpose, notice_version: str) -> bool:
    """Whether the child itself agreed under the notice that counts today. A no of any time counts (R17)."""
    given = standing.child.get(purpose)
    return given is not None and given.answer is Answer.YES and given.notice_version == notice_version


def posting_state(standing: Standing, notice_version: str) -> PostingState:
    """Whether the child may write: guardian's consent first (R12), under today's notice (R16), then its own yes (R17)."""
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
    """Two of the three yeses that a public post needs: the guardian's and the child's own; the third is the moderator's."""
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
