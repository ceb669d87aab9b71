-- Access keys of all tenants, without their secrets: `digest` is the SHA-256 of 256 random bits. `scopes` are names separated by
-- spaces. Moments are Unix milliseconds. Rows are never deleted.
CREATE TABLE access_keys (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    tenant     TEXT    NOT NULL,
    scopes     TEXT    NOT NULL,
    digest     BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
