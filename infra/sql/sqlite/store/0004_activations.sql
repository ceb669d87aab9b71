-- Every activation of a model there has been; the one with the greatest number counts. Versions that were never activated have
-- none. Moments are Unix milliseconds; null where the build that wrote the row did not record them.
CREATE TABLE activations (
    tenant     TEXT    NOT NULL,
    activation INTEGER NOT NULL CHECK (activation > 0),
    version    TEXT    NOT NULL,
    at         INTEGER,
    cause      TEXT    NOT NULL,
    PRIMARY KEY (tenant, activation)
) STRICT, WITHOUT ROWID;

INSERT INTO activations (tenant, activation, version, at, cause) SELECT tenant, activation, version, NULL, 'train' FROM artifacts;

-- `number` is the order in which models were added.
ALTER TABLE artifacts ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE artifacts ADD COLUMN added_at INTEGER;
UPDATE artifacts SET number = activation;
DROP INDEX artifacts_activation;
ALTER TABLE artifacts DROP COLUMN activation;
