using AgentRec.Domain;
using AgentRec.Recommenders.Dialogue;

namespace AgentRec.Recommenders.Evaluation.Dialogues;

/// <summary>
/// Answers questions as somebody would who has one item in mind and knows its facets: any option that it fits, all equally likely, and
/// otherwise no preference. Under noise an answer is any option at all. An option that names the item is never chosen.
/// </summary>
/// <param name="facets">The catalogue.</param>
/// <param name="target">The item that is wanted.</param>
/// <param name="noise">The probability of an answer at random, in [0,1].</param>
/// <param name="seed">The seed of chance; it should be another one for every user.</param>
public sealed class SimulatedReply(IFacetSource facets, int target, double noise, ulong seed) : ISimulatedReply
{
    /// <inheritdoc/>
    public string To(Question question, int turn)
    {
        var luck = StableHash.Of(seed, (ulong)turn);
        var option = Share(luck) < noise ? (int)(StableHash.Mix(luck) % (ulong)question.Options.Length) : Meant(question, StableHash.Mix(luck));
        return option < 0 || NamesTarget(question.Options[option]) ? Question.NoPreference : question.Options[option];
    }

    private int Meant(Question question, ulong luck)
    {
        var fits = new AnswerModel(question, facets, 0).Fits(target);
        int[] options = [.. Enumerable.Range(0, question.Options.Length).Where(option => (fits >> option & 1) != 0 && !NamesTarget(question.Options[option]))];
        return options.Length == 0 ? -1 : options[luck % (ulong)options.Length];
    }

    // A tag may be the title, and comparisons are made by titles.
    private bool NamesTarget(string option) => LeakCheck.IsLeak(option, facets.Item(target));

    private static double Share(ulong luck) => (luck >> 11) * Math.ScaleB(1, -53);
}
