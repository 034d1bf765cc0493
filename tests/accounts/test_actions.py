"""What people do with accounts, told as small stories on a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest

from cfc_groups import journal
from cfc_groups.access import Role
from cfc_groups.accounts import (
    actions,
    hooks,
    invitation_actions,
    limits,
    own_actions,
    people_actions,
    second_factor,
    sign_in_actions,
    sign_in_store,
    store,
)
from cfc_groups.accounts.models import AccountState, ChosenSignIn, NewPerson
from cfc_groups.clock import date_in
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import Conflict, NotAllowed, NotFound, RuleBroken
from cfc_groups.instance import facts
from cfc_groups.sealing import Sealer
from tests.support.world import World

GOOD = "three rivers, 7 bridges"
LATER = timedelta(seconds=90)


def try_to_sign_in(
    database: Database, sealer: Sealer, now: datetime, user_name: str, password: str, code: str = ""
) -> str:  # fmt: skip
    keys = limits.limit_keys(sealer, path="password", account=user_name, address=f"{user_name}{code}")
    attempt = limits.begin_attempt(database, now, keys=keys)
    return sign_in_actions.sign_in(database, sealer, now, attempt, user_name=user_name, password=password, code=code)


# Signing in


def test_teacher_signs_in_with_name_password_and_code(
    staff: Any, database: Database, sealer: Sealer, now: datetime
) -> None:
    teacher = staff.adult()
    later = now + LATER
    token = try_to_sign_in(database, sealer, later, teacher.user_name.upper(), GOOD, teacher.code(later))
    assert len(token) >= 43  # 256 bits
    stored = [row["token_hash"] for row in database.rows("SELECT token_hash FROM sessions")]
    assert len(stored) == 1 and token not in stored[0]
    assert database.value("SELECT COUNT(*) FROM sign_in_failures") == 0


def test_whatever_does_not_fit_gets_the_same_answer_and_costs_one_hash(
    staff: Any, database: Database, sealer: Sealer, now: datetime, hashes: Callable[[], int]
) -> None:
    """R83, R88: unknown name, wrong password, wrong or missing code, not active: no difference by construction."""
    teacher, waiting = staff.adult(), staff.finish(staff.invite(Role.TEACHER), Role.TEACHER)
    suspended, child_like = staff.adult(), "nobody-here"
    people_actions.suspend_person(database, staff.two.actor(now), now, suspended.pid)
    later = now + LATER
    tries = [
        (child_like, GOOD, "123456"),
        (teacher.user_name, "three rivers, 8 bridges", teacher.code(later)),
        (teacher.user_name, GOOD, "000000"),
        (teacher.user_name, GOOD, ""),
        (waiting.user_name, GOOD, waiting.code(later)),
        (suspended.user_name, GOOD, suspended.code(later)),
        ("", "", ""),
        ("x" * 5000, "y" * 5000, "😀" * 500),
    ]
    for user_name, password, code in tries:
        before = hashes()
        with pytest.raises(RuleBroken) as answer:
            try_to_sign_in(database, sealer, later, user_name, password, code)
        assert (answer.value.code, answer.value.field, answer.value.facts) == ("sign_in_failed", None, {})
        assert hashes() - before == 1, user_name
    assert database.value("SELECT COUNT(*) FROM sessions") == 0
    before = hashes()
    assert try_to_sign_in(database, sealer, later, teacher.user_name, GOOD, teacher.code(later))
    assert hashes() - before == 1


def test_code_of_the_phone_counts_once(staff: Any, database: Database, sealer: Sealer, now: datetime) -> None:
    """R83: a step is used up, and so are the steps before it."""
    teacher, later = staff.adult(), now + LATER
    code = teacher.code(later)
    try_to_sign_in(database, sealer, later, teacher.user_name, GOOD, code)
    with pytest.raises(RuleBroken, match="sign_in_failed"):
        try_to_sign_in(database, sealer, later, teacher.user_name, GOOD, code)
    with pytest.raises(RuleBroken, match="sign_in_failed"):
        try_to_sign_in(database, sealer, later, teacher.user_name, GOOD, teacher.code(later - timedelta(seconds=30)))
    after = later + timedelta(seconds=30)
    assert try_to_sign_in(database, sealer, after, teacher.user_name, GOOD, teacher.code(after))


def test_the_code_that_set_the_phone_up_does_not_sign_in(
    staff: Any, database: Database, sealer: Sealer, now: datetime
) -> None:
    teacher = staff.adult()
    with pytest.raises(RuleBroken, match="sign_in_failed"):
        try_to_sign_in(database, sealer, now, teacher.user_name, GOOD, teacher.code(now))


def test_wrong_password_does_not_use_a_code_up(staff: Any, database: Database, sealer: Sealer, now: datetime) -> None:
    teacher, later = staff.adult(), now + LATER
    with pytest.raises(RuleBroken):
        try_to_sign_in(database, sealer, later, teacher.user_name, "no", teacher.code(later))
    with pytest.raises(RuleBroken):
        try_to_sign_in(database, sealer, later, teacher.user_name, "no", teacher.codes[0])
    assert try_to_sign_in(database, sealer, later, teacher.user_name, GOOD, teacher.code(later))
    assert try_to_sign_in(database, sealer, later, teacher.user_name, GOOD, teacher.codes[0])


def test_printed_code_counts_once_and_only_for_its_owner(
    staff: Any, database: Database, sealer: Sealer, now: datetime
) -> None:
    """R83: a coordinator gets in without phone, network or SMS."""
    teacher, other = staff.adult(), staff.adult()
    typed = teacher.codes[3].lower().replace("-", " ")
    with pytest.raises(RuleBroken, match="sign_in_failed"):
        try_to_sign_in(database, sealer, now, other.user_name, GOOD, typed)
    assert try_to_sign_in(database, sealer, now, teacher.user_name, GOOD, typed)
    with pytest.raises(RuleBroken, match="sign_in_failed"):
        try_to_sign_in(database, sealer, now, teacher.user_name, GOOD, typed)
    assert sign_in_store.unused_codes(database, teacher.account_id) == 9


def test_mentor_without_codes_signs_in_with_a_long_password(
    staff: Any, database: Database, sealer: Sealer, now: datetime
) -> None:
    """R82."""
    mentor = staff.adult(Role.MENTOR, with_codes=False)
    assert try_to_sign_in(database, sealer, now, mentor.user_name, GOOD)
    assert try_to_sign_in(database, sealer, now, mentor.user_name, GOOD, "what is this")


def test_mentor_who_set_up_codes_needs_them(staff: Any, database: Database, sealer: Sealer, now: datetime) -> None:
    mentor = staff.adult(Role.MENTOR)
    with pytest.raises(RuleBroken, match="sign_in_failed"):
        try_to_sign_in(database, sealer, now, mentor.user_name, GOOD)
    assert try_to_sign_in(database, sealer, now + LATER, mentor.user_name, GOOD, mentor.code(now + LATER))


def test_officer_without_codes_gets_no_session(staff: Any, database: Database, sealer: Sealer, now: datetime) -> None:
    """R83: even if somebody became officer behind the site's back."""
    mentor = staff.adult(Role.MENTOR, with_codes=False)
    with write(database) as tx:
        store.give_capability(tx, mentor.account_id, "officer", None, now)
    with pytest.raises(RuleBroken, match="sign_in_failed"):
        try_to_sign_in(database, sealer, now, mentor.user_name, GOOD)


