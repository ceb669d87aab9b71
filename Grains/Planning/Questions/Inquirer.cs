using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Recommenders.Dialogue;
using Microsoft.Extensions.Options;

namespace AgentRec.Grains.Planning.Questions;

/// <summary>Asks in place of showing, where a turn allows it and a question pays.</summary>
/// <param name="options">The terms.</param>
internal sealed class Inquirer(IOptions<DialogueOptions> options)
{
    /// <summary>Decides, for a turn that may ask.</summary>
    /// <param name="session">The session's id.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="candidates">The user agent's offer, best first.</param>
    /// <param name="facets">The catalogue that the offer speaks of.</param>
    /// <param name="cancellationToken">Abandons the turn.</param>
    /// <returns>The question, with an id; or what the best one would tell.</returns>
    public async Task<AskDecision> DecideAsync(
        string session, PlanRequest turn, ImmutableArray<Candidate> candidates, IFacetSource facets, CancellationToken cancellationToken)
    {
        var terms = options.Value.Terms;
        ImmutableArray<WeightedItem> window = [.. candidates.OrderByDescending(candidate => candidate.Utility).Select(candidate => new WeightedItem(candidate.Handle, candidate.Utility))];
        var strength = Belief.PriorStrength + turn.Evidence.Answers.Length;
        // Weighing all questions takes longer than a grain may hold its thread.
        var decision = await Task.Run(() => new Inquiry(facets, terms).Decide(window, strength, turn.Request.SlateSize, turn.Asked, turn.Seed), cancellationToken);
        return decision.Question is { } question ? decision with { Question = question with { Id = Id(session, turn) } } : decision;
    }

    /// <summary>A question's id follows from session and turn, so that a seed repeats it, and is no other session's.</summary>
    private static string Id(string session, PlanRequest turn) =>
        string.Create(CultureInfo.InvariantCulture, $"q-{StableHash.Of(turn.Seed, session):x16}-{turn.Turn}");
}
