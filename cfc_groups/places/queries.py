"""Lists of places: for the composer, and for the page of places."""

from __future__ import annotations

from cfc_groups.db import Reader
from cfc_groups.places.models import Place, PlacePage
from cfc_groups.places.rules import search_match
from cfc_groups.places.store import COLUMNS, as_place

PAGE = 50
MOST_DISTRICTS = 100


def place_choices(db: Reader, *, district: str | None = None, search: str = "", limit: int = PAGE) -> list[Place]:
    """Places that can be picked now, by name; `search` takes characters, pinyin or its first letters."""
    return place_page(db, district=district, search=search, limit=limit).places


def place_page(
    db: Reader, *, district: str | None = None, search: str = "", ended: bool = False, after: str | None = None,
    limit: int = PAGE,
) -> PlacePage:  # fmt: skip
    """Places in the order of their names, from the cursor `after` on; `ended` lists those that are no more."""
    match = search_match(search)
    if match is None and search.strip():
        return PlacePage([], None)
    table = "places p" if match is None else "place_search s CROSS JOIN places p ON p.place_id = s.rowid"
    clause = "p.ended_on IS NOT NULL" if ended else "p.ended_on IS NULL"
    if match is not None:
        clause += " AND place_search MATCH :match"
    if district is not None:
        clause += " AND p.district = :district"
    if after is not None:
        clause += " AND (p.name_key, p.place_id) > (SELECT name_key, place_id FROM places WHERE pid = :after)"
    rows = db.rows(
        f"SELECT {COLUMNS} FROM {table} WHERE {clause} ORDER BY p.name_key, p.place_id LIMIT :limit",  # noqa: S608 - constants
        {"district": district, "match": match, "after": after, "limit": limit + 1},
    )
    places = [as_place(row) for row in rows[:limit]]
    return PlacePage(places, places[-1].pid if len(rows) > limit else None)


def district_choices(db: Reader) -> list[str]:
    """The districts that places lie in now, at most 100."""
    rows = db.rows(
        "SELECT DISTINCT district FROM places WHERE ended_on IS NULL AND district > '' ORDER BY district LIMIT ?",
        (MOST_DISTRICTS,),
    )
    return [row["district"] for row in rows]