def test_nothing_of_the_secrets_lies_on_the_disk(staff: Any, database: Database, now: datetime, settings: Any) -> None:
    """R26, R84: password, phone secret, printed codes, session token, invitation token: none is readable."""
    teacher = staff.adult()
    token = actions.open_session(database, teacher.account_id, "password", now)
    invited = staff.invite(Role.MENTOR)
    secrets = [GOOD, teacher.secret, second_factor.in_fours(teacher.secret), teacher.codes[0], token, invited]
    secrets.append(second_factor.fold_code(teacher.codes[0]))
    for file in settings.instance.glob("site.db*"):
        content = file.read_bytes()
        for secret in secrets:
            assert secret.encode() not in content


# Invitations


def test_first_two_coordinators_come_in_by_the_operators_links(
    database: Database, sealer: Sealer, now: datetime
) -> None:
    """R89: nobody is there at first; two links, each works once, both are active and officers when they finish."""
    assert database.value("SELECT COUNT(*) FROM accounts") == 0
    tokens = actions.set_up_first_coordinators(database, "杭州联盟", now)
    assert facts(database)["alliance_name"] == "杭州联盟"
    assert len(set(tokens)) == 2
    for number, token in enumerate(tokens):
        invited = invitation_actions.open_invitation(database, token, now)
        assert invited.name_missing and invited.needs_codes
        nameless = ChosenSignIn(f"boss{number}", GOOD, True)
        with pytest.raises(RuleBroken, match="display_name_missing"):
            invitation_actions.choose_sign_in(database, token, now, nameless, "")
        named = ChosenSignIn(f"boss{number}", GOOD, True, "王主任")
        invitation_actions.choose_sign_in(database, token, now, named, "")
        secret = second_factor.proposed_secret(sealer, token)
        code = pyotp.TOTP(secret).at(now)
        invitation_actions.finish_with_second_factor(database, sealer, token, now, secret=secret, code=code)
        account = store.get_account(database, invited.account.pid)
        assert (account.state, account.officer, account.display_name) == (AccountState.ACTIVE, True, "王主任")
        with pytest.raises(NotFound):
            invitation_actions.open_invitation(database, token, now)
    assert journal.verify(database) is None


