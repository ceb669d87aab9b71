using AgentRec.Domain;
using AgentRec.Recommenders.Memory;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>
/// What a session's evidence makes of an item's relevance. It depends on the item, the user and the session, never on which other
/// items are candidates.
/// </summary>
public sealed class ItemBeliefs
{
    /// <summary>How likely somebody is to pass over what is wanted, against passing over what is not.</summary>
    private const double SkipRatio = 0.05;

    /// <summary>Reactions are remembered by the newest; older ones are in the user's memory all the same.</summary>
    private const int GreatestReactions = 8;

    private readonly IFacetSource _facets;
    private readonly (AnswerModel Model, int Option)[] _answers;
    private readonly HashSet<int> _skipped = [];
    private readonly List<(int Item, bool IsLiked)> _reactions = [];

    /// <summary>Reads the evidence once for a turn.</summary>
    /// <param name="evidence">What the session has learnt.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="memory">The user's memory, which knows what became of what was shown.</param>
    /// <param name="noise">The assumed probability of an answer that has nothing to do with what is wanted.</param>
    public ItemBeliefs(SessionEvidence evidence, IFacetSource facets, UserMemory memory, double noise)
    {
        _facets = facets;
        _answers = [.. evidence.Answers.Select(answer => (new AnswerModel(answer.Question, facets, noise), answer.Option))];
        var positives = evidence.Shown.IsEmpty ? [] : memory.Positives.Select(entry => entry.Item).ToHashSet();
        var worseSince = evidence.Shown.IsEmpty ? [] : WorseSince(memory);
        var dismissed = evidence.Shown.IsEmpty ? [] : memory.Recent.Where(entry => entry.Type is InteractionType.Dismiss).Select(entry => entry.Item).ToHashSet();
        foreach (var shown in evidence.Shown)
        {
            if (!facets.TryHandle(shown, out var item))
                continue;
            if (positives.Contains(item) && !worseSince.Contains(item))
                _reactions.Add((item, true));
            else if (memory.HasConsumed(item) || dismissed.Contains(item))
                _reactions.Add((item, false));
            else
                _skipped.Add(item);
            if (dismissed.Contains(item))
                _skipped.Add(item);
        }
        if (_reactions.Count > GreatestReactions)
            _reactions.RemoveRange(0, _reactions.Count - GreatestReactions);
    }

    /// <summary>True when nothing was learnt: relevances stay as they are.</summary>
    public bool IsEmpty => _answers.Length == 0 && _skipped.Count == 0 && _reactions.Count == 0;

    /// <summary>The belief of an item.</summary>
    /// <param name="item">The item's handle.</param>
    /// <param name="relevance">Its calibrated relevance, in [0,1].</param>
    public Belief Of(int item, double relevance)
    {
        var belief = Said(item, relevance);
        foreach (var (other, isLiked) in _reactions)
            belief = belief.After(isLiked ? 1 + Similarity(item, other) : 1 / (1 + Similarity(item, other)));
        return belief;
    }

    /// <summary>The belief by what was said and passed over alone: quick enough for a whole catalogue.</summary>
    /// <param name="item">The item's handle.</param>
    /// <param name="relevance">Its calibrated relevance, in [0,1].</param>
    public Belief Said(int item, double relevance)
    {
        var belief = Belief.From(relevance);
        foreach (var (model, option) in _answers)
            belief = belief.After(model.Ratio(item, option));
        return _skipped.Contains(item) ? belief.After(SkipRatio) : belief;
    }

    /// <summary>Items of which the newest thing that the user said is not that they are liked, whatever was said before.</summary>
    private static HashSet<int> WorseSince(UserMemory memory)
    {
        var worse = new HashSet<int>();
        foreach (var entry in memory.Recent.Where(entry => entry.Type is not (InteractionType.View or InteractionType.Dismiss)))
        {
            var isWorse = entry.Type is InteractionType.Dislike || (entry.Type is InteractionType.Rate && entry.Value < Interaction.PositiveRating);
            _ = isWorse ? worse.Add(entry.Item) : worse.Remove(entry.Item);
        }
        return worse;
    }

    /// <summary>The Jaccard similarity of the genres of two items, or of all that is stated of them where they have none, in [0,1].</summary>
    private double Similarity(int item, int other)
    {
        var (left, right) = (_facets.Values(item, FacetNames.Genre), _facets.Values(other, FacetNames.Genre));
        if (left.IsEmpty && right.IsEmpty)
        {
            left = [.. Stated(item)];
            right = [.. Stated(other)];
        }
        var common = left.Count(value => right.Contains(value, StringComparer.Ordinal));
        var either = left.Length + right.Length - common;
        return either == 0 ? 0 : (double)common / either;
    }

    private IEnumerable<string> Stated(int item) => _facets.Item(item).Facets.SelectMany(facet => facet.Value);
}
