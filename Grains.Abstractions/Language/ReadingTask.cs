using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Abstractions.Language;

/// <summary>Words to be read, and what may be made of them.</summary>
/// <param name="Party">For whom.</param>
/// <param name="Message">The whole message.</param>
/// <param name="Unread">Parts of it, letter by letter, that are to be read; no other part may be the source of anything.</param>
/// <param name="Read">What was read from the other parts.</param>
/// <param name="Facets">What the catalogue says of its items.</param>
/// <param name="Check">
/// Says what is wrong with constraints, for whoever made them; null where nothing is. What it accepts may be used as it stands.
/// </param>
/// <param name="FindValues">Values of a facet that contain some letters, a bounded number of them.</param>
public sealed record ReadingTask(
    LanguageParty Party,
    string Message,
    ImmutableArray<string> Unread,
    ImmutableArray<Constraint> Read,
    ImmutableArray<FacetOutline> Facets,
    Func<ImmutableArray<Constraint>, string?> Check,
    Func<string, string, ImmutableArray<string>> FindValues);

/// <summary>A facet as it is described to a language model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">The values that most items have; for numbers none.</param>
/// <param name="IsComplete">True when these are all its values.</param>
/// <param name="Least">For numbers: the least.</param>
/// <param name="Greatest">For numbers: the greatest.</param>
public sealed record FacetOutline(string Name, ImmutableArray<string> Values, bool IsComplete, double? Least, double? Greatest)
{
    /// <summary>True when all values are numbers.</summary>
    public bool IsNumeric => Least is not null;
}

/// <summary>What a language model read.</summary>
/// <param name="Constraints">Constraints that passed the task's check; the source of each is the part of the message that it was read from.</param>
/// <param name="Search">What a text search should look for; null where the model names nothing.</param>
public sealed record AdvisedReading(ImmutableArray<Constraint> Constraints, string? Search);