def test_operator_can_bring_in_one_more_coordinator(database: Database, now: datetime) -> None:
    token = actions.set_up_coordinator(database, now)
    assert invitation_actions.open_invitation(database, token, now).account.role is Role.COORDINATOR


def test_links_that_are_used_over_withdrawn_or_guessed_are_all_the_same(
    staff: Any, database: Database, now: datetime
) -> None:
    """R88: the answer tells nothing."""
    used = staff.invite(Role.MENTOR)
    staff.finish(used, Role.MENTOR)
    withdrawn = staff.invite(Role.TEACHER)
    pid = invitation_actions.open_invitation(database, withdrawn, now).account.pid
    invitation_actions.withdraw_invitation(database, staff.one.actor(now), now, pid)
    fresh = staff.invite(Role.TEACHER)
    for token, moment in ((used, now), (withdrawn, now), (fresh, now + timedelta(days=14)), ("guess", now), ("", now)):
        with pytest.raises(NotFound) as answer:
            invitation_actions.open_invitation(database, token, moment)
        assert answer.value.code == "invitation_closed"
    assert invitation_actions.open_invitation(database, fresh, now + timedelta(days=13, hours=23))


def test_new_link_closes_the_old_one_and_forgets_what_was_begun(staff: Any, database: Database, now: datetime) -> None:
    old = staff.invite(Role.TEACHER)
    invitation_actions.choose_sign_in(database, old, now, ChosenSignIn("begun", GOOD, True), "")
    pid = invitation_actions.open_invitation(database, old, now).account.pid
    new = invitation_actions.renew_invitation(database, staff.two.actor(now), now, pid).token
    with pytest.raises(NotFound):
        invitation_actions.open_invitation(database, old, now)
    assert invitation_actions.open_invitation(database, new, now).account.user_name is None
    assert sign_in_store.find_credentials(database, "begun") is None


