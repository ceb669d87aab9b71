using System.Collections.Immutable;

namespace AgentRec.Simulation;

/// <summary>
/// How a simulated user reads a slate: a plug. An arm names its brain (<see cref="ArmTerms.Brain"/>); without one, the rules do, which are
/// probabilistic and cost nothing. What the user then lives with (knowledge, mood, tiring, leaving, coming back), and what a slate is truly worth, stays
/// the simulation's. A brain must answer alike when it is asked alike, whoever else is asked meanwhile, or runs cannot be repeated.
/// </summary>
/// <remarks>
/// It is not trusted: an answer that does not have one choice for every place, takes what is known, or gives a rating that is none, and an
/// exception, are answers that cannot be used. The rules then read the slate, and the figure <c>stoodIn</c> counts it.
/// </remarks>
public interface IUserBrain
{
    /// <summary>Reads a slate.</summary>
    /// <param name="reader">Who reads; nothing about items that were not shown.</param>
    /// <param name="slate">The items, the first place first.</param>
    /// <param name="cancellationToken">The run is stopped.</param>
    /// <returns>What becomes of each place, in order; empty where there is no answer.</returns>
    ValueTask<ImmutableArray<Choice>> ReadAsync(Reader reader, ImmutableArray<SeenItem> slate, CancellationToken cancellationToken);
}
