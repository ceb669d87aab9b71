-- A handle is an item's dense place in its tenant's catalogue, given once and never reused. `content` is canonical JSON.
CREATE TABLE items (
    tenant  text COLLATE "C" NOT NULL,
    handle  bigint NOT NULL CHECK (handle >= 0),
    item_id text COLLATE "C" NOT NULL,
    content text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, handle)
);

CREATE UNIQUE INDEX items_id ON items (tenant, item_id);

-- Every version of every rule set; rows are only ever added.
CREATE TABLE policies (
    tenant  text COLLATE "C" NOT NULL,
    name    text COLLATE "C" NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    content text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, name, version)
);

-- Trained models; `number` is the order in which they were added.
CREATE TABLE artifacts (
    tenant   text COLLATE "C" NOT NULL,
    version  text COLLATE "C" NOT NULL,
    folder   text COLLATE "C" NOT NULL,
    manifest text NOT NULL,
    number   bigint NOT NULL,
    added_at bigint NOT NULL,
    PRIMARY KEY (tenant, version)
);

-- Every activation of a model there has been; the one with the greatest number counts.
CREATE TABLE activations (
    tenant     text COLLATE "C" NOT NULL,
    activation bigint NOT NULL CHECK (activation > 0),
    version    text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    cause      text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, activation)
);

-- The files of models, so that every silo can have them. A folder is written once and never changed.
CREATE TABLE artifact_files (
    folder text COLLATE "C" NOT NULL,
    name   text COLLATE "C" NOT NULL,
    size   bigint NOT NULL,
    sha256 bytea NOT NULL,
    PRIMARY KEY (folder, name)
);

-- Their content in parts of bounded size, numbered from 0.
CREATE TABLE artifact_parts (
    folder  text COLLATE "C" NOT NULL,
    name    text COLLATE "C" NOT NULL,
    part    integer NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (folder, name, part)
);

ALTER TABLE artifact_parts ALTER COLUMN content SET STORAGE EXTERNAL;
