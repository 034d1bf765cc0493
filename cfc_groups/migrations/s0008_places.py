"""Places of the city that a child can pick from a list (never a home, R9). Bases, ratings and the map come later."""

SQL = """
CREATE TABLE places (
    place_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('park', 'school', 'hospital', 'library', 'museum', 'bus_line', 'metro',
        'street', 'community', 'sports', 'market', 'other')),
    district TEXT NOT NULL DEFAULT '',
    ended_on TEXT,
    made_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX places_names ON places (name, district) WHERE ended_on IS NULL;
CREATE INDEX places_by_name ON places (name_key, place_id) WHERE ended_on IS NULL;
CREATE INDEX places_by_district ON places (district, name_key, place_id) WHERE ended_on IS NULL;
CREATE INDEX places_ended ON places (name_key, place_id) WHERE ended_on IS NOT NULL;

CREATE VIRTUAL TABLE place_search USING fts5 (words, tokenize = 'unicode61');
"""
