"""One queue for all that children write; features register their kinds. Decisions are append-only."""

SQL = """
CREATE TABLE moderation_items (
    item_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    version_number INTEGER NOT NULL,
    group_id INTEGER NOT NULL REFERENCES groups (group_id),
    author_id INTEGER NOT NULL REFERENCES accounts (account_id),
    headline TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'held', 'escalated', 'decided', 'withdrawn')),
    findings TEXT NOT NULL CHECK (json_valid(findings)),
    submitted_at TEXT NOT NULL,
    claimed_by INTEGER REFERENCES accounts (account_id),
    claimed_until TEXT,
    settled_at TEXT,
    UNIQUE (kind, object_id, version_number),
    CHECK ((claimed_by IS NULL) = (claimed_until IS NULL)),
    CHECK ((settled_at IS NOT NULL) = (state IN ('decided', 'withdrawn')))
) STRICT;
CREATE INDEX moderation_queue ON moderation_items (group_id, submitted_at, item_id) WHERE state IN ('waiting', 'held');
CREATE INDEX moderation_queue_oldest ON moderation_items (submitted_at, item_id) WHERE state IN ('waiting', 'held');
CREATE INDEX moderation_claims ON moderation_items (claimed_by) WHERE claimed_by IS NOT NULL;

CREATE TABLE decisions (
    decision_id INTEGER PRIMARY KEY,
    item_id INTEGER NOT NULL REFERENCES moderation_items (item_id),
    outcome TEXT NOT NULL CHECK (outcome IN ('publish', 'return', 'refuse')),
    reason TEXT CHECK (reason IN
        ('pii', 'pii_other', 'hurt', 'danger', 'law', 'ad_link', 'not_mine', 'empty', 'dup', 'other')),
    words TEXT NOT NULL DEFAULT '',
    decided_by INTEGER NOT NULL REFERENCES accounts (account_id),
    decided_at TEXT NOT NULL,
    CHECK ((outcome = 'publish') = (reason IS NULL))
) STRICT;
CREATE INDEX decisions_by_item ON decisions (item_id, decision_id);
CREATE TRIGGER decisions_keep_words BEFORE UPDATE ON decisions BEGIN
    SELECT RAISE(ABORT, 'a decision is never changed');
END;
"""
