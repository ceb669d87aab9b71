using System.Text;

namespace AgentRec.Domain;

/// <summary>
/// The rule that tenant, user, item, session and policy ids obey: 1 to <see cref="MaximumLength"/> Unicode characters
/// (scalar values) without control characters, compared exactly and never normalised.
/// </summary>
public static class Identifier
{
    /// <summary>The greatest number of Unicode characters in an id.</summary>
    public const int MaximumLength = 128;

    /// <summary>The tenant of a deployment that has only one.</summary>
    public const string DefaultTenant = "default";

    /// <summary>Says what is wrong with an id, or null when nothing is.</summary>
    /// <param name="id">The id as it came in.</param>
    /// <returns>A phrase that completes "the id ...", or null.</returns>
    public static string? Problem(string? id)
    {
        if (string.IsNullOrEmpty(id))
            return "must not be empty";
        var length = 0;
        for (var i = 0; i < id.Length; length++)
        {
            if (!Rune.TryGetRuneAt(id, i, out var rune))
                return "must be valid Unicode: it holds half of a surrogate pair";
            if (Rune.IsControl(rune))
                return $"must not hold control characters: U+{rune.Value:X4} at position {i}";
            i += rune.Utf16SequenceLength;
        }
        return length > MaximumLength ? $"must have at most {MaximumLength} characters, not {length}" : null;
    }

    /// <summary>True when <paramref name="id"/> obeys the rule.</summary>
    /// <param name="id">The id as it came in.</param>
    public static bool IsValid(string? id) => Problem(id) is null;
}
