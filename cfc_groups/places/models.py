"""A place of the city."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PlaceKind(StrEnum):
    """What sort of place it is."""

    PARK = "park"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    LIBRARY = "library"
    MUSEUM = "museum"
    BUS_LINE = "bus_line"
    METRO = "metro"
    STREET = "street"
    COMMUNITY = "community"
    SPORTS = "sports"
    MARKET = "market"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that can be picked, or could once (`ended_on`); `district` is empty where it needs none."""

    place_id: int
    pid: str
    name: str
    kind: PlaceKind
    district: str = ""
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Some places in the order of their names; `after` is the cursor of the next page, None on the last one."""

    places: list[Place]
    after: str | None


@dataclass(frozen=True, slots=True)
class HomeWords:
    """How people write "my home": words inside a name, whole names, and the counters of dwellings."""

    inside: frozenset[str]
    whole: frozenset[str]
    dwelling: frozenset[str]
    numerals: frozenset[str]
