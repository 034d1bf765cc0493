"""People who can sign in, their secrets, sessions, invitations, and the failures that are counted (R80–R89)."""

SQL = """
CREATE TABLE accounts (
    account_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('child', 'guardian', 'mentor', 'teacher', 'coordinator', 'department')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'waiting', 'active', 'suspended', 'ended')),
    display_name TEXT NOT NULL,
    display_name_key TEXT NOT NULL,
    avatar TEXT NOT NULL,
    user_name TEXT UNIQUE COLLATE NOCASE,
    password_hash TEXT,
    totp_secret BLOB,
    totp_last_step INTEGER NOT NULL DEFAULT 0,
    real_name BLOB,
    birth_month BLOB,
    affiliation TEXT NOT NULL DEFAULT '',
    email BLOB,
    vetted_on TEXT,
    vetting_recorded_by INTEGER REFERENCES accounts (account_id),
    invited_by INTEGER REFERENCES accounts (account_id),
    activated_by INTEGER REFERENCES accounts (account_id),
    activated_at TEXT,
    made_at TEXT NOT NULL,
    CHECK (role <> 'child' OR (user_name IS NULL AND password_hash IS NULL)),
    CHECK (activated_by IS NULL OR activated_by <> invited_by)
) STRICT;
CREATE INDEX accounts_by_role ON accounts (role, state, display_name_key, account_id);
CREATE INDEX adults_by_name ON accounts (display_name_key, account_id) WHERE role <> 'child';
CREATE INDEX adults_by_vetting ON accounts (vetted_on, account_id)
    WHERE role IN ('mentor', 'teacher', 'coordinator') AND state = 'active';
CREATE UNIQUE INDEX accounts_nicknames ON accounts (display_name) WHERE role = 'child';

CREATE TABLE capabilities (
    capability_id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (account_id),
    capability TEXT NOT NULL CHECK (capability IN ('officer')),
    given_by INTEGER REFERENCES accounts (account_id),
    given_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX capabilities_held ON capabilities (account_id, capability) WHERE ended_at IS NULL;
CREATE INDEX capabilities_by_kind ON capabilities (capability, account_id) WHERE ended_at IS NULL;

CREATE TABLE guardian_contacts (
    contact_id INTEGER PRIMARY KEY,
    child_id INTEGER NOT NULL REFERENCES accounts (account_id),
    name BLOB NOT NULL,
    relation TEXT NOT NULL,
    phone BLOB,
    email BLOB,
    made_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX guardian_contacts_by_child ON guardian_contacts (child_id) WHERE ended_at IS NULL;

CREATE TABLE badges (
    badge_id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (account_id),
    qr_hash TEXT NOT NULL UNIQUE,
    code_fingerprint TEXT NOT NULL UNIQUE,
    codes BLOB,
    issued_by INTEGER REFERENCES accounts (account_id),
    issued_at TEXT NOT NULL,
    choose_until TEXT NOT NULL,
    printed_at TEXT,
    failures_in_a_row INTEGER NOT NULL DEFAULT 0,
    ended_at TEXT,
    ended_because TEXT CHECK (ended_because IN ('reissued', 'failures', 'lost', 'left', 'expired')),
    CHECK ((ended_at IS NULL) = (ended_because IS NULL)),
    CHECK (ended_at IS NULL OR codes IS NULL)
) STRICT;
CREATE UNIQUE INDEX badges_current ON badges (account_id) WHERE ended_at IS NULL;
CREATE INDEX badges_by_account ON badges (account_id, badge_id);
CREATE INDEX badges_with_codes ON badges (issued_at) WHERE codes IS NOT NULL;

CREATE TABLE picture_pins (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (account_id),
    pin_hash TEXT NOT NULL,
    pictures INTEGER NOT NULL CHECK (pictures IN (3, 4)),
    chosen_at TEXT NOT NULL
) STRICT;

CREATE TABLE one_time_codes (
    code_id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (account_id),
    fingerprint TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX one_time_codes_by_account ON one_time_codes (account_id) WHERE used_at IS NULL;

CREATE TABLE invitations (
    invitation_id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (account_id),
    token_hash TEXT NOT NULL UNIQUE,
    made_by INTEGER REFERENCES accounts (account_id),
    made_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    withdrawn_at TEXT
) STRICT;
CREATE INDEX invitations_by_account ON invitations (account_id, invitation_id);

CREATE TABLE sessions (
    session_id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts (account_id),
    path TEXT NOT NULL CHECK (path IN ('password', 'badge')),
    started_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    ended_at TEXT,
    ended_because TEXT
) STRICT;
CREATE INDEX sessions_open_by_account ON sessions (account_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_open_by_age ON sessions (last_seen_at) WHERE ended_at IS NULL;
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE sign_in_failures (
    failure_id INTEGER PRIMARY KEY,
    limit_key TEXT NOT NULL,
    failed_at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_by_key ON sign_in_failures (limit_key, failed_at);
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (failed_at);
"""
