-- When an item was added or last changed, as a number that grows with every put: who has read up to one reads on from there.
ALTER TABLE items ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

CREATE INDEX items_changed ON items (tenant, changed);
