-- Users who were erased: `digest` is the HMAC-SHA256 of tenant and user id under the store's own key. `number` counts a tenant's
-- erasures. `user_id` and `pending` are there only until everybody has let go of the user.
CREATE TABLE tombstones (
    tenant    text COLLATE "C" NOT NULL,
    digest    bytea NOT NULL,
    number    bigint NOT NULL,
    erased_at bigint NOT NULL,
    user_id   text COLLATE "C",
    pending   bytea,
    PRIMARY KEY (tenant, digest)
);

CREATE UNIQUE INDEX tombstones_number ON tombstones (tenant, number);
CREATE INDEX tombstones_pending ON tombstones (tenant, user_id) WHERE user_id IS NOT NULL;

CREATE TABLE tombstone_key (
    one integer PRIMARY KEY CHECK (one = 1),
    key bytea NOT NULL
);

-- The last erasure that a model's data is without.
ALTER TABLE artifacts ADD COLUMN erasures bigint NOT NULL DEFAULT 0;
