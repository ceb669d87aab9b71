using System.Globalization;
using System.Text;

namespace AgentRec.Recommenders.Vectors;

/// <summary>Cuts text into words that compare: letters and digits, lower case, without accents.</summary>
internal static class Words
{
    /// <summary>The words of a text in order, repetitions included.</summary>
    /// <param name="text">Any text.</param>
    public static List<string> Of(string? text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var unit in (text ?? "").Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(unit))
                word.Append(char.ToLowerInvariant(unit));
            else if (unit is not '\'' and not '’' && CharUnicodeInfo.GetUnicodeCategory(unit) != UnicodeCategory.NonSpacingMark)
                Close();
        }
        Close();
        return words;

        void Close()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }
}
