using System.Collections.Immutable;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>How the next question is chosen.</summary>
public enum AskStrategy
{
    /// <summary>No question is ever asked.</summary>
    None,

    /// <summary>Any candidate, all equally likely.</summary>
    Random,

    /// <summary>The one of the greatest expected information gain, less what the effort of answering counts for.</summary>
    Entropy,

    /// <summary>
    /// Beliefs are drawn (Thompson sampling); of what can be asked, the question whose answer would say most about the item that is
    /// best in the draw.
    /// </summary>
    Thompson,
}

/// <summary>On what terms questions are asked.</summary>
/// <param name="Strategy">How they are chosen.</param>
/// <param name="Cost">What a question costs the user, in bits: one that gains less is not asked.</param>
/// <param name="Limit">The greatest number in a session.</param>
/// <param name="Options">The greatest number of values offered, 2 to 12; what else is offered comes on top.</param>
/// <param name="Noise">The assumed probability of an answer that has nothing to do with what is wanted, in [0,1].</param>
/// <param name="Facets">The facets that may be asked about; none: all that items state.</param>
/// <param name="Effort">What a doubling of the effort that a question takes must tell, in bits, at least 0; at 0 the most telling question is asked.</param>
public sealed record AskTerms(AskStrategy Strategy, double Cost, int Limit, int Options, double Noise, ImmutableArray<string> Facets, double Effort)
{
    /// <summary>The terms of a node that nobody has changed.</summary>
    public static AskTerms Default { get; } = new(AskStrategy.Entropy, 0.5, 4, 6, 0.1, [], 0.1);
}
