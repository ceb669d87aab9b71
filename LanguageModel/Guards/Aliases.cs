using System.Text.RegularExpressions;

namespace AgentRec.LanguageModel.Guards;

/// <summary>Puts names that mean nothing in place of identifiers. Texts that leave the cluster go through here.</summary>
/// <remarks>
/// Nothing that is sent states a user, a session or an item by id; this is for ids that people write themselves. A number is no id here:
/// it cannot be told from a year, and says no more than one.
/// </remarks>
internal sealed class Aliases
{
    /// <summary>Shorter ids are words.</summary>
    private const int Shortest = 4;

    private readonly (Regex Id, string Alias)[] _replacements;

    /// <summary>Prepares.</summary>
    /// <param name="ids">Ids with what is put in their place.</param>
    public Aliases(params ReadOnlySpan<(string Id, string Alias)> ids)
    {
        var replacements = new List<(Regex, string)>();
        foreach (var (id, alias) in ids)
        {
            if (id.Length >= Shortest && !id.All(char.IsAsciiDigit))
                replacements.Add((new Regex($@"(?<![\p{{L}}\p{{N}}]){Regex.Escape(id)}(?![\p{{L}}\p{{N}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)), alias));
        }
        _replacements = [.. replacements];
    }

    /// <summary>The text without the ids.</summary>
    /// <param name="text">The text.</param>
    public string Hide(string text)
    {
        foreach (var (id, alias) in _replacements)
            text = id.Replace(text, alias);
        return text;
    }
}
