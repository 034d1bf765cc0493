"""What people are told inside the site. Rules, channels and due rows come with the reminders' own step."""

SQL = """
CREATE TABLE notifications (
    notification_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    recipient_id INTEGER NOT NULL REFERENCES accounts (account_id),
    kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    slot TEXT NOT NULL,
    address TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    told_at TEXT NOT NULL,
    visible_from TEXT NOT NULL,
    read_at TEXT,
    UNIQUE (recipient_id, kind, object_id, slot),
    CHECK (visible_from >= told_at)
) STRICT;
CREATE INDEX notifications_by_recipient ON notifications (recipient_id, notification_id);
CREATE INDEX notifications_unread ON notifications (recipient_id, visible_from) WHERE read_at IS NULL;
CREATE INDEX notifications_by_age ON notifications (told_at);
"""
