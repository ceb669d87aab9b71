using AgentRec.Domain;

namespace AgentRec.Grains.Planning.Advocates;

/// <summary>Whom a language model speaks for in negotiations, bound to the section <c>Advocates</c> and checked at start.</summary>
public sealed class AdvocateOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Advocates";

    /// <summary>Whom it speaks for. Titles and facets of candidates near the cut are sent to it, what is wanted, and the words that are looked for.</summary>
    /// <value>The default is <see cref="Spokesmanship.Nobody"/>: nothing is sent. It is heard under policies with item agency alone.</value>
    public Spokesmanship SpeakFor { get; set; }

    /// <summary>The sides that are spoken for.</summary>
    internal AdvocateSide[] Sides => SpeakFor switch
    {
        Spokesmanship.User => [AdvocateSide.User],
        Spokesmanship.Items => [AdvocateSide.Item],
        Spokesmanship.Both => [AdvocateSide.User, AdvocateSide.Item],
        _ => [],
    };
}

/// <summary>Whom a language model speaks for.</summary>
public enum Spokesmanship
{
    /// <summary>For nobody: it is not asked.</summary>
    Nobody,

    /// <summary>For the user.</summary>
    User,

    /// <summary>For the items that ask for a place.</summary>
    Items,

    /// <summary>For both, each side by a question of its own.</summary>
    Both,
}
