"""What people read about accounts: roles, states, refusals."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from cfc_groups.access import Role
from cfc_groups.accounts.models import AccountState
from cfc_groups.words import add_refusals

ROLES: dict[Role, LazyString] = {
    Role.CHILD: lazy_gettext("Child"),
    Role.GUARDIAN: lazy_gettext("Guardian"),
    Role.MENTOR: lazy_gettext("Mentor"),
    Role.TEACHER: lazy_gettext("Teacher"),
    Role.COORDINATOR: lazy_gettext("Coordinator"),
    Role.DEPARTMENT: lazy_gettext("Department"),
}

STATES: dict[AccountState, LazyString] = {
    AccountState.INVITED: lazy_gettext("invited"),
    AccountState.WAITING: lazy_gettext("to be opened"),
    AccountState.ACTIVE: lazy_gettext("can sign in"),
    AccountState.SUSPENDED: lazy_gettext("closed for now"),
    AccountState.ENDED: lazy_gettext("account ended"),
}


def role_label(role: Role) -> str:
    """A role as people say it."""
    return str(ROLES[role])


def state_label(state: AccountState) -> str:
    """An account's state as people say it."""
    return str(STATES[state])


def person_label(display_name: str) -> str:
    """How somebody is called; the first coordinators have no name before they open their link."""
    return display_name or gettext("(says the name when the link is opened)")


add_refusals(
    {
        "sign_in_failed": lazy_gettext(
            "We could not open the door with these. Perhaps a letter is different, the code is older than half a"
            " minute, or the account is not open. Please try again, or ask your coordinator."
        ),
        "sign_in_wait_seconds": lazy_gettext(
            "There were several tries that did not fit, so the door rests for a moment. Please try again in"
            " %(seconds)d seconds."
        ),
        "sign_in_wait_minutes": lazy_gettext(
            "There were several tries that did not fit, so the door rests for a while. Please try again in"
            " %(minutes)d minutes, or ask your coordinator."
        ),
        "password_wrong": lazy_gettext("This is not the password of this account. Please try again."),
        "password_short": lazy_gettext(
            "Without codes from a phone the password needs at least 15 characters. A short sentence is easy to keep."
        ),
        "password_short_with_code": lazy_gettext("The password needs at least 8 characters."),
        "password_long": lazy_gettext("Please take at most 256 characters."),
        "password_common": lazy_gettext(
            "Many people use this password, so it is tried first. Please think of another one."
        ),
        "password_simple": lazy_gettext(
            "This password is easy to guess because its characters repeat or count up. Please mix it more."
        ),
        "password_has_names": lazy_gettext(
            "This password is mostly a name that people here know. Please add words that nobody would guess."
        ),
        "passwords_differ": lazy_gettext("The two passwords are not the same. Please type them once more."),
        "user_name_wrong": lazy_gettext(
            "A user name has 3 to 32 letters, digits or Chinese characters; a dot, _ or - may stand inside."
        ),
        "user_name_taken": lazy_gettext("Somebody has this user name already. Please choose another one."),
        "display_name_missing": lazy_gettext("Please write how people call you."),
        "code_wrong": lazy_gettext(
            "This code does not fit. Look at the newest one in the app, and whether the phone's clock is right."
        ),
        "codes_needed": lazy_gettext("For your task codes from a phone are needed. Please leave the box ticked."),
        "codes_not_set_up": lazy_gettext("You sign in without codes. Please set up the codes first."),
        "choose_sign_in_first": lazy_gettext("Please choose a user name and a password first."),
        "invitation_closed": lazy_gettext(
            "This link does not open any more. Each link works once and for 14 days. Please ask your coordinator for"
            " a new one."
        ),
        "invited_already": lazy_gettext(
            "Somebody of this name and task is invited already. You find the person in the list."
        ),
        "not_invited": lazy_gettext("There is no open invitation for this person any more."),
        "not_waiting": lazy_gettext("This account does not wait for a second person at the moment."),
        "not_active": lazy_gettext("This account is not active at the moment."),
        "not_suspended": lazy_gettext("This account is not suspended."),
        "second_person_needed": lazy_gettext(
            "Two people open an account together: one invites, another activates. Please ask another coordinator."
        ),
        "not_for_oneself": lazy_gettext("Nobody decides this about themselves. Please ask another coordinator."),
        "vetting_in_future": lazy_gettext("This day is still to come. Please write the day on the certificate."),
        "officer_already": lazy_gettext("This person is a protection officer already."),
        "not_officer": lazy_gettext("This person is not a protection officer."),
        "officer_needs_codes": lazy_gettext(
            "Protection officers sign in with codes from a phone. Ask the person to set them up on the own page first."
        ),
        "birth_month_wrong": lazy_gettext("A birth month is written as 2016-10."),
    }
)
