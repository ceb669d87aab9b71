using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Language;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Grains.Reasons;
using AgentRec.Grains.Tools;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace AgentRec.Grains.Users;

/// <inheritdoc cref="IMemoryNarrator"/>
/// <param name="tools">Through which every tool is asked.</param>
/// <param name="models">The model, where one is configured; at most one is asked.</param>
/// <param name="options">Whether it is to be asked.</param>
[GrainType("memory-narrator"), StatelessWorker, Reentrant]
internal sealed class MemoryNarrator(ToolPipelines tools, IEnumerable<ILanguageModel> models, IOptions<MemoryOptions> options) : Grain, IMemoryNarrator
{
    /// <summary>More sentences than this are no summary.</summary>
    private const int MostSentences = 4;

    private const string NotWanted = "memories are not sent to it";

    private const string NotThere = "none is configured";

    private readonly ILanguageModel? _model = models.LastOrDefault();

    private string Tenant => GrainKey.Parse(this.GetPrimaryKeyString()).Tenant;

    public async Task<MemoryView> Summarise(string userId)
    {
        var (view, sentences) = await GrainFactory.GetGrain<IUserAgent>(GrainKey.User(Tenant, userId)).Recollect();
        return view with { Summary = await SummaryAsync(userId, sentences) };
    }

    private async Task<MemorySummary> SummaryAsync(string userId, ImmutableArray<MemorySentence> sentences)
    {
        // Of a user of whom nothing is remembered there is nothing to tell.
        if (sentences.All(sentence => sentence.Kept.IsEmpty && sentence.Parts.IsEmpty))
            return Own(sentences, null);
        if (_model is not { } model)
            return Own(sentences, NotThere);
        if (!options.Value.Summarised)
            return Own(sentences, NotWanted);
        var task = new SummaryTask(
            new LanguageParty(Tenant, userId, ""), [.. sentences.Select(sentence => sentence.Text)], MostSentences, (place, worded) => FaithfulWords.Problem(sentences[place], worded));
        var answer = await tools.AskAsync(token => model.SummariseAsync(task, token), CancellationToken.None);
        return answer.Value is { } summary
            ? new MemorySummary(string.Join(' ', summary.Sentences.Select(FaithfulWords.Ended)), IsWorded: true, [])
            : Own(sentences, answer.Reason);
    }

    private static MemorySummary Own(ImmutableArray<MemorySentence> sentences, string? missed) => new(
        string.Join(' ', sentences.Select(sentence => sentence.Text)), IsWorded: false, missed is null ? [] : [new Degradation(ToolNames.Language, missed)]);
}
