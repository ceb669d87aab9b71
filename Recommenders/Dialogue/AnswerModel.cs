using AgentRec.Domain;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>
/// How likely each answer to a question is for somebody who wants a given item. Such a person picks any of the options that the item
/// fits, all equally likely, and has no preference where it fits none. With the assumed probability of noise the answer is
/// any option at all.
/// </summary>
public sealed class AnswerModel
{
    /// <summary>The greatest number of options of a question.</summary>
    public const int GreatestOptions = 16;

    private readonly Question _question;
    private readonly IFacetSource _facets;
    private readonly double _noise;

    /// <summary>Prepares a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="facets">The catalogue.</param>
    /// <param name="noise">The assumed probability of an answer that has nothing to do with what is wanted, in [0,1].</param>
    /// <exception cref="ArgumentException">The question has no options, or too many.</exception>
    public AnswerModel(Question question, IFacetSource facets, double noise)
    {
        if (question.Options.Length is 0 or > GreatestOptions)
            throw new ArgumentException($"The question has {question.Options.Length} options: 1 to {GreatestOptions} can be told apart.", nameof(question));
        (_question, _facets, _noise) = (question, facets, noise);
    }

    /// <summary>How many options the question has.</summary>
    public int Options => _question.Options.Length;

    /// <summary>The options that an item fits, one bit for each; an option without a meaning fits nothing.</summary>
    /// <param name="item">The item's handle.</param>
    public uint Fits(int item)
    {
        var fits = 0u;
        for (var option = 0; option < Options; option++)
        {
            if (IsFit(item, option))
                fits |= 1u << option;
        }
        return fits;
    }

    /// <summary>True for the options that tell nothing: those without a meaning.</summary>
    /// <param name="option">The option's place.</param>
    public bool IsOpen(int option) => _question.Meaning(option).IsEmpty;

    /// <summary>The probability of an answer that tells something.</summary>
    /// <param name="fits">What <see cref="Fits"/> said of the item that is wanted.</param>
    /// <param name="option">The option's place; one that is not <see cref="IsOpen"/>.</param>
    public double Probability(uint fits, int option)
    {
        var meant = (fits >> option & 1) == 0 ? 0 : 1.0 / System.Numerics.BitOperations.PopCount(fits);
        return ((1 - _noise) * meant) + (_noise / Options);
    }

    /// <summary>
    /// How many times likelier an answer is if the item is wanted than if nothing is known of what is wanted, when every option
    /// is as likely; 1 for an answer that tells nothing.
    /// </summary>
    /// <param name="item">The item's handle.</param>
    /// <param name="option">The option that was chosen.</param>
    public double Ratio(int item, int option)
    {
        if (IsOpen(option))
            return 1;
        // Most items do not fit: they need no second look.
        var fits = IsFit(item, option) ? Fits(item) : 0;
        return Probability(fits, option) * Options;
    }

    private bool IsFit(int item, int option)
    {
        var meaning = _question.Meaning(option);
        if (meaning.IsEmpty)
            return false;
        foreach (var constraint in meaning)
        {
            if (!constraint.IsMetBy(_facets.Values(item, constraint.Facet)))
                return false;
        }
        return true;
    }
}
