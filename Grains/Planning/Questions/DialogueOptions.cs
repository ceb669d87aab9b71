using System.ComponentModel.DataAnnotations;
using AgentRec.Domain;
using AgentRec.Recommenders.Dialogue;

namespace AgentRec.Grains.Planning.Questions;

/// <summary>Whether sessions ask questions, and on what terms.</summary>
public sealed class DialogueOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Dialogue";

    /// <summary>Which turns may be answered with a question where the turn does not say.</summary>
    /// <value>The default is <see cref="QuestionMode.Auto"/>: those whose words leave open what is wanted, and answers.</value>
    [EnumDataType(typeof(QuestionMode))]
    public QuestionMode Questions { get; set; } = QuestionMode.Auto;

    /// <summary>How questions are chosen.</summary>
    /// <value>The default is <see cref="AskStrategy.Entropy"/>.</value>
    [EnumDataType(typeof(AskStrategy))]
    public AskStrategy Strategy { get; set; } = AskTerms.Default.Strategy;

    /// <summary>What a question costs the user, in bits: one that is expected to tell less is not asked.</summary>
    /// <value>The default is 0.5; from 0 to 16.</value>
    [Range(0.0, 16.0)]
    public double Cost { get; set; } = AskTerms.Default.Cost;

    /// <summary>The greatest number of questions in a session.</summary>
    /// <value>The default is 4; from 0 to 20.</value>
    [Range(0, 20)]
    public int Limit { get; set; } = AskTerms.Default.Limit;

    /// <summary>The greatest number of values offered.</summary>
    /// <value>The default is 6; from 2 to 12.</value>
    [Range(2, 12)]
    public int Options { get; set; } = AskTerms.Default.Options;

    /// <summary>The assumed probability of an answer that has nothing to do with what is wanted.</summary>
    /// <value>The default is 0.1; from 0.01 to 0.9.</value>
    [Range(0.01, 0.9)]
    public double AssumedNoise { get; set; } = AskTerms.Default.Noise;

    /// <summary>
    /// What a doubling of the effort that a question takes must tell, in bits: of values to choose among, or five characters more to read
    /// in each option. It decides between questions; whether one is asked is decided by <see cref="Cost"/>.
    /// </summary>
    /// <value>The default is 0.1; from 0 to 2. At 0 the question that tells most is asked, however hard it is.</value>
    [Range(0.0, 2.0)]
    public double Effort { get; set; } = AskTerms.Default.Effort;

    /// <summary>The facets that may be asked about, by name.</summary>
    /// <value>The default is none: all that items state. Decades are asked about where they are named here.</value>
    public IReadOnlyList<string> Facets { get; set; } = [];

    /// <summary>The terms of the questions.</summary>
    internal AskTerms Terms => new(Strategy, Cost, Limit, Options, AssumedNoise, [.. Facets], Effort);
}
