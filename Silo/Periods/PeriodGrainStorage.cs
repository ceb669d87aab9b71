using System.Collections.Concurrent;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Users;
using Orleans.Storage;

namespace AgentRec.Silo;

/// <summary>
/// Grain state in memory, in the form in which a store would keep it. Snapshots of user agents are not kept: the log has all that
/// they know, and an agent that always reads it knows the same however the run came here.
/// </summary>
internal sealed class PeriodGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Name, string Grain), (string Json, long Version)> _states = new();

    /// <summary>Puts a state in place.</summary>
    public void Set<T>(string stateName, GrainId grainId, T state) => _states[(stateName, grainId.ToString())] = (DomainJson.Write(state), 1);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_states.TryGetValue((stateName, grainId.ToString()), out var kept))
            (grainState.State, grainState.RecordExists, grainState.ETag) = (JsonSerializer.Deserialize<T>(kept.Json, DomainJson.Options)!, true, $"{kept.Version}");
        else
            (grainState.State, grainState.RecordExists, grainState.ETag) = (Activator.CreateInstance<T>(), false, null);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        (grainState.RecordExists, grainState.ETag) = (true, Keep(stateName, grainId, grainState));
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _states.TryRemove((stateName, grainId.ToString()), out _);
        (grainState.State, grainState.RecordExists, grainState.ETag) = (Activator.CreateInstance<T>(), false, null);
        return Task.CompletedTask;
    }

    /// <summary>Writes all states, in ordinal order.</summary>
    public void Save(string file)
    {
        using var stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartArray();
        foreach (var ((name, grain), (state, version)) in _states.OrderBy(one => one.Key.Name, StringComparer.Ordinal).ThenBy(one => one.Key.Grain, StringComparer.Ordinal))
        {
            json.WriteStartArray();
            json.WriteStringValue(name);
            json.WriteStringValue(grain);
            json.WriteNumberValue(version);
            json.WriteStringValue(state);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>Reads states that were written.</summary>
    public void Load(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        _states.Clear();
        foreach (var one in document.RootElement.EnumerateArray())
            _states[(one[0].GetString()!, one[1].GetString()!)] = (one[3].GetString()!, one[2].GetInt64());
    }

    private string? Keep<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (string.Equals(stateName, UserAgentState.Name, StringComparison.Ordinal))
            return null;
        var key = (stateName, grainId.ToString());
        var version = _states.TryGetValue(key, out var kept) ? kept.Version : 0;
        if (!string.Equals(grainState.ETag ?? "0", $"{version}", StringComparison.Ordinal))
            throw new InconsistentStateException($"The state '{stateName}' of {grainId} was written by another activation.", $"{version}", grainState.ETag);
        _states[key] = (DomainJson.Write(grainState.State), version + 1);
        return $"{version + 1}";
    }
}
