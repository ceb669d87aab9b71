using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.Grains.Reasons;
using AgentRec.Grains.Telemetry;
using AgentRec.Grains.Tools;
using AgentRec.Recommenders;
using Microsoft.Extensions.Options;

namespace AgentRec.Grains.Planning;

/// <summary>
/// Has the language model put verified claims into words, where that is wanted. Every sentence is held against its claim; what does not pass, and
/// everything where there is no model, stays in the words that follow from the claims. The evidence is never touched.
/// </summary>
/// <param name="tools">Through which every tool is asked.</param>
/// <param name="models">The model, where one is configured; at most one is asked.</param>
/// <param name="options">Whether it is wanted.</param>
internal sealed class ReasonWording(ToolPipelines tools, IEnumerable<ILanguageModel> models, IOptions<ReasonOptions> options)
{
    /// <summary>How many claims of a kind are worded: as many as a reason in plain words tells.</summary>
    private const int OwnItems = 2;

    private readonly ILanguageModel? _model = models.LastOrDefault();

    /// <summary>Words the reasons of a slate.</summary>
    /// <param name="party">For whom.</param>
    /// <param name="slate">The items, by handle.</param>
    /// <param name="explanations">Their reasons, all of whose claims were verified.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="cancellationToken">Gives the turn up.</param>
    public async Task<WordedReasons> WordAsync(
        LanguageParty party, ImmutableArray<int> slate, ImmutableArray<Explanation> explanations, Catalogue catalogue, CancellationToken cancellationToken)
    {
        if (_model is not { } model || !options.Value.Worded)
            return new WordedReasons(explanations, null, 0);
        ImmutableArray<Wish> wishes = [.. explanations.Select((explanation, place) => new Wish(place, Told(explanation.Evidence))).Where(wish => wish.Claims.Any(FaithfulWords.MayWord))];
        if (wishes.IsEmpty)
            return new WordedReasons(explanations, null, 0);
        ImmutableArray<ImmutableArray<Evidence>> asked = [.. wishes.Select(wish => wish.Claims.RemoveAll(claim => !FaithfulWords.MayWord(claim)))];
        var task = new WordingTask(
            party,
            [.. wishes.Select((wish, i) => new ReasonOutline(catalogue.Item(slate[wish.Place]).Title, [.. asked[i].Select(claim => claim.Text)]))],
            (reason, claim, sentence) => FaithfulWords.Problem(asked[reason][claim], Own(asked[reason][claim], catalogue), sentence));
        var answer = await tools.AskAsync(token => model.WordAsync(task, token), cancellationToken);
        var worded = explanations.ToBuilder();
        var count = 0;
        if (answer.Value is { } advised)
        {
            foreach (var (wish, sentences) in wishes.Zip(advised.Sentences).Where(one => !one.Second.IsEmpty))
            {
                worded[wish.Place] = explanations[wish.Place] with { Text = Whole(wish.Claims, sentences) };
                count++;
            }
        }
        AgentInstruments.Worded(count, wishes.Length - count);
        return new WordedReasons(worded.ToImmutable(), answer.Reason is { } reason ? new Degradation(ToolNames.Language, reason) : null, count);
    }

    /// <summary>The claims that a reason in words tells: the strongest own items, and one of each other kind.</summary>
    private static ImmutableArray<Evidence> Told(ImmutableArray<Evidence> claims) =>
    [
        .. claims.Where(claim => claim.Kind is EvidenceKind.History).Take(OwnItems),
        .. claims.Where(claim => claim.Kind is not EvidenceKind.History).DistinctBy(claim => claim.Kind),
    ];

    private static string? Own(Evidence claim, Catalogue catalogue) =>
        claim.ItemId is { } own && catalogue.TryHandle(own, out var handle) ? catalogue.Item(handle).Title : null;

    /// <summary>The sentences in their order, and between them the claims that stand in words of their own.</summary>
    private static string Whole(ImmutableArray<Evidence> claims, ImmutableArray<string> sentences)
    {
        var next = 0;
        return string.Join(' ', claims.Select(claim => FaithfulWords.MayWord(claim) ? FaithfulWords.Ended(sentences[next++]) : claim.Text));
    }

    private sealed record Wish(int Place, ImmutableArray<Evidence> Claims);
}

/// <summary>Reasons, some of them in the model's words.</summary>
/// <param name="Explanations">The reasons, in the slate's order.</param>
/// <param name="Missed">Why there are no words of the model's; null where there are, or none were wanted.</param>
/// <param name="Worded">How many are in its words.</param>
internal sealed record WordedReasons(ImmutableArray<Explanation> Explanations, Degradation? Missed, int Worded);
