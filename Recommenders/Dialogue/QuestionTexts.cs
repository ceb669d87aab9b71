using System.Globalization;
using System.Text;
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
        _ => $"Which {Words(facet)} would you like?",
    };

    /// <summary>Asks about a facet that was asked about before.</summary>
    /// <param name="facet">The facet.</param>
    public static string FacetAgain(string facet) => $"And is one of these also what you would like as {Words(facet)}?";

    /// <summary>Compares two items.</summary>
    /// <param name="title">One title.</param>
    /// <param name="other">The other title.</param>
    public static string Pair(string title, string other) => $"Which is closer to what you have in mind: {title}, or {other}?";

    /// <summary>Where a constraint that came of an answer says that it comes from.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">The answer.</param>
    public static string Source(string question, string answer) => $"{question} {answer}";

    /// <summary>A facet's name as words: <c>runningTime</c> is running time.</summary>
    private static string Words(string facet)
    {
        var words = new StringBuilder(facet.Length);
        for (var i = 0; i < facet.Length; i++)
        {
            if (facet[i] is '_' or '-')
                words.Append(' ');
            else if (i > 0 && char.IsUpper(facet[i]) && char.IsLower(facet[i - 1]))
                words.Append(' ').Append(char.ToLower(facet[i], CultureInfo.InvariantCulture));
            else
                words.Append(facet[i]);
        }
        return words.ToString();
    }
}