def test_withdrawn_invitation_frees_the_user_name_and_ends_the_account(
    staff: Any, database: Database, now: datetime
) -> None:
    adult = staff.finish(staff.invite(Role.TEACHER, officer=True), Role.TEACHER)
    invitation_actions.withdraw_invitation(database, staff.one.actor(now), now, adult.pid)
    account = store.get_account(database, adult.pid)
    assert (account.state, account.user_name, account.officer) == (AccountState.ENDED, None, False)
    with pytest.raises(Conflict, match="not_invited"):
        invitation_actions.withdraw_invitation(database, staff.one.actor(now), now, adult.pid)
    with pytest.raises(Conflict, match="not_invited"):
        invitation_actions.renew_invitation(database, staff.one.actor(now), now, adult.pid)


def test_form_sent_twice_invites_once(staff: Any, database: Database, now: datetime) -> None:
    staff.invite(Role.TEACHER, name="李老师", affiliation="翠苑第一小学")
    with pytest.raises(RuleBroken, match="invited_already"):
        staff.invite(Role.TEACHER, name="李老师", affiliation="翠苑第一小学")
    staff.invite(Role.TEACHER, name="李老师", affiliation="文三街小学")  # another school, another person


@pytest.mark.parametrize(
    ("user_name", "password", "problem", "field"),
    [
        ("ab", GOOD, "user_name_wrong", "user_name"),
        ("taken", GOOD, "user_name_taken", "user_name"),
        ("ＴＡＫＥＮ", GOOD, "user_name_taken", "user_name"),
        ("newname", "short", "password_short_with_code", "password"),
        ("newname", "password123", "password_common", "password"),
        ("herons-and-7-bridges", "herons-and-7-bridges", "password_has_names", "password"),
    ],
)
def test_invited_person_is_told_what_is_not_good_enough(
    staff: Any, database: Database, now: datetime, user_name: str, password: str, problem: str, field: str
) -> None:
    first = staff.invite(Role.TEACHER)
    invitation_actions.choose_sign_in(database, first, now, ChosenSignIn("taken", GOOD, True), "")
    token = staff.invite(Role.TEACHER)
    with pytest.raises(RuleBroken) as answer:
        invitation_actions.choose_sign_in(database, token, now, ChosenSignIn(user_name, password, True), "")
    assert (answer.value.code, answer.value.field) == (problem, field)
    assert invitation_actions.open_invitation(database, token, now).account.user_name is None


def test_teacher_cannot_go_without_codes_and_mentor_only_with_a_long_password(
    staff: Any, database: Database, now: datetime
) -> None:
    """R82, R83."""
    teacher, mentor = staff.invite(Role.TEACHER), staff.invite(Role.MENTOR)
    officer = staff.invite(Role.MENTOR, officer=True)
    for token in (teacher, officer):
        with pytest.raises(RuleBroken, match="codes_needed"):
            invitation_actions.choose_sign_in(database, token, now, ChosenSignIn("one", GOOD, False), "")
    with pytest.raises(RuleBroken, match="password_short"):
        invitation_actions.choose_sign_in(database, mentor, now, ChosenSignIn("two", "brdg 7!q", False), "")
    invitation_actions.choose_sign_in(database, mentor, now, ChosenSignIn("two", GOOD, False), "")
    with pytest.raises(NotFound):  # the link has done its work
        invitation_actions.open_invitation(database, mentor, now)


def test_wrong_first_code_keeps_the_link_open_and_nothing_is_kept(
    staff: Any, database: Database, sealer: Sealer, now: datetime
) -> None:
    token = staff.invite(Role.TEACHER)
    with pytest.raises(Conflict, match="choose_sign_in_first"):
        invitation_actions.finish_with_second_factor(database, sealer, token, now, secret="A" * 32, code="1")
    invitation_actions.choose_sign_in(database, token, now, ChosenSignIn("lili", GOOD, True), "")
    secret = second_factor.proposed_secret(sealer, token)
    with pytest.raises(RuleBroken, match="code_wrong"):
        invitation_actions.finish_with_second_factor(database, sealer, token, now, secret=secret, code="000000")
    account = invitation_actions.open_invitation(database, token, now).account
    assert not account.has_second_factor
    invitation_actions.choose_again(database, token, now)
    assert invitation_actions.open_invitation(database, token, now).account.user_name is None


# The second person


