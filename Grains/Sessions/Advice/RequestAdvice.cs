using System.Collections.Immutable;
using System.Diagnostics;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.Grains.Telemetry;
using AgentRec.Grains.Tenants;
using AgentRec.Grains.Tools;
using AgentRec.Language.Readings;

namespace AgentRec.Grains.Sessions.Advice;

/// <summary>
/// Asks the language model, where there is one, about the turns that need it. Whatever becomes of that, there is a reading: with advice
/// that passed the check, or as the grammar left it.
/// </summary>
/// <param name="tenants">Know the catalogues.</param>
/// <param name="tools">Through which every tool is asked.</param>
/// <param name="models">The model, where one is configured; at most one is asked.</param>
internal sealed class RequestAdvice(ServedTenants tenants, ToolPipelines tools, IEnumerable<ILanguageModel> models)
{
    private readonly ILanguageModel? _model = models.LastOrDefault();

    /// <summary>Has the model read what the grammar could not.</summary>
    /// <param name="party">For whom.</param>
    /// <param name="message">The message; null says nothing.</param>
    /// <param name="reading">The grammar's reading.</param>
    /// <param name="kept">The constraints that the session keeps.</param>
    /// <param name="needed">How many items are wanted.</param>
    /// <param name="cancellationToken">Gives the turn up.</param>
    public async Task<AdvisedRequest> ReadAsync(
        LanguageParty party, string? message, RequestReading reading, ImmutableArray<Constraint> kept, int needed, CancellationToken cancellationToken)
    {
        if (message is null)
            return new AdvisedRequest(reading, null, null);
        var route = Routing.Of(message, reading);
        if (_model is not { } model)
            return new AdvisedRequest(reading, null, null);
        AgentInstruments.Routed(route);
        if (route is Routing.Read)
            return new AdvisedRequest(reading, null, null);
        var began = Stopwatch.GetTimestamp();
        // Learning terms, and what the model's client does before it waits, takes longer than a grain may hold its thread.
        var (answer, terms) = await Task.Run(() => AskAsync(model, party, message, reading, kept, needed, cancellationToken), cancellationToken);
        var timings = new { milliseconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 3) };
        var reason = answer.Reason ?? answer.Value?.Reason;
        return reason is null && answer.Value?.Value is { } advised
            ? new AdvisedRequest(
                ReadingAdvice.Add(reading, advised, terms), null,
                new { tool = ToolNames.Language, route, constraints = advised.Constraints.Length, searches = advised.Search is not null, answer.Value.Attempts, timings })
            : new AdvisedRequest(reading, new Degradation(ToolNames.Language, reason ?? DropReasons.Failed), new { tool = ToolNames.Language, route, degraded = reason, timings });
    }

    private async Task<(ToolAnswer<LanguageAnswer<AdvisedReading>> Answer, CatalogueTerms Terms)> AskAsync(
        ILanguageModel model, LanguageParty party, string message, RequestReading reading, ImmutableArray<Constraint> kept, int needed, CancellationToken cancellationToken)
    {
        var terms = tenants.Of(party.Tenant).Terms.Current();
        var task = new ReadingTask(
            party, message, reading.NotUnderstood.IsEmpty ? [message] : reading.NotUnderstood,
            // Wishes about single items hold ids.
            [.. reading.Constraints.Where(one => !string.Equals(one.Facet, FacetNames.Item, StringComparison.Ordinal))], terms.Outlines,
            constraints => terms.Problem(constraints, [.. kept, .. reading.Constraints], needed), terms.Find);
        var answer = await tools.RunAsync(
            ToolNames.Language, TimeSpan.MaxValue, async token => await model.ReadAsync(task, token), cancellationToken);
        return (answer, terms);
    }
}
