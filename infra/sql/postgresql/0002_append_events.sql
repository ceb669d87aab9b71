-- Appends of many users in one statement, hence one round trip and one flush of the disk. Each append is kept or refused for
-- itself: 0 it was appended, 1 a sequence is taken or leaves a gap, 2 an id exists already.
--
-- append_* describe the appends in order, event_*, shown_* and certificate_* their rows, each with the place (from 1) of its
-- append. The events of an append are consecutive, and their sequences follow each other: the caller has made sure.
--
-- Builds of two versions call it during an upgrade: a change of its parameters or its meaning needs another name.
CREATE FUNCTION append_events(
    append_tenant text[], append_user text[], append_first bigint[], append_events_from integer[], append_events_to integer[],
    append_shown_from integer[], append_shown_to integer[], append_certificate integer[],
    event_append integer[], event_sequence bigint[], event_kind text[], event_at bigint[], event_interaction text[], event_item text[],
    event_type text[], event_value double precision[], event_timestamp bigint[], event_session text[], event_turn integer[],
    event_turn_id text[], event_body bytea[],
    shown_append integer[], shown_item text[], shown_sequence bigint[], shown_at bigint[],
    certificate_append integer[], certificate_key text[], certificate_text text[], certificate_sequence bigint[], certificate_at bigint[],
    certificate_window bytea[])
RETURNS integer[] LANGUAGE plpgsql AS $$
DECLARE
    outcomes integer[] := array_fill(0, ARRAY[cardinality(append_user)]);
    last     bigint;
    broken   text;
BEGIN
    -- Nearly always nothing is in the way, and all rows go in together.
    IF NOT EXISTS (
        SELECT FROM unnest(append_tenant, append_user, append_first) AS a (tenant, user_id, first)
        WHERE a.first <> 1 + coalesce((
            SELECT e.sequence FROM events AS e WHERE e.tenant = a.tenant AND e.user_id = a.user_id ORDER BY e.sequence DESC LIMIT 1), 0))
    THEN
        BEGIN
            INSERT INTO events (tenant, user_id, sequence, kind, at, interaction_id, item_id, type, value, timestamp, session_id, turn, turn_id, body)
            SELECT append_tenant[e.append], append_user[e.append], e.sequence, e.kind, e.at, e.interaction_id, e.item_id, e.type, e.value, e.timestamp,
                e.session_id, e.turn, e.turn_id, e.body
            FROM unnest(event_append, event_sequence, event_kind, event_at, event_interaction, event_item, event_type, event_value, event_timestamp,
                event_session, event_turn, event_turn_id, event_body)
                AS e (append, sequence, kind, at, interaction_id, item_id, type, value, timestamp, session_id, turn, turn_id, body);
            IF cardinality(shown_append) > 0 THEN
                INSERT INTO exposures (tenant, user_id, item_id, sequence, at)
                SELECT append_tenant[s.append], append_user[s.append], s.item_id, s.sequence, s.at
                FROM unnest(shown_append, shown_item, shown_sequence, shown_at) AS s (append, item_id, sequence, at)
                ON CONFLICT DO NOTHING;
            END IF;
            IF cardinality(certificate_append) > 0 THEN
                INSERT INTO certificates (tenant, certificate_id, user_id, sequence, certificate)
                SELECT append_tenant[c.append], c.id, append_user[c.append], c.sequence, c.content
                FROM unnest(certificate_append, certificate_key, certificate_sequence, certificate_text) AS c (append, id, sequence, content);
                INSERT INTO windows (tenant, certificate_id, at, content)
                SELECT append_tenant[c.append], c.id, c.at, c.content
                FROM unnest(certificate_append, certificate_key, certificate_at, certificate_window) AS c (append, id, at, content);
            END IF;
            RETURN outcomes;
        EXCEPTION WHEN unique_violation THEN
            NULL;
        END;
    END IF;

    -- Something is in the way of somebody: one append after the other, each undone alone.
    FOR a IN 1 .. cardinality(append_user) LOOP
        SELECT e.sequence INTO last FROM events AS e WHERE e.tenant = append_tenant[a] AND e.user_id = append_user[a] ORDER BY e.sequence DESC LIMIT 1;
        IF append_first[a] <> coalesce(last, 0) + 1 THEN
            outcomes[a] := 1;
            CONTINUE;
        END IF;
        BEGIN
            FOR e IN append_events_from[a] .. append_events_to[a] LOOP
                INSERT INTO events (tenant, user_id, sequence, kind, at, interaction_id, item_id, type, value, timestamp, session_id, turn, turn_id, body)
                VALUES (append_tenant[a], append_user[a], event_sequence[e], event_kind[e], event_at[e], event_interaction[e], event_item[e], event_type[e],
                    event_value[e], event_timestamp[e], event_session[e], event_turn[e], event_turn_id[e], event_body[e]);
            END LOOP;
            FOR s IN append_shown_from[a] .. append_shown_to[a] LOOP
                INSERT INTO exposures (tenant, user_id, item_id, sequence, at)
                VALUES (append_tenant[a], append_user[a], shown_item[s], shown_sequence[s], shown_at[s]) ON CONFLICT DO NOTHING;
            END LOOP;
            IF append_certificate[a] > 0 THEN
                INSERT INTO certificates (tenant, certificate_id, user_id, sequence, certificate)
                VALUES (append_tenant[a], certificate_key[append_certificate[a]], append_user[a], certificate_sequence[append_certificate[a]],
                    certificate_text[append_certificate[a]]);
                INSERT INTO windows (tenant, certificate_id, at, content)
                VALUES (append_tenant[a], certificate_key[append_certificate[a]], certificate_at[append_certificate[a]],
                    certificate_window[append_certificate[a]]);
            END IF;
        EXCEPTION WHEN unique_violation THEN
            -- The sequence was free a moment ago: if it is taken now, another silo has just appended to the same log.
            GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
            outcomes[a] := CASE broken WHEN 'events_sequence' THEN 1 ELSE 2 END;
        END;
    END LOOP;
    RETURN outcomes;
END
$$;
