using System.Collections.Immutable;

namespace AgentRec.Domain;

/// <summary>A question asked in place of a slate.</summary>
/// <param name="Id">The question's id, to be named by the answer.</param>
/// <param name="Text">The question.</param>
/// <param name="Options">The answers offered.</param>
/// <param name="Facet">The facet that the question is about.</param>
/// <param name="ItemIds">The two items that are compared, where the question compares two; null otherwise.</param>
/// <param name="Meanings">What the session makes of each option, in the options' order.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Question")]
public sealed record Question(
    [property: Id(0)] string Id,
    [property: Id(1)] string Text,
    [property: Id(2)] ImmutableArray<string> Options,
    [property: Id(3)] string? Facet = null,
    [property: Id(4)] ImmutableArray<string>? ItemIds = null,
    [property: Id(5)] ImmutableArray<OptionMeaning>? Meanings = null)
{
    /// <summary>The option that leaves it open.</summary>
    public const string NoPreference = "No preference";

    /// <summary>The option that wants none of what the others name.</summary>
    public const string NoneOfThese = "None of these";

    /// <summary>Finds an option.</summary>
    /// <param name="value">What was answered, in upper or lower case.</param>
    /// <returns>Its place; -1 where the words are the user's own.</returns>
    public int OptionOf(string value)
    {
        for (var option = 0; option < Options.Length; option++)
        {
            if (string.Equals(Options[option], value.Trim(), StringComparison.OrdinalIgnoreCase))
                return option;
        }
        return -1;
    }

    /// <summary>The constraints that an option stands for; none where it leaves it open.</summary>
    /// <param name="option">The option's place.</param>
    public ImmutableArray<Constraint> Meaning(int option) =>
        Meanings is { } meanings && (uint)option < (uint)meanings.Length ? meanings[option].Constraints : [];
}

/// <summary>What the session makes of an option.</summary>
/// <param name="Option">The option.</param>
/// <param name="Constraints">The constraints that it stands for; none where it leaves it open.</param>
[GenerateSerializer, Immutable, Alias("agentrec.OptionMeaning")]
public sealed record OptionMeaning([property: Id(0)] string Option, [property: Id(1)] ImmutableArray<Constraint> Constraints);
