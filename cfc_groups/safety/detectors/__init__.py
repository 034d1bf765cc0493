"""Detectors for Chinese text: personal data (R61), signals of danger (R62), nicknames that tell too much (R3).

Pure functions over word lists in `lists/`; no database, no clock, no web. They hold, hint and call an officer; they
never refuse or delete. See docs/detectors.md for the classes, the measured recall and how to add a word.
"""

from .models import CONTACT_KINDS, Finding, Kind, Level
from .nicknames import find_in_nickname
from .normal import Normalised, normalise
from .search import MAX_LENGTH, escalates, find_all, find_danger, find_known_names, find_personal, holds

__all__ = [
    "CONTACT_KINDS",
    "MAX_LENGTH",
    "Finding",
    "Kind",
    "Level",
    "Normalised",
    "escalates",
    "find_all",
    "find_danger",
    "find_in_nickname",
    "find_known_names",
    "find_personal",
    "holds",
    "normalise",
]
