"""Guardians' consents and children's own yes, purpose by purpose, append-only; hotlines; signals of danger."""

SQL = """
CREATE TABLE consents (
    consent_id INTEGER PRIMARY KEY,
    child_id INTEGER NOT NULL REFERENCES accounts (account_id),
    purpose TEXT NOT NULL CHECK (purpose IN ('account', 'ideas_public', 'forwarding', 'photos_group', 'photos_public')),
    answer TEXT NOT NULL CHECK (answer IN ('yes', 'no')),
    way TEXT NOT NULL CHECK (way IN ('paper')),
    guardian_name BLOB NOT NULL,
    relation TEXT NOT NULL,
    notice_version TEXT NOT NULL,
    notice_hash TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    recorded_by INTEGER NOT NULL REFERENCES accounts (account_id),
    recorded_at TEXT NOT NULL
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
    object_id TEXT NOT NULL,
    words BLOB NOT NULL,
    kinds TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    seen_by INTEGER REFERENCES accounts (account_id),
    seen_at TEXT,
    outcome TEXT CHECK (outcome IN ('back_to_review', 'handled')),
    outcome_note BLOB,
    closed_by INTEGER REFERENCES accounts (account_id),
    closed_at TEXT,
    UNIQUE (object_kind, object_id)
) STRICT;
CREATE INDEX danger_signals_open ON danger_signals (raised_at) WHERE closed_at IS NULL;
"""
