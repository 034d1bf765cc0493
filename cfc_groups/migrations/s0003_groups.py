"""The alliance, its tree of groups, teams with themes, and the dated memberships of children and staff."""

SQL = """
CREATE TABLE themes (
    theme TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    label TEXT NOT NULL DEFAULT '',
    note_colour TEXT NOT NULL CHECK (note_colour IN ('sun', 'sky', 'leaf', 'berry', 'plum', 'sand', 'mint')),
    picture TEXT NOT NULL,
    ended_on TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO themes (theme, position, note_colour, picture) VALUES
    ('living', 1, 'leaf', 'living'), ('culture', 2, 'plum', 'culture'), ('transport', 3, 'sky', 'transport'),
    ('health', 4, 'berry', 'health'), ('parks', 5, 'sun', 'parks'), ('school', 6, 'mint', 'school'),
    ('safety', 7, 'sand', 'safety');

CREATE TABLE groups (
    group_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    parent_id INTEGER REFERENCES groups (group_id),
    kind TEXT NOT NULL CHECK (kind IN ('city', 'district', 'school', 'community')),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    made_at TEXT NOT NULL,
    CHECK (parent_id IS NULL OR parent_id <> group_id),
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
) STRICT;
CREATE INDEX groups_by_parent ON groups (parent_id, name_key);
CREATE INDEX groups_by_name ON groups (name_key, group_id);
CREATE UNIQUE INDEX groups_names ON groups (name) WHERE ends_on IS NULL;

CREATE TABLE teams (
    team_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    group_id INTEGER NOT NULL REFERENCES groups (group_id),
    theme TEXT NOT NULL REFERENCES themes (theme),
    name TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    -- When the group ended and took this with it: the last day planned before, '' for none. Reopening puts it back.
    end_replaced TEXT,
    made_at TEXT NOT NULL,
    CHECK (ends_on IS NULL OR ends_on >= starts_on),
    CHECK (end_replaced IS NULL OR ends_on IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX teams_names ON teams (group_id, name) WHERE ends_on IS NULL;

CREATE TABLE memberships (
    membership_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(9)))),
    account_id INTEGER NOT NULL REFERENCES accounts (account_id),
    group_id INTEGER NOT NULL REFERENCES groups (group_id),
    team_id INTEGER REFERENCES teams (team_id),
    kind TEXT NOT NULL CHECK (kind IN ('child', 'staff')),
    member_number TEXT,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    end_replaced TEXT, -- as in teams, when the group or the team ended
    made_by INTEGER REFERENCES accounts (account_id),
    made_at TEXT NOT NULL,
    CHECK (ends_on IS NULL OR ends_on >= starts_on),
    CHECK (end_replaced IS NULL OR ends_on IS NOT NULL),
    CHECK (kind = 'child' OR member_number IS NULL)
) STRICT;
CREATE INDEX memberships_by_account ON memberships (account_id, starts_on);
CREATE INDEX memberships_by_group ON memberships (group_id, kind, team_id, account_id);
CREATE INDEX memberships_by_team ON memberships (team_id, account_id) WHERE team_id IS NOT NULL;
CREATE UNIQUE INDEX memberships_numbers ON memberships (group_id, member_number)
    WHERE ends_on IS NULL AND member_number IS NOT NULL;
CREATE INDEX memberships_by_number ON memberships (member_number, group_id) WHERE member_number IS NOT NULL;

-- A roster that somebody is looking at before it is taken: sealed, only what is needed of it, gone within a day.
CREATE TABLE roster_uploads (
    upload_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    group_id INTEGER NOT NULL REFERENCES groups (group_id),
    content BLOB,
    uploaded_by INTEGER NOT NULL REFERENCES accounts (account_id),
    uploaded_at TEXT NOT NULL,
    taken_at TEXT,
    counts TEXT CHECK (counts IS NULL OR json_valid(counts)),
    CHECK ((content IS NULL) = (taken_at IS NOT NULL)),
    CHECK ((counts IS NULL) = (taken_at IS NULL))
) STRICT;
CREATE INDEX roster_uploads_by_age ON roster_uploads (uploaded_at);
CREATE INDEX roster_uploads_by_person ON roster_uploads (uploaded_by, uploaded_at);
"""
