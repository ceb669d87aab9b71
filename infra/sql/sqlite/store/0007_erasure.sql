-- Users who were erased: `digest` is the HMAC-SHA256 of tenant and user id under the store's own key. `number` counts a tenant's
-- erasures. `user_id` and `pending` are there only until everybody has let go of the user.
CREATE TABLE tombstones (
    tenant    TEXT    NOT NULL,
    digest    BLOB    NOT NULL,
    number    INTEGER NOT NULL,
    erased_at INTEGER NOT NULL,
    user_id   TEXT,
    pending   BLOB,
    PRIMARY KEY (tenant, digest)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX tombstones_number ON tombstones (tenant, number);
CREATE INDEX tombstones_pending ON tombstones (tenant, user_id) WHERE user_id IS NOT NULL;

CREATE TABLE tombstone_key (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    key BLOB    NOT NULL
) STRICT;

-- The last erasure that a model's data is without.
ALTER TABLE artifacts ADD COLUMN erasures INTEGER NOT NULL DEFAULT 0;
