"""Corrections to the library's calendar, school terms and class hours."""

SQL = """
CREATE TABLE calendar_days (
    day TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('school_day', 'free_day')),
    label TEXT NOT NULL DEFAULT '',
    set_by INTEGER REFERENCES accounts (account_id),
    set_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE school_terms (
    term_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    set_by INTEGER REFERENCES accounts (account_id),
    set_at TEXT NOT NULL,
    CHECK (ends_on > starts_on)
) STRICT;
CREATE INDEX school_terms_by_start ON school_terms (starts_on);

CREATE TABLE class_hours (
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    from_time TEXT NOT NULL,
    to_time TEXT NOT NULL,
    PRIMARY KEY (weekday, from_time),
    CHECK (to_time > from_time)
) STRICT, WITHOUT ROWID;
INSERT INTO class_hours (weekday, from_time, to_time) VALUES
    (1, '08:00', '16:30'), (2, '08:00', '16:30'), (3, '08:00', '16:30'), (4, '08:00', '16:30'), (5, '08:00', '16:30');
"""
