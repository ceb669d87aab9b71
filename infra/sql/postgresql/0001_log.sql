-- The log of what happened, by user. The primary key is the gap-free sequence that each user's agent assigns.
-- Moments are Unix milliseconds. `body` holds what the columns do not: Brotli-compressed JSON. Ids are compared by their bytes
-- (COLLATE "C"), never by a locale.
CREATE TABLE events (
    tenant         text COLLATE "C" NOT NULL,
    user_id        text COLLATE "C" NOT NULL,
    sequence       bigint NOT NULL CHECK (sequence > 0),
    kind           text COLLATE "C" NOT NULL,
    at             bigint NOT NULL,
    interaction_id text COLLATE "C",
    item_id        text COLLATE "C",
    type           text COLLATE "C",
    value          double precision,
    timestamp      bigint,
    session_id     text COLLATE "C",
    turn           integer,
    turn_id        text COLLATE "C",
    body           bytea,
    CONSTRAINT events_sequence PRIMARY KEY (tenant, user_id, sequence)
);

-- Brotli compresses already.
ALTER TABLE events ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE UNIQUE INDEX events_interaction ON events (tenant, interaction_id) WHERE interaction_id IS NOT NULL;
CREATE INDEX events_item ON events (tenant, user_id, item_id) WHERE item_id IS NOT NULL;
CREATE INDEX events_session ON events (tenant, session_id) WHERE session_id IS NOT NULL;
CREATE UNIQUE INDEX events_session_opened ON events (tenant, session_id) WHERE kind = 'session-opened';
CREATE UNIQUE INDEX events_turn ON events (tenant, session_id, turn) WHERE kind = 'turn';
CREATE UNIQUE INDEX events_turn_id ON events (tenant, session_id, turn_id) WHERE kind = 'turn';
CREATE INDEX events_forget ON events (tenant, user_id, sequence) WHERE kind = 'forget';

-- What was shown to whom: a projection of the turns, written with them.
CREATE TABLE exposures (
    tenant   text COLLATE "C" NOT NULL,
    user_id  text COLLATE "C" NOT NULL,
    item_id  text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    at       bigint NOT NULL,
    PRIMARY KEY (tenant, user_id, item_id, sequence)
);

CREATE TABLE certificates (
    tenant         text COLLATE "C" NOT NULL,
    certificate_id text COLLATE "C" NOT NULL,
    user_id        text COLLATE "C" NOT NULL,
    sequence       bigint NOT NULL,
    certificate    text NOT NULL,
    PRIMARY KEY (tenant, certificate_id)
);

-- The candidate windows behind certificates: Brotli-compressed JSON, kept for a limited time.
CREATE TABLE windows (
    tenant         text COLLATE "C" NOT NULL,
    certificate_id text COLLATE "C" NOT NULL,
    at             bigint NOT NULL,
    content        bytea NOT NULL,
    PRIMARY KEY (tenant, certificate_id)
);

ALTER TABLE windows ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX windows_at ON windows (at);
CREATE INDEX windows_recent ON windows (tenant, at DESC, certificate_id);

-- `number` is the order in which keys were added.
CREATE TABLE signing_keys (
    key_id      text COLLATE "C" PRIMARY KEY,
    private_key bytea NOT NULL,
    public_key  bytea NOT NULL,
    created_at  bigint NOT NULL,
    number      bigint GENERATED ALWAYS AS IDENTITY
);