def test_account_is_opened_by_a_second_coordinator_only(
    staff: Any, database: Database, sealer: Sealer, now: datetime
) -> None:
    """R42: who invited cannot activate; before that nobody signs in."""
    teacher = staff.finish(staff.invite(Role.TEACHER), Role.TEACHER)
    assert staff.state(teacher) == "waiting"
    with pytest.raises(NotAllowed, match="second_person_needed"):
        people_actions.activate_person(database, staff.one.actor(now), now, teacher.pid)
    people_actions.activate_person(database, staff.two.actor(now), now, teacher.pid)
    assert staff.state(teacher) == "active"
    with pytest.raises(Conflict, match="not_waiting"):
        people_actions.activate_person(database, staff.two.actor(now), now, teacher.pid)


def test_own_activation_is_refused(staff: Any, database: Database, now: datetime) -> None:
    """R42: 403 for oneself."""
    waiting = staff.finish(staff.invite(Role.COORDINATOR), Role.COORDINATOR)
    with pytest.raises(NotAllowed) as answer:
        people_actions.activate_person(database, waiting.actor(now), now, waiting.pid)
    assert answer.value.status == 403


def test_lost_phone_ends_the_old_sign_in_and_needs_a_second_person_again(
    staff: Any, database: Database, sealer: Sealer, now: datetime
) -> None:
    teacher = staff.adult()
    actions.open_session(database, teacher.account_id, "password", now)
    with pytest.raises(NotAllowed, match="not_for_oneself"):
        invitation_actions.start_over(database, staff.two.actor(now), now, staff.two.pid)
    token = invitation_actions.start_over(database, staff.two.actor(now), now, teacher.pid).token
    assert sign_in_store.open_sessions(database, teacher.account_id) == []
    with pytest.raises(RuleBroken, match="sign_in_failed"):
        try_to_sign_in(database, sealer, now + LATER, teacher.user_name, GOOD, teacher.code(now + LATER))
    again = staff.finish(token, Role.TEACHER)
    with pytest.raises(NotAllowed, match="second_person_needed"):
        people_actions.activate_person(database, staff.two.actor(now), now, again.pid)
    people_actions.activate_person(database, staff.one.actor(now), now, again.pid)
    assert try_to_sign_in(database, sealer, now + LATER, again.user_name, GOOD, again.code(now + LATER))
    with pytest.raises(RuleBroken):
        try_to_sign_in(database, sealer, now, again.user_name, GOOD, teacher.codes[0])


def test_suspension_ends_every_session_and_reopening_opens_none(staff: Any, database: Database, now: datetime) -> None:
    """R51."""
    teacher = staff.adult()
    for _ in range(2):
        actions.open_session(database, teacher.account_id, "password", now)
    with pytest.raises(NotAllowed, match="not_for_oneself"):
        people_actions.suspend_person(database, staff.one.actor(now), now, staff.one.pid)
    people_actions.suspend_person(database, staff.one.actor(now), now, teacher.pid)
    assert staff.state(teacher) == "suspended"
    assert sign_in_store.open_sessions(database, teacher.account_id) == []
    with pytest.raises(Conflict, match="not_active"):
        people_actions.suspend_person(database, staff.one.actor(now), now, teacher.pid)
    people_actions.reopen_person(database, staff.one.actor(now), now, teacher.pid)
    assert staff.state(teacher) == "active"
    assert sign_in_store.open_sessions(database, teacher.account_id) == []
    with pytest.raises(Conflict, match="not_suspended"):
        people_actions.reopen_person(database, staff.one.actor(now), now, teacher.pid)


