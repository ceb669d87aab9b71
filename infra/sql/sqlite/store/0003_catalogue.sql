-- A handle is an item's dense place in its tenant's catalogue, given once and never reused.
CREATE TABLE items (
    tenant  TEXT    NOT NULL,
    handle  INTEGER NOT NULL CHECK (handle >= 0),
    item_id TEXT    NOT NULL,
    content TEXT    NOT NULL,
    PRIMARY KEY (tenant, handle)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX items_id ON items (tenant, item_id);

-- Every version of every rule set; rows are only ever added.
CREATE TABLE policies (
    tenant  TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    content TEXT    NOT NULL,
    PRIMARY KEY (tenant, name, version)
) STRICT, WITHOUT ROWID;

-- Trained models on disk. The active one is the one activated last.
CREATE TABLE artifacts (
    tenant     TEXT    NOT NULL,
    version    TEXT    NOT NULL,
    folder     TEXT    NOT NULL,
    manifest   TEXT    NOT NULL,
    activation INTEGER NOT NULL,
    PRIMARY KEY (tenant, version)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX artifacts_activation ON artifacts (tenant, activation);
