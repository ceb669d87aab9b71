-- Access keys of all tenants, without their secrets: `digest` is the SHA-256 of 256 random bits. `scopes` are names separated by
-- spaces. Moments are Unix milliseconds. Rows are never deleted.
CREATE TABLE access_keys (
    id         text   PRIMARY KEY,
    name       text   NOT NULL,
    tenant     text   NOT NULL,
    scopes     text   NOT NULL,
    digest     bytea  NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    revoked_at bigint
);
