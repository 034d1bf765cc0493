"""The public holidays and moved workdays that the State Council announced, from the library chinesecalendar.

The library is imported when it is first asked: most requests never need it.
"""

from __future__ import annotations

import functools
from datetime import date

from cfc_groups.school_calendar.models import PublicHolidays

# New Year's bridge days and the workday paid for them may fall into the last days of December, and are
# announced with the *next* year's list (2018-12-29 was such a workday): of the last known year they are open.
_LAST_SURE_DAY = (12, 25)


@functools.cache
def public_holidays() -> PublicHolidays:
    """All lists that the installed library holds, whole years."""
    from chinese_calendar import constants

    years = {day.year for day in constants.holidays}
    return PublicHolidays(
        free=constants.holidays,
        worked=constants.workdays,
        known_from=date(min(years), 1, 1),
        known_until=date(max(years), *_LAST_SURE_DAY),
    )
