"""The platform's own tables: facts about the instance, versions of kept pages, journal, outbox, sweeps' lease."""

SQL = """
CREATE TABLE instance_facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE page_versions (
    topic TEXT PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    entry_id INTEGER PRIMARY KEY,
    entered_at TEXT NOT NULL,
    account_id INTEGER,
    deed TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_object ON journal (object_kind, object_id, entry_id);
CREATE INDEX journal_by_account ON journal (account_id, entry_id);
CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER journal_keeps_words BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TABLE outbox (
    parcel_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    unique_key TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL CHECK (json_valid(content)),
    made_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_trouble TEXT,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
    settled_at TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (state, due_at);

CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    held_until TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sweep_runs (
    sweep TEXT PRIMARY KEY,
    last_started_at TEXT NOT NULL,
    last_finished_at TEXT,
    last_trouble TEXT
) STRICT, WITHOUT ROWID;
"""
