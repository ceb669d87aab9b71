-- The log of what happened, by user. The primary key is the gap-free sequence that each user's agent assigns.
-- Moments are Unix milliseconds. `body` holds what the columns do not: JSON as text, or Brotli-compressed JSON as a blob.
CREATE TABLE events (
    tenant         TEXT    NOT NULL,
    user_id        TEXT    NOT NULL,
    sequence       INTEGER NOT NULL CHECK (sequence > 0),
    kind           TEXT    NOT NULL,
    at             INTEGER NOT NULL,
    interaction_id TEXT,
    item_id        TEXT,
    type           TEXT,
    value          REAL,
    timestamp      INTEGER,
    session_id     TEXT,
    turn           INTEGER,
    turn_id        TEXT,
    body           ANY,
    PRIMARY KEY (tenant, user_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX events_interaction ON events (tenant, interaction_id) WHERE interaction_id IS NOT NULL;
CREATE INDEX events_item ON events (tenant, user_id, item_id) WHERE item_id IS NOT NULL;
CREATE INDEX events_session ON events (tenant, session_id) WHERE session_id IS NOT NULL;
CREATE UNIQUE INDEX events_session_opened ON events (tenant, session_id) WHERE kind = 'session-opened';
CREATE UNIQUE INDEX events_turn ON events (tenant, session_id, turn) WHERE kind = 'turn';
CREATE UNIQUE INDEX events_turn_id ON events (tenant, session_id, turn_id) WHERE kind = 'turn';
CREATE INDEX events_forget ON events (tenant, user_id, sequence) WHERE kind = 'forget';

-- What was shown to whom: a projection of the turns, written with them.
CREATE TABLE exposures (
    tenant   TEXT    NOT NULL,
    user_id  TEXT    NOT NULL,
    item_id  TEXT    NOT NULL,
    sequence INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (tenant, user_id, item_id, sequence)
) STRICT, WITHOUT ROWID;
