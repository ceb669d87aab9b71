-- By which silos gateways reach the cluster: not by one that has stopped saying that it lives. A silo that hangs closes no connection,
-- and until the others have voted it out, calls that go by it wait. Both moments are the database's own, so that no clock of a
-- machine counts. A silo is silent after two and a half of its own periods; where all are, they are listed all.
ALTER TABLE membership ADD COLUMN heard_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE membership ADD COLUMN heard_every interval NOT NULL DEFAULT '5 s';

UPDATE OrleansQuery SET QueryText =
'UPDATE membership SET i_am_alive = @IAmAliveTime, heard_every = now() - heard_at, heard_at = now()
WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'
WHERE QueryKey = 'UpdateIAmAlivetimeKey';

UPDATE OrleansQuery SET QueryText =
'WITH serving AS (
    SELECT address, proxy_port, generation, heard_at + 2.5 * greatest(heard_every, interval ''500 ms'') < now() AS silent FROM membership
    WHERE deployment = @DeploymentId AND status = @Status AND proxy_port > 0)
SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM serving
WHERE NOT silent OR NOT EXISTS (SELECT 1 FROM serving WHERE NOT silent)'
WHERE QueryKey = 'GatewaysQueryKey';
