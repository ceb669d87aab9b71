using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>Decides whether to ask or to show, and what to ask.</summary>
/// <param name="facets">The catalogue.</param>
/// <param name="terms">The terms.</param>
public sealed class Inquiry(IFacetSource facets, AskTerms terms)
{
    /// <summary>
    /// Decides. A question pays when what it can be expected to tell, in bits, times the chance that what is wanted is not among
    /// what would be shown, exceeds its cost. (A random question is asked without asking whether it pays.)
    /// </summary>
    /// <param name="window">The candidates with what is believed of them, the best first.</param>
    /// <param name="strength">What each belief rests on, in pieces of evidence.</param>
    /// <param name="slateSize">How many would be shown.</param>
    /// <param name="asked">What the session has asked already.</param>
    /// <param name="seed">The seed of chance.</param>
    public AskDecision Decide(ImmutableArray<WeightedItem> window, double strength, int slateSize, ImmutableArray<Question> asked, ulong seed)
    {
        if (terms.Strategy is AskStrategy.None || asked.Length >= terms.Limit || window.Length <= slateSize)
            return AskDecision.Show;
        var total = window.Sum(item => item.Weight);
        if (total <= 0)
            return AskDecision.Show;
        var random = new Random((int)(StableHash.Of(seed, "inquiry") >> 33));
        if (Choose(window, strength, asked, random) is not { } question)
            return AskDecision.Show;
        var gain = InformationGain.Of(Model(question), window);
        var open = 1 - (window.Take(slateSize).Sum(item => item.Weight) / total);
        return gain * open > terms.Cost || terms.Strategy is AskStrategy.Random ? new AskDecision(question, gain) : new AskDecision(null, gain);
    }

    /// <summary>The question that would be asked, whether or not it pays.</summary>
    /// <param name="window">The candidates with what is believed of them, the best first.</param>
    /// <param name="strength">What each belief rests on, in pieces of evidence.</param>
    /// <param name="asked">What the session has asked already.</param>
    /// <param name="random">The source of chance.</param>
    /// <returns>Null where there is nothing to ask.</returns>
    public Question? Choose(ImmutableArray<WeightedItem> window, double strength, ImmutableArray<Question> asked, Random random)
    {
        var candidates = QuestionCandidates.Of(facets, window, asked, terms);
        if (candidates.IsEmpty || terms.Strategy is AskStrategy.None)
            return null;
        return terms.Strategy switch
        {
            AskStrategy.Random => candidates[random.Next(candidates.Length)],
            AskStrategy.Thompson => MostTelling(candidates, window, Draw(window, strength, random)),
            _ => Best(candidates, window, forecast => forecast.Gain()),
        };
    }

    private static int Draw(ImmutableArray<WeightedItem> window, double strength, Random random)
    {
        var draw = new BetaDraw(random);
        var (best, greatest) = (window[0].Handle, double.NegativeInfinity);
        foreach (var (handle, weight) in window)
        {
            var belief = Belief.From(weight) with { Strength = strength };
            if (draw.LogOdds(belief.Alpha, belief.Beta) is var odds && odds > greatest)
                (best, greatest) = (handle, odds);
        }
        return best;
    }

    /// <summary>The question whose answer, given by somebody who wants the item, is expected to say most.</summary>
    private Question MostTelling(ImmutableArray<Question> candidates, ImmutableArray<WeightedItem> window, int item) =>
        Best(candidates, window, forecast => forecast.Telling(item));

    /// <summary>The question that tells most for the effort that it takes.</summary>
    private Question Best(ImmutableArray<Question> candidates, ImmutableArray<WeightedItem> window, Func<AnswerForecast, double> telling) =>
        candidates.MaxBy(question => telling(new AnswerForecast(Model(question), window)) - (terms.Effort * QuestionEffort.Of(question, facets, window)))!;

    private AnswerModel Model(Question question) => new(question, facets, terms.Noise);
}

/// <summary>Whether to ask.</summary>
/// <param name="Question">The question, without an id; null: show.</param>
/// <param name="Gain">What the best question can be expected to tell, in bits.</param>
public sealed record AskDecision(Question? Question, double Gain)
{
    /// <summary>Nothing can be asked.</summary>
    public static AskDecision Show { get; } = new(null, 0);
}
