"""What people read about places."""

from __future__ import annotations

from flask_babel import lazy_gettext, lazy_pgettext

from cfc_groups.places.models import PlaceKind
from cfc_groups.words import add_refusals

add_refusals(
    {
        "place_is_a_home": lazy_gettext(
            "Thank you. We leave out where somebody lives, so that everybody stays safe. Please name a place that is"
            " open to all, such as the park next door."
        ),
        "place_name_unreadable": lazy_gettext("Please write the name with letters or characters."),
        "place_name_taken": lazy_gettext(
            "“%(name)s” is on the list of this district already. If it is another place, add what tells them apart."
        ),
    }
)

KIND_LABELS = {
    PlaceKind.PARK: lazy_pgettext("place", "park"),
    PlaceKind.SCHOOL: lazy_pgettext("place", "school"),
    PlaceKind.HOSPITAL: lazy_pgettext("place", "hospital"),
    PlaceKind.LIBRARY: lazy_pgettext("place", "library"),
    PlaceKind.MUSEUM: lazy_pgettext("place", "museum"),
    PlaceKind.BUS_LINE: lazy_pgettext("place", "bus line"),
    PlaceKind.METRO: lazy_pgettext("place", "metro"),
    PlaceKind.STREET: lazy_pgettext("place", "street"),
    PlaceKind.COMMUNITY: lazy_pgettext("place", "neighbourhood"),
    PlaceKind.SPORTS: lazy_pgettext("place", "sports ground"),
    PlaceKind.MARKET: lazy_pgettext("place", "shop or market"),
    PlaceKind.OTHER: lazy_pgettext("place", "another place"),
}
