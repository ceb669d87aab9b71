CREATE TABLE certificates (
    tenant         TEXT    NOT NULL,
    certificate_id TEXT    NOT NULL,
    user_id        TEXT    NOT NULL,
    sequence       INTEGER NOT NULL,
    certificate    TEXT    NOT NULL,
    PRIMARY KEY (tenant, certificate_id)
) STRICT, WITHOUT ROWID;

-- The candidate windows behind certificates: Brotli-compressed JSON, kept for a limited time.
CREATE TABLE windows (
    tenant         TEXT    NOT NULL,
    certificate_id TEXT    NOT NULL,
    at             INTEGER NOT NULL,
    content        BLOB    NOT NULL,
    PRIMARY KEY (tenant, certificate_id)
) STRICT;

CREATE INDEX windows_at ON windows (at);

CREATE TABLE signing_keys (
    key_id      TEXT    NOT NULL PRIMARY KEY,
    private_key BLOB    NOT NULL,
    public_key  BLOB    NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;
