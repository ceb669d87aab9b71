using AgentRec.Domain;

namespace AgentRec.Recommenders.Dialogue;

/// <summary>Questions in words: of facets and titles alone, never of figures.</summary>
internal static class QuestionTexts
{
    /// <summary>Asks about a facet.</summary>
    /// <param name="facet">The facet.</param>
    public static string Facet(string facet) => facet switch
    {
        FacetNames.Genre => "What genre do you feel like?",
        FacetNames.Decade => "From which decade?",
        FacetNames.Year => "From which years?",
        _ => $"Which {FacetWords.Of(facet)} would you like?",
    };

    /// <summary>Asks about a facet that was asked about before.</summary>
    /// <param name="facet">The facet.</param>
    public static string FacetAgain(string facet) => $"And is one of these also what you would like as {FacetWords.Of(facet)}?";

    /// <summary>Asks for a narrower range of a facet that was asked about before.</summary>
    /// <param name="facet">The facet.</param>
    public static string Closer(string facet) => facet switch
    {
        FacetNames.Year => "And from which of these years?",
        _ => $"And which of these as {FacetWords.Of(facet)}?",
    };

    /// <summary>Compares two items.</summary>
    /// <param name="title">One title.</param>
    /// <param name="other">The other title.</param>
    public static string Pair(string title, string other) => $"Which is closer to what you have in mind: {title}, or {other}?";

    /// <summary>Where a constraint that came of an answer says that it comes from.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">The answer.</param>
    public static string Source(string question, string answer) => $"{question} {answer}";
}
