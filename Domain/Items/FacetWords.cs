using System.Globalization;
using System.Text;

namespace AgentRec.Domain;

/// <summary>Facet names as people read them.</summary>
public static class FacetWords
{
    /// <summary>A facet's name as words: <c>runningTime</c> and <c>running_time</c> are running time.</summary>
    /// <param name="facet">The facet.</param>
    public static string Of(string facet)
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
