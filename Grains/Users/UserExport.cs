using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Abstractions.Users;

namespace AgentRec.Grains.Users;

/// <summary>Everything that is held of a user, page by page: the log is all there is, the rest is made of it.</summary>
/// <param name="log">The users' log.</param>
/// <param name="certificates">What turns left behind.</param>
internal sealed class UserExport(IUserLog log, ICertificateStore certificates)
{
    /// <summary>A turn may hold some hundred kilobytes: so many fit a message.</summary>
    public const int PageSize = 50;

    /// <summary>Reads a page.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user.</param>
    /// <param name="after">Events with a greater sequence are read.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<ExportPage> ReadAsync(string tenant, string userId, long after, CancellationToken cancellationToken)
    {
        var events = await log.ReadAsync(tenant, userId, after, PageSize, cancellationToken);
        var written = ImmutableArray.CreateBuilder<string>(events.Count);
        foreach (var one in events)
            written.Add(await WriteAsync(tenant, one, cancellationToken));
        return new ExportPage(written.MoveToImmutable(), events.Count < PageSize ? null : events[^1].Sequence);
    }

    private async Task<string> WriteAsync(string tenant, LoggedEvent logged, CancellationToken cancellationToken)
    {
        var id = (logged.Event as TurnTaken)?.Turn.Result.CertificateId;
        return JsonSerializer.Serialize(
            new Entry(
                logged.Sequence, logged.At, logged.Event,
                Parse(id is null ? null : await certificates.GetAsync(tenant, id, cancellationToken)),
                Parse(id is null ? null : await certificates.GetWindowAsync(tenant, id, cancellationToken))),
            DomainJson.Options);
    }

    private static JsonElement? Parse(string? json)
    {
        if (json is null)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>An event with what belongs to it.</summary>
    private sealed record Entry(long Sequence, DateTimeOffset At, UserEvent Event, JsonElement? Certificate, JsonElement? Window);
}