def test_record_check_is_written_down_by_somebody_else_and_not_ahead(
    staff: Any, database: Database, now: datetime, app: Any
) -> None:
    """R43: the day on the certificate; the journal says who wrote it."""
    today = date_in(now, app.extensions["site"].settings.time_zone)
    teacher = staff.adult()
    with pytest.raises(RuleBroken, match="vetting_in_future") as answer:
        people_actions.record_vetting(
            database, staff.one.actor(now), now, today, teacher.pid, today + timedelta(days=1)
        )
    assert answer.value.field == "vetted_on"
    with pytest.raises(NotAllowed, match="not_for_oneself"):
        people_actions.record_vetting(database, staff.one.actor(now), now, today, staff.one.pid, today)
    people_actions.record_vetting(database, staff.one.actor(now), now, today, teacher.pid, today)
    account = store.get_account(database, teacher.pid)
    assert (account.vetted_on, account.vetting_recorded_by) == (today, staff.one.account_id)
    entry = database.row("SELECT * FROM journal WHERE deed = 'record_vetting'")
    assert entry is not None and entry["account_id"] == staff.one.account_id and str(today) in entry["facts"]


def test_officer_is_named_by_another_and_needs_codes(staff: Any, database: Database, now: datetime) -> None:
    """R40, R83."""
    mentor, teacher = staff.adult(Role.MENTOR, with_codes=False), staff.adult()
    coordinator = staff.one.actor(now)
    with pytest.raises(RuleBroken, match="officer_needs_codes"):
        people_actions.name_officer(database, coordinator, now, mentor.pid)
    people_actions.name_officer(database, coordinator, now, teacher.pid)
    assert store.get_account(database, teacher.pid).officer
    with pytest.raises(Conflict, match="officer_already"):
        people_actions.name_officer(database, coordinator, now, teacher.pid)
    people_actions.release_officer(database, coordinator, now, teacher.pid)
    with pytest.raises(Conflict, match="not_officer"):
        people_actions.release_officer(database, coordinator, now, teacher.pid)
    for deed in (people_actions.name_officer, people_actions.release_officer):
        with pytest.raises(NotAllowed, match="not_for_oneself"):
            deed(database, coordinator, now, coordinator.pid)


def test_children_are_not_found_among_the_people(staff: Any, world: World, database: Database, now: datetime) -> None:
    """R92: their accounts belong to their groups."""
    child = world.child(consents=False)
    actor = staff.one.actor(now)
    for deed in (
        people_actions.suspend_person, people_actions.activate_person, people_actions.name_officer,
        invitation_actions.start_over, invitation_actions.renew_invitation, invitation_actions.withdraw_invitation,
    ):  # fmt: skip
        with pytest.raises(NotFound):
            deed(database, actor, now, child.pid)
        with pytest.raises(NotFound):
            deed(database, actor, now, "nobody")


# One's own sign-in


def test_new_password_ends_every_session_and_the_old_password(
    staff: Any, database: Database, sealer: Sealer, now: datetime
) -> None:
    """R84."""
    teacher = staff.adult()
    for _ in range(3):
        actions.open_session(database, teacher.account_id, "password", now)
    with pytest.raises(RuleBroken, match="password_common"):
        own_actions.change_password(database, teacher.actor(now), now, "password123", "")
    with pytest.raises(RuleBroken, match="password_has_names"):
        own_actions.change_password(database, teacher.actor(now), now, "hangzhoulianmeng777", "杭州联盟")
    token = own_actions.change_password(database, teacher.actor(now), now, "9 herons at the pond", "杭州联盟")
    assert token and len(sign_in_store.open_sessions(database, teacher.account_id)) == 1
    later = now + LATER
    with pytest.raises(RuleBroken, match="sign_in_failed"):
        try_to_sign_in(database, sealer, later, teacher.user_name, GOOD, teacher.code(later))
    assert try_to_sign_in(database, sealer, later, teacher.user_name, "9 herons at the pond", teacher.code(later))


def test_mentor_without_codes_cannot_shorten_the_password(staff: Any, database: Database, now: datetime) -> None:
    """R82."""
    mentor = staff.adult(Role.MENTOR, with_codes=False)
    with pytest.raises(RuleBroken, match="password_short"):
        own_actions.change_password(database, mentor.actor(now), now, "9 herons!", "")


