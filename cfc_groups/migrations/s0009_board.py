"""The one-metre message board: posts, their append-only versions (R54), drafts, and the search index.

`board_order` is the moment of publication as one number (milliseconds × 1,000,000 + a count that makes it unique): the
order of every list and of its pages, and the rowid of the search index, so that hits come newest first unsorted.
Triggers make kept pages stale when what stands beside the words changes, whichever room changes it.
"""

SQL = """
CREATE TABLE posts (
    post_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    author_id INTEGER NOT NULL REFERENCES accounts (account_id),
    group_id INTEGER NOT NULL REFERENCES groups (group_id),
    team_id INTEGER REFERENCES teams (team_id),
    theme TEXT NOT NULL REFERENCES themes (theme),
    place_id INTEGER REFERENCES places (place_id),
    audience TEXT NOT NULL CHECK (audience IN ('group', 'public')),
    state TEXT NOT NULL CHECK (state IN
        ('waiting', 'held', 'escalated', 'returned', 'refused', 'published', 'withdrawn', 'hidden')),
    current_version INTEGER NOT NULL,
    title TEXT,
    saw TEXT,
    wish TEXT,
    made_at TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    published_at TEXT,
    board_order INTEGER UNIQUE,
    withdrawn_at TEXT,
    is_public INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1)),
    CHECK (is_public = 0 OR (state = 'published' AND audience = 'public')),
    CHECK ((state = 'published') <= (published_at IS NOT NULL AND title IS NOT NULL)),
    CHECK ((published_at IS NULL) = (board_order IS NULL)),
    CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL))
) STRICT;
CREATE INDEX posts_public ON posts (board_order) WHERE is_public = 1;
CREATE INDEX posts_public_by_theme ON posts (theme, board_order) WHERE is_public = 1;
CREATE INDEX posts_of_group ON posts (group_id, board_order) WHERE state = 'published';
CREATE INDEX posts_of_group_by_theme ON posts (group_id, theme, board_order) WHERE state = 'published';
CREATE INDEX posts_of_team ON posts (team_id, board_order) WHERE state = 'published';
CREATE INDEX posts_of_team_by_theme ON posts (team_id, theme, board_order) WHERE state = 'published';
CREATE INDEX posts_by_author ON posts (author_id, made_at, post_id);

CREATE TABLE post_versions (
    version_id INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL REFERENCES posts (post_id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    saw TEXT NOT NULL,
    wish TEXT NOT NULL,
    place_id INTEGER REFERENCES places (place_id),
    theme TEXT NOT NULL,
    written_at TEXT NOT NULL,
    UNIQUE (post_id, number)
) STRICT;
CREATE TRIGGER post_versions_keep_words BEFORE UPDATE ON post_versions BEGIN
    SELECT RAISE(ABORT, 'a version of a child''s words is never changed');
END;
CREATE TRIGGER post_versions_keep_rows BEFORE DELETE ON post_versions BEGIN
    SELECT RAISE(ABORT, 'a version of a child''s words is only removed by erasure');
END;

CREATE TABLE post_drafts (
    draft_id INTEGER PRIMARY KEY,
    pid TEXT NOT NULL UNIQUE,
    author_id INTEGER NOT NULL REFERENCES accounts (account_id),
    post_id INTEGER UNIQUE REFERENCES posts (post_id),
    step TEXT NOT NULL DEFAULT 'place',
    place_id INTEGER REFERENCES places (place_id),
    theme TEXT REFERENCES themes (theme),
    title TEXT NOT NULL DEFAULT '',
    saw TEXT NOT NULL DEFAULT '',
    wish TEXT NOT NULL DEFAULT '',
    audience TEXT NOT NULL DEFAULT 'group' CHECK (audience IN ('group', 'public')),
    made_at TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;
CREATE INDEX post_drafts_by_author ON post_drafts (author_id, saved_at);

CREATE VIRTUAL TABLE post_search USING fts5 (words, content = '', tokenize = 'unicode61');

CREATE TRIGGER board_follows_names AFTER UPDATE OF display_name, avatar ON accounts
    WHEN NEW.role = 'child' AND (OLD.display_name, OLD.avatar) <> (NEW.display_name, NEW.avatar) BEGIN
    INSERT INTO page_versions (topic, version) VALUES ('board', 1)
        ON CONFLICT (topic) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER board_follows_teams AFTER UPDATE OF name ON teams WHEN OLD.name <> NEW.name BEGIN
    INSERT INTO page_versions (topic, version) VALUES ('board', 1)
        ON CONFLICT (topic) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER board_follows_themes AFTER UPDATE ON themes BEGIN
    INSERT INTO page_versions (topic, version) VALUES ('board', 1)
        ON CONFLICT (topic) DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER board_follows_new_themes AFTER INSERT ON themes BEGIN
    INSERT INTO page_versions (topic, version) VALUES ('board', 1)
        ON CONFLICT (topic) DO UPDATE SET version = version + 1;
END;
"""
