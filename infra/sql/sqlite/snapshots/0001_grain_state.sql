-- Grain state for the ADO.NET persistence provider, which reads its statements from OrleansQuery. One statement each, without
-- a transaction of its own: a lock timeout inside BEGIN would leave a pooled connection in that transaction.
CREATE TABLE OrleansQuery (
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
) STRICT;

-- The extension is '' where the provider passes null, since nulls never collide in a unique key.
CREATE TABLE grain_state (
    service   TEXT    NOT NULL,
    type      TEXT    NOT NULL,
    n0        INTEGER NOT NULL,
    n1        INTEGER NOT NULL,
    extension TEXT    NOT NULL,
    payload   BLOB,
    version   INTEGER NOT NULL,
    PRIMARY KEY (service, type, n0, n1, extension)
) STRICT;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('ReadFromStorageKey',
'SELECT payload AS PayloadBinary, version AS Version FROM grain_state
WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND extension = coalesce(@GrainIdExtensionString, '''')'),
('WriteToStorageKey',
'INSERT INTO grain_state (service, type, n0, n1, extension, payload, version)
SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, 1
WHERE @GrainStateVersion IS NULL OR EXISTS (
    SELECT 1 FROM grain_state WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
    AND extension = coalesce(@GrainIdExtensionString, '''') AND version = @GrainStateVersion)
ON CONFLICT (service, type, n0, n1, extension) DO UPDATE SET payload = excluded.payload, version = grain_state.version + 1
WHERE grain_state.version = @GrainStateVersion
RETURNING version AS NewGrainStateVersion'),
('ClearStorageKey',
'UPDATE grain_state SET payload = NULL, version = version + 1
WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
AND extension = coalesce(@GrainIdExtensionString, '''') AND version = @GrainStateVersion
RETURNING version AS NewGrainStateVersion'),
('DeleteStorageKey',
'DELETE FROM grain_state
WHERE service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
AND extension = coalesce(@GrainIdExtensionString, '''') AND version = @GrainStateVersion
RETURNING version + 1 AS NewGrainStateVersion');