def test_new_printed_codes_void_the_old_ones(staff: Any, database: Database, sealer: Sealer, now: datetime) -> None:
    teacher = staff.adult()
    codes = own_actions.renew_codes(database, sealer, teacher.actor(now), now)
    assert len(codes) == 10 and not set(codes) & set(teacher.codes)
    with pytest.raises(RuleBroken):
        try_to_sign_in(database, sealer, now, teacher.user_name, GOOD, teacher.codes[0])
    assert try_to_sign_in(database, sealer, now, teacher.user_name, GOOD, codes[0])
    mentor = staff.adult(Role.MENTOR, with_codes=False)
    with pytest.raises(RuleBroken, match="codes_not_set_up"):
        own_actions.renew_codes(database, sealer, mentor.actor(now), now)


def test_new_phone_voids_the_old_one_and_signs_out_elsewhere(
    staff: Any, database: Database, sealer: Sealer, now: datetime
) -> None:
    teacher = staff.adult()
    token = actions.open_session(database, teacher.account_id, "password", now)
    actions.open_session(database, teacher.account_id, "password", now)
    here = sign_in_store.open_sessions(database, teacher.account_id)[-1].session_id
    secret = pyotp.random_base32()
    later = now + LATER
    codes = own_actions.set_up_second_factor(
        database, sealer, teacher.actor(now, here), later, secret=secret, code=pyotp.TOTP(secret).at(later)
    )
    assert [one.session_id for one in sign_in_store.open_sessions(database, teacher.account_id)] == [here]
    after = later + LATER
    with pytest.raises(RuleBroken):
        try_to_sign_in(database, sealer, after, teacher.user_name, GOOD, teacher.code(after))
    assert try_to_sign_in(database, sealer, after, teacher.user_name, GOOD, pyotp.TOTP(secret).at(after))
    assert try_to_sign_in(database, sealer, after, teacher.user_name, GOOD, codes[0])
    assert token


def test_child_who_says_not_me_is_signed_out_everywhere_and_its_teachers_hear(
    world: World, database: Database, now: datetime
) -> None:
    """Safety.md 5: ends all sessions and tells a teacher."""
    child = world.child(consents=False)
    for _ in range(2):
        actions.open_session(database, child.account_id, "badge", now)
    heard: list[tuple[int, datetime]] = []

    def listen(tx: Writer, child_id: int, moment: datetime) -> None:
        heard.append((child_id, moment))

    hooks.on_not_me(listen)
    try:
        actor = staff_like(child, now)
        own_actions.say_not_me(database, actor, now)
    finally:
        hooks._not_me.remove(listen)
    assert heard == [(child.account_id, now)]
    assert sign_in_store.open_sessions(database, child.account_id) == []


def staff_like(child: Any, now: datetime) -> Any:
    from cfc_groups.access import Actor

    return Actor(child.account_id, child.pid, Role.CHILD, child.name, "fox", 1, now, now)


def test_every_deed_stands_in_the_journal_without_names(staff: Any, database: Database, now: datetime) -> None:
    """R101."""
    teacher = staff.adult(name="柯南瑞老师")
    people_actions.suspend_person(database, staff.one.actor(now), now, teacher.pid)
    deeds = [row["deed"] for row in database.rows("SELECT deed FROM journal WHERE object_id = ? ORDER BY entry_id",
                                                  (str(teacher.account_id),))]  # fmt: skip
    assert deeds == ["invite_person", "finish_invitation", "activate_person", "suspend_person"]
    assert not [row for row in database.rows("SELECT facts FROM journal") if "柯南瑞" in row["facts"]]
    assert journal.verify(database) is None


def test_invitation_refuses_a_record_check_of_tomorrow(staff: Any, database: Database, now: datetime, app: Any) -> None:
    today = date_in(now, app.extensions["site"].settings.time_zone)
    person = NewPerson(Role.MENTOR, "吴导师", vetted_on=today + timedelta(days=1))
    with pytest.raises(RuleBroken, match="vetting_in_future"):
        invitation_actions.invite_person(database, staff.one.actor(now), now, today, person)
