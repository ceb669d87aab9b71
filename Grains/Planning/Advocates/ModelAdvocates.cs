using System.Collections.Immutable;
using System.Diagnostics;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.Grains.Tools;
using AgentRec.Negotiation.ItemAgency;
using AgentRec.Negotiation.Protocol;
using Microsoft.Extensions.Options;

namespace AgentRec.Grains.Planning.Advocates;

/// <summary>
/// Has a language model speak for the user, or for the items near the cut, where that is wanted. It is not trusted: of what it says,
/// candidates that could bid anyway and facts that the catalogue states of them are all that is heard, and all that comes of it is their
/// bid, within the policy's terms. Utility, rules and verification know nothing of it.
/// </summary>
/// <param name="tools">Through which every tool is asked.</param>
/// <param name="models">The model, where one is configured; at most one is asked.</param>
/// <param name="options">Whom it speaks for.</param>
internal sealed class ModelAdvocates(ToolPipelines tools, IEnumerable<ILanguageModel> models, IOptions<AdvocateOptions> options)
{
    /// <summary>How many candidates are described.</summary>
    private const int Described = 40;

    /// <summary>How many each side may speak for: who speaks for everybody speaks for nobody.</summary>
    private const int Most = 5;

    private readonly ILanguageModel? _model = models.LastOrDefault();

    /// <summary>Hears the advocates.</summary>
    /// <param name="party">For whom.</param>
    /// <param name="table">What lies on the table.</param>
    /// <param name="words">What is looked for in words; null: nothing.</param>
    /// <param name="cancellationToken">Gives the turn up.</param>
    public async Task<HeardArguments> HearAsync(LanguageParty party, NegotiationTable table, string? words, CancellationToken cancellationToken)
    {
        ImmutableArray<Constraint> wanted = [.. table.Wanted.Where(one => !string.Equals(one.Facet, FacetNames.Item, StringComparison.Ordinal))];
        // Without anything that is wanted nobody can say what suits the user better.
        AdvocateSide[] sides = [.. options.Value.Sides.Where(side => side is AdvocateSide.Item || !wanted.IsEmpty || words is not null)];
        var opening = Opening.Of(table.Window.Candidates, table.SlateSize);
        if (_model is not { } model || sides.Length == 0 || opening.IsEmpty
            || Bidding.Call(table.Window.Candidates, opening[^1].Utility, table.Rules.Agency) is not { Invited: [_, ..] invited })
            return HeardArguments.None;
        ImmutableArray<int> described = [.. invited.Take(Described)];
        ImmutableArray<CandidateOutline> outlines = [.. described.Select(table.Facets.Item).Select(item => new CandidateOutline(item.Title, item.Facets))];
        var began = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(sides.Select(side => tools.AskAsync(
            token => model.ArgueAsync(new ArgumentTask(party, side, outlines, Most, wanted, words), token), cancellationToken)));
        return new HeardArguments(
            [
                .. sides.Zip(answers).SelectMany(one => (one.Second.Value?.Arguments ?? []).Select(said => new Argument(described[said.Place], one.First, said.Facet, said.Value))),
            ],
            answers.Select(answer => answer.Reason).FirstOrDefault(reason => reason is not null) is { } why ? new Degradation(ToolNames.Language, why) : null,
            new
            {
                tool = ToolNames.Language,
                advocates = sides.Zip(answers).Select(one => new { side = one.First, arguments = one.Second.Value?.Arguments.Length ?? 0, degraded = one.Second.Reason }),
                timings = new { milliseconds = Math.Round(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 3) },
            });
    }
}

/// <summary>What advocates said.</summary>
/// <param name="Arguments">What is heard of it.</param>
/// <param name="Missed">Why a side was not heard; null where all were, and where none was asked.</param>
/// <param name="Told">What is worth telling of it; null where none was asked.</param>
internal sealed record HeardArguments(ImmutableArray<Argument> Arguments, Degradation? Missed, object? Told)
{
    /// <summary>Nobody was asked.</summary>
    public static HeardArguments None { get; } = new([], null, null);
}
