namespace AgentRec.Domain;

/// <summary>For whom an advocate speaks.</summary>
public enum AdvocateSide
{
    /// <summary>For the user, by what the session wants.</summary>
    User,

    /// <summary>For the items that ask for a place.</summary>
    Item,
}

/// <summary>What an advocate says for an item: a fact that the catalogue states of it.</summary>
/// <param name="Handle">The item.</param>
/// <param name="Side">For whom the advocate speaks.</param>
/// <param name="Facet">The facet.</param>
/// <param name="Value">The value, as the catalogue writes it.</param>
[GenerateSerializer, Immutable, Alias("agentrec.Argument")]
public sealed record Argument(
    [property: Id(0)] int Handle, [property: Id(1)] AdvocateSide Side, [property: Id(2)] string Facet, [property: Id(3)] string Value);
