-- What Orleans keeps by way of its ADO.NET providers, which read their statements from OrleansQuery. One statement each.
CREATE TABLE OrleansQuery (
    QueryKey  text COLLATE "C" PRIMARY KEY,
    QueryText text NOT NULL
);

-- Grain state. The extension is '' where the provider passes null, so that the primary key holds for it too. Rows are rewritten
-- often and no index covers what changes: the room that is left in each page keeps the rewriting in place.
CREATE TABLE grain_state (
    service   text COLLATE "C" NOT NULL,
    type      text COLLATE "C" NOT NULL,
    n0        bigint NOT NULL,
    n1        bigint NOT NULL,
    extension text COLLATE "C" NOT NULL,
    payload   bytea,
    version   integer NOT NULL,
    PRIMARY KEY (service, type, n0, n1, extension)
) WITH (fillfactor = 70);

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

-- Which silos there are. Every change of a member's row also counts the cluster's version up, or does not happen.
CREATE TABLE membership_version (
    deployment text COLLATE "C" PRIMARY KEY,
    version    integer NOT NULL,
    changed_at timestamptz NOT NULL
);

CREATE TABLE membership (
    deployment    text COLLATE "C" NOT NULL,
    address       text COLLATE "C" NOT NULL,
    port          integer NOT NULL,
    generation    integer NOT NULL,
    silo_name     text NOT NULL,
    host_name     text NOT NULL,
    status        integer NOT NULL,
    proxy_port    integer,
    suspect_times text,
    start_time    timestamptz NOT NULL,
    i_am_alive    timestamptz NOT NULL,
    PRIMARY KEY (deployment, address, port, generation)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey',
'WITH made AS (
    INSERT INTO membership_version (deployment, version, changed_at) VALUES (@DeploymentId, 0, now()) ON CONFLICT DO NOTHING RETURNING 1)
SELECT EXISTS (SELECT 1 FROM made)'),
('MembershipReadAllKey',
'SELECT v.deployment AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime,
m.i_am_alive AS IAmAliveTime, v.version AS Version
FROM membership_version AS v LEFT JOIN membership AS m ON m.deployment = v.deployment WHERE v.deployment = @DeploymentId'),
('MembershipReadRowKey',
'SELECT v.deployment AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime,
m.i_am_alive AS IAmAliveTime, v.version AS Version
FROM membership_version AS v LEFT JOIN membership AS m
ON m.deployment = v.deployment AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
WHERE v.deployment = @DeploymentId'),
('InsertMembershipKey',
'WITH counted AS (
    UPDATE membership_version SET version = version + 1, changed_at = now()
    WHERE deployment = @DeploymentId AND version = @Version AND NOT EXISTS (
        SELECT 1 FROM membership WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING deployment),
made AS (
    INSERT INTO membership (deployment, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive)
    SELECT deployment, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM counted
    RETURNING 1)
SELECT EXISTS (SELECT 1 FROM made)'),
('UpdateMembershipKey',
'WITH counted AS (
    UPDATE membership_version SET version = version + 1, changed_at = now()
    WHERE deployment = @DeploymentId AND version = @Version AND EXISTS (
        SELECT 1 FROM membership WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING deployment),
changed AS (
    UPDATE membership AS m SET status = @Status, suspect_times = @SuspectTimes, i_am_alive = @IAmAliveTime
    FROM counted AS c WHERE m.deployment = c.deployment AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    RETURNING 1)
SELECT EXISTS (SELECT 1 FROM changed)'),
('UpdateIAmAlivetimeKey',
'UPDATE membership SET i_am_alive = @IAmAliveTime
WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
('GatewaysQueryKey',
'SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM membership
WHERE deployment = @DeploymentId AND status = @Status AND proxy_port > 0'),
('CleanupDefunctSiloEntriesKey',
'DELETE FROM membership WHERE deployment = @DeploymentId AND i_am_alive < @IAmAliveTime AND status <> 3'),
('DeleteMembershipTableEntriesKey',
'WITH members AS (DELETE FROM membership WHERE deployment = @DeploymentId)
DELETE FROM membership_version WHERE deployment = @DeploymentId');

CREATE TABLE reminders (
    service       text COLLATE "C" NOT NULL,
    grain_id      text COLLATE "C" NOT NULL,
    reminder_name text COLLATE "C" NOT NULL,
    start_time    timestamptz NOT NULL,
    period        bigint NOT NULL,
    grain_hash    integer NOT NULL,
    version       integer NOT NULL,
    PRIMARY KEY (service, grain_id, reminder_name)
);

CREATE INDEX reminders_hash ON reminders (service, grain_hash);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('UpsertReminderRowKey',
'INSERT INTO reminders (service, grain_id, reminder_name, start_time, period, grain_hash, version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
ON CONFLICT (service, grain_id, reminder_name) DO UPDATE
SET start_time = excluded.start_time, period = excluded.period, grain_hash = excluded.grain_hash, version = reminders.version + 1
RETURNING version AS Version'),
('ReadReminderRowsKey',
'SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
FROM reminders WHERE service = @ServiceId AND grain_id = @GrainId'),
('ReadReminderRowKey',
'SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
FROM reminders WHERE service = @ServiceId AND grain_id = @GrainId AND reminder_name = @ReminderName'),
('ReadRangeRows1Key',
'SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
FROM reminders WHERE service = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash'),
('ReadRangeRows2Key',
'SELECT grain_id AS GrainId, reminder_name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
FROM reminders WHERE service = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)'),
('DeleteReminderRowKey',
'WITH gone AS (
    DELETE FROM reminders WHERE service = @ServiceId AND grain_id = @GrainId AND reminder_name = @ReminderName AND version = @Version RETURNING 1)
SELECT EXISTS (SELECT 1 FROM gone)'),
('DeleteReminderRowsKey',
'DELETE FROM reminders WHERE service = @ServiceId');
