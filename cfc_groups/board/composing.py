"""What the composer's pages show: where we are in the five steps, places to choose from, the idea with its hints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from cfc_groups.board import words
from cfc_groups.board.findings import Segment, look_through, personal, segments
from cfc_groups.board.models import STEPS, Draft, Step, Words
from cfc_groups.board.rules import missing_step
from cfc_groups.board.words import Hint
from cfc_groups.db import Reader
from cfc_groups.drawings import find_theme_picture
from cfc_groups.groups.models import Theme
from cfc_groups.places.models import PlaceKind
from cfc_groups.places.queries import place_choices
from cfc_groups.safety.detectors import Finding

PLACES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class StepLink:
    """One of the five steps, as the macro `steps` shows it."""

    label: str
    icon: str
    state: str
    url: str


def step_url(pid: str, step: Step) -> str:
    """The address of a step."""
    return url_for(f"board.{step}", pid=pid)


def step_links(draft: Draft, current: Step) -> list[StepLink]:
    """All five steps: done, now, ahead. What was reached before can be gone back to."""
    reached = STEPS.index(draft.step)
    links = []
    for index, step in enumerate(STEPS):
        state = "now" if step is current else "done" if index < reached else "ahead"
        links.append(StepLink(str(words.STEP_LABELS[step]), words.STEP_ICONS[step], state, step_url(draft.pid, step)))
    return links


def url_after(draft: Draft, done: Step) -> str:
    """Where to go from a step: on to the next one, or back to looking again when everything was written before."""
    if draft.step is Step.CHECK and missing_step(draft) is None:
        return step_url(draft.pid, Step.CHECK)
    return step_url(draft.pid, STEPS[STEPS.index(done) + 1])


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place to choose from; `picture` is a path below static/."""

    pid: str
    label: str
    picture: str


_PICTURES = {
    PlaceKind.PARK: "parks", PlaceKind.SCHOOL: "school", PlaceKind.HOSPITAL: "health", PlaceKind.LIBRARY: "reading",
    PlaceKind.MUSEUM: "culture", PlaceKind.BUS_LINE: "transport", PlaceKind.METRO: "transport",
    PlaceKind.STREET: "safety", PlaceKind.COMMUNITY: "neighbours", PlaceKind.SPORTS: "sport", PlaceKind.MARKET: "food",
}  # fmt: skip


def place_list(db: Reader, draft: Draft, search: str) -> list[PlaceChoice]:
    """Places that fit the search, at most eight, with the one that is chosen already in front."""
    found = place_choices(db, search=search, limit=PLACES_SHOWN)
    choices = [
        PlaceChoice(
            one.pid, f"{one.name} · {one.district}" if one.district else one.name,
            picture(_PICTURES.get(one.kind, "other")),
        )
        for one in found
    ]  # fmt: skip
    if draft.place is not None and draft.place.pid not in {one.pid for one in choices}:
        choices.insert(0, PlaceChoice(draft.place.pid, draft.place.name, picture("other")))
    return choices


def theme_pictures(themes: Sequence[Theme]) -> dict[str, str]:
    """The picture of each theme, as a path below static/."""
    return {theme.key: picture(theme.icon) for theme in themes}


def picture(key: str) -> str:
    """The path of a drawn picture; what is not drawn gets the neutral one."""
    drawing = find_theme_picture(key) or find_theme_picture("other")
    assert drawing is not None  # noqa: S101 - the neutral one is drawn
    return drawing.path


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """One part of the idea before it is sent: its words cut at what was noticed, and the hints for it."""

    label: str
    url: str
    segments: list[Segment]
    hints: list[Hint]


def checked_parts(draft: Draft, own_names: Sequence[str]) -> list[CheckedPart]:
    """The idea's three texts with hints for personal data (R61); signals of danger are not pointed out (R62)."""
    found = look_through(Words(draft.title, draft.saw, draft.wish), own_names).by_part
    return [
        _part(draft.pid, Step.TITLE, draft.title, found["title"]),
        _part(draft.pid, Step.SAW, draft.saw, found["saw"]),
        _part(draft.pid, Step.WISH, draft.wish, found["wish"]),
    ]


def _part(pid: str, step: Step, text: str, found: Sequence[Finding]) -> CheckedPart:
    noticed = personal(found)
    hints = words.hints_for(one.kind for one in noticed)
    return CheckedPart(str(words.STEP_LABELS[step]), step_url(pid, step), segments(text, noticed), hints)


def send_label(parts: Sequence[CheckedPart]) -> str | None:
    """What the second button says when there are hints; None when there are none."""
    hints = list(dict.fromkeys(hint for part in parts for hint in part.hints))
    if not hints:
        return None
    return str(hints[0].no_button if len(hints) == 1 else words.SEND_ANYWAY)
