"""What people read on the board: states, steps, hints before sending, refusals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from cfc_groups.board.models import PostState, Step
from cfc_groups.safety.detectors import Kind
from cfc_groups.words import add_refusals

_LOOKED_AT = lazy_gettext("A teacher is looking at it")

STATES: dict[PostState, LazyString] = {
    PostState.WAITING: _LOOKED_AT,
    PostState.HELD: _LOOKED_AT,
    PostState.ESCALATED: _LOOKED_AT,
    PostState.RETURNED: lazy_gettext("Change it and send again"),
    PostState.REFUSED: lazy_gettext("It is not put on the board"),
    PostState.PUBLISHED: lazy_gettext("Your group can read it"),
    PostState.WITHDRAWN: lazy_gettext("You took it back"),
    PostState.HIDDEN: lazy_gettext("A teacher is looking at it once more"),
}
PUBLIC_LABEL = lazy_gettext("Everybody can read it")

# How a state looks: kind and icon of the macro `state`.
STATE_LOOKS: dict[PostState, tuple[str, str]] = {
    PostState.WAITING: ("wait", "clock"),
    PostState.HELD: ("wait", "clock"),
    PostState.ESCALATED: ("wait", "clock"),
    PostState.RETURNED: ("live", "edit"),
    PostState.REFUSED: ("", "note"),
    PostState.PUBLISHED: ("good", "publish"),
    PostState.WITHDRAWN: ("", "undo"),
    PostState.HIDDEN: ("wait", "eye"),
}

STEP_LABELS: dict[Step, LazyString] = {
    Step.PLACE: lazy_gettext("Where"),
    Step.SAW: lazy_gettext("What I saw"),
    Step.WISH: lazy_gettext("What I wish"),
    Step.TITLE: lazy_gettext("Title"),
    Step.CHECK: lazy_gettext("Check"),
}
STEP_ICONS: dict[Step, str] = {
    Step.PLACE: "place", Step.SAW: "eye", Step.WISH: "wish", Step.TITLE: "write", Step.CHECK: "send",
}  # fmt: skip


def state_label(state: PostState, *, is_public: bool) -> str:
    """A state as its author reads it. What is with the protection officers looks like waiting (R62)."""
    return str(PUBLIC_LABEL if is_public else STATES[state])


@dataclass(frozen=True, slots=True)
class Hint:
    """What a child reads before sending: what it looks like, and what it could write instead (safety.md 6.3)."""

    what: LazyString
    instead: LazyString
    no_button: LazyString


_PHONE = Hint(
    lazy_gettext("This looks like a phone number. Not everybody on the internet knows you. Shall we leave it out?"),
    lazy_gettext("Your idea is just as good without the number."),
    lazy_gettext("It is not a phone number. Send it"),
)
_ACCOUNT = Hint(
    lazy_gettext("This looks like the name of a chat account. Strangers could write to it. Shall we leave it out?"),
    lazy_gettext("Who likes your idea finds it here on the board."),
    lazy_gettext("It is not an account. Send it"),
)
_LINK = Hint(
    lazy_gettext("This looks like an address on the internet. We do not know where it leads. Shall we leave it out?"),
    lazy_gettext("You can say in your own words what stands there."),
    lazy_gettext("It is not such an address. Send it"),
)
_NUMBER = Hint(
    lazy_gettext("This looks like a number that only you and your family should know. Shall we leave it out?"),
    lazy_gettext("Your idea is just as good without the number."),
    lazy_gettext("It is not such a number. Send it"),
)
_HOME = Hint(
    lazy_gettext("This may tell strangers where you live or when you are alone. Shall we leave it out?"),
    lazy_gettext("You can write “near my home” instead."),
    lazy_gettext("It does not tell where I live. Send it"),
)
_BIRTHDAY = Hint(
    lazy_gettext("This looks like a birthday. It belongs to you and the people you know. Shall we leave it out?"),
    lazy_gettext("You can write how old you are instead."),
    lazy_gettext("It is not a birthday. Send it"),
)
_PLATE = Hint(
    lazy_gettext("This looks like a number plate. By it people can find whose car it is. Shall we leave it out?"),
    lazy_gettext("You can write “a white car” instead."),
    lazy_gettext("It is not a number plate. Send it"),
)
_CLASS = Hint(
    lazy_gettext("This may tell strangers which class you are in. Shall we leave it out?"),
    lazy_gettext("You can write “my class” instead."),
    lazy_gettext("It does not tell my class. Send it"),
)
_OWN_NAME = Hint(
    lazy_gettext("This looks like your real name. On the board your nickname is enough. Shall we leave it out?"),
    lazy_gettext("You can write “I” instead."),
    lazy_gettext("It is not my name. Send it"),
)
_OTHER_NAME = Hint(
    lazy_gettext("This looks like somebody's name. They have not said that it may stand here. Shall we leave it out?"),
    lazy_gettext("You can write “a classmate” or “an uncle” instead."),
    lazy_gettext("It is not a name. Send it"),
)
HINTS: dict[Kind, Hint] = {
    Kind.mobile: _PHONE, Kind.landline: _PHONE, Kind.qq: _ACCOUNT, Kind.wechat: _ACCOUNT, Kind.platform_id: _ACCOUNT,
    Kind.email: _LINK, Kind.url: _LINK, Kind.resident_id: _NUMBER, Kind.bank_card: _NUMBER, Kind.passport: _NUMBER,
    Kind.password: _NUMBER, Kind.home_address: _HOME, Kind.home_routine: _HOME, Kind.birth_date: _BIRTHDAY,
    Kind.plate: _PLATE, Kind.school_class: _CLASS, Kind.own_name: _OWN_NAME, Kind.other_name: _OTHER_NAME,
    Kind.roster_name: _OTHER_NAME,
}  # fmt: skip

SEND_ANYWAY = lazy_gettext("I have looked. Send it like this")


def hints_for(kinds: Iterable[Kind]) -> list[Hint]:
    """The hints for what was found, each once. Signals of danger have none: nobody is kept from sending those (R62)."""
    return list(dict.fromkeys(HINTS[kind] for kind in kinds if kind in HINTS))


add_refusals(
    {
        "post_consent_missing": lazy_gettext(
            "It is nice that you want to write. First your family has to say yes on paper. Please ask your teacher."
        ),
        "post_assent_missing": lazy_gettext(
            "It is nice that you want to write. First we ask you whether you want to take part."
        ),
        "post_consent_outdated": lazy_gettext(
            "Some rules have changed, so we ask your family once more. Please ask your teacher for the new paper."
        ),
        "post_assent_refused": lazy_gettext(
            "You told us that you do not want to take part just now. You can change that whenever you like."
        ),
        "post_without_group": lazy_gettext(
            "You are in no group at the moment, so nobody could look at your idea. What you wrote stays here."
            " Please ask your teacher."
        ),
        "post_move_not_possible": lazy_gettext("This idea has moved on in the meantime. Please look at it again."),
        "post_not_returned": lazy_gettext("This idea cannot be changed right now. Look at it to see how it goes on."),
        "already_sent": lazy_gettext("Thank you, you have sent this idea already. You find it under “My ideas”."),
        "too_many_drafts": lazy_gettext(
            "You have %(most)d ideas that are not finished. Finish one of them, or throw one away; then there is room."
        ),
        "too_many_posts": lazy_gettext(
            "Wow, ten ideas in one day. Let us read them first. This one stays saved; you can send it tomorrow."
        ),
        "draft_incomplete": lazy_gettext("Something is still missing. Please look at the steps again."),
        "place_unknown": lazy_gettext("This place is not in our list any more. Please choose another one."),
        "theme_unknown": lazy_gettext("Please choose one of the pictures."),
        "search_too_long": lazy_gettext("That is a long search. Please try a few words, %(most)d characters at most."),
        "search_no_words": lazy_gettext("Please type a word to look for, for example “park”."),
    }
)
