"""Guardians' consents and children's own yes, append-only; hotlines; signals of danger; officers' contact."""

SQL = """
CREATE TABLE consents (
    consent_id INTEGER PRIMARY KEY,
    child_id INTEGER NOT NULL REFERENCES accounts (account_id),
    purpose TEXT NOT NULL CHECK (purpose IN ('account', 'ideas_public', 'forwarding', 'photos_group', 'photos_public')),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no')),
    way TEXT NOT NULL CHECK (way IN ('paper', 'told')),
    guardian_name BLOB NOT NULL,
    relation TEXT NOT NULL,
    notice_version TEXT NOT NULL,
    notice_hash TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES accounts (account_id),
    recorded_at TEXT NOT NULL,
    CHECK (way = 'paper' OR answer = 'no')
) STRICT;
CREATE INDEX consents_current ON consents (child_id, purpose, consent_id);
CREATE TRIGGER consents_keep_rows BEFORE UPDATE ON consents BEGIN
    SELECT RAISE(ABORT, 'a consent is never changed; a new answer is a new row');
END;

CREATE TABLE assents (
    assent_id INTEGER PRIMARY KEY,
    child_id INTEGER NOT NULL REFERENCES accounts (account_id),
    purpose TEXT NOT NULL CHECK (purpose IN ('account', 'ideas_public', 'forwarding', 'photos_group', 'photos_public')),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no')),
    notice_version TEXT NOT NULL,
    answered_at TEXT NOT NULL
) STRICT;
CREATE INDEX assents_current ON assents (child_id, purpose, assent_id);
CREATE TRIGGER assents_keep_rows BEFORE UPDATE ON assents BEGIN
    SELECT RAISE(ABORT, 'an assent is never changed; a new answer is a new row');
END;

CREATE TABLE hotlines (
    number TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    label TEXT NOT NULL DEFAULT '',
    checked_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO hotlines (number, position, checked_on) VALUES
    ('110', 1, '2026-11-01'), ('12355', 2, '2026-11-01'), ('12356', 3, '2026-11-01'), ('12345', 4, '2026-11-01');

CREATE TABLE danger_signals (
    signal_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    child_id INTEGER NOT NULL REFERENCES accounts (account_id),
    group_id INTEGER REFERENCES groups (group_id),
    object_kind TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    words BLOB NOT NULL,
    kinds BLOB NOT NULL,
    raised_at TEXT NOT NULL,
    waiting_since TEXT NOT NULL,
    seen_by INTEGER REFERENCES accounts (account_id),
    seen_at TEXT,
    outcome TEXT CHECK (outcome IN ('back_to_review', 'handled')),
    outcome_note BLOB,
    closed_by INTEGER REFERENCES accounts (account_id),
    closed_at TEXT,
    CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    CHECK (outcome IS NULL OR outcome = 'back_to_review' OR outcome_note IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX danger_signals_open_by_object ON danger_signals (object_kind, object_id) WHERE closed_at IS NULL;
CREATE INDEX danger_signals_open ON danger_signals (raised_at, signal_id) WHERE closed_at IS NULL;
CREATE INDEX danger_signals_closed ON danger_signals (closed_at, signal_id) WHERE closed_at IS NOT NULL;

CREATE TABLE protection_contacts (
    contact_id INTEGER PRIMARY KEY,
    officer TEXT NOT NULL,
    reach TEXT NOT NULL,
    set_by INTEGER REFERENCES accounts (account_id),
    set_at TEXT NOT NULL
) STRICT;
"""
