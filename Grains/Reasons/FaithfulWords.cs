using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AgentRec.Domain;

namespace AgentRec.Grains.Reasons;

/// <summary>
/// Holds a sentence against the claim that it words, whoever wrote it. What the claim names must be in it once, letter by letter; what is left
/// may be the claim's own other words and words that say nothing by themselves. There is no "not" among these, no number and no verb of
/// liking, so that a sentence can put a claim differently but cannot turn it, exceed it, or bring in anything else.
/// </summary>
internal static partial class FaithfulWords
{
    /// <summary>Longer sentences than this beyond their claim are no wording of it, in characters.</summary>
    private const int Slack = 120;

    private const string Marks = " .,;:!'’\"()-–";

    private static readonly FrozenSet<string> Connecting = FrozenSet.ToFrozenSet(
        [
            "a", "an", "and", "are", "as", "because", "being", "both", "by", "comes", "fits", "for", "from", "goes", "has", "have", "here", "in", "is", "it", "it's", "its", "just",
            "like", "of", "on", "one", "same", "shares", "sharing", "since", "so", "that", "the", "this", "to", "too", "well", "which", "with", "you", "your", "you've", "also", "again",
        ], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Nothing = FrozenSet<string>.Empty;

    /// <summary>Words that say how a memory is meant: they stand where the memory has them, and nowhere else.</summary>
    private static readonly FrozenSet<string> Stances = FrozenSet.ToFrozenSet(["like", "take", "tend", "avoid", "do", "not", "never", "want"], StringComparer.OrdinalIgnoreCase);

    /// <summary>True for claims that may be worded: those that name an item of the user's own, or a value. The others stand in words that were decided on.</summary>
    /// <param name="claim">The claim.</param>
    public static bool MayWord(Evidence claim) => claim.Kind is EvidenceKind.History or EvidenceKind.Fact && (claim.ItemId is not null || claim.Value is not null);

    /// <summary>What is wrong with a sentence for a claim, for whoever wrote it.</summary>
    /// <param name="claim">The claim, which was verified.</param>
    /// <param name="own">The title of the user's own item that it names; null where it names none.</param>
    /// <param name="sentence">The sentence.</param>
    /// <returns>Null where it says what the claim says.</returns>
    public static string? Problem(Evidence claim, string? own, string sentence)
    {
        string[] names = [.. new[] { own, claim.Value }.OfType<string>()];
        var said = claim.Text;
        foreach (var name in names.OrderByDescending(name => name.Length))
            TryTake(ref said, name);
        return Problem(claim.Text, names, Rating().Match(said) is { Success: true } rating ? [rating.Value] : [], Nothing, sentence, out _);
    }

    /// <summary>What is wrong with a sentence for one of a memory, for whoever wrote it.</summary>
    /// <param name="claim">The memory's sentence.</param>
    /// <param name="sentence">The sentence.</param>
    /// <returns>Null where it says nothing but what the memory says, though it may say less.</returns>
    public static string? Problem(MemorySentence claim, string sentence) =>
        Problem(claim.Text, claim.Kept, claim.Parts, Stances, sentence, out var parts)
            ?? (parts == 0 && !claim.Parts.IsEmpty ? "a sentence must repeat at least one name or figure of its own." : null);

    /// <summary>A sentence with an end.</summary>
    /// <param name="sentence">One that passed.</param>
    public static string Ended(string sentence) => sentence[^1] is '.' or '!' ? sentence : $"{sentence}.";

    private static string? Problem(
        string claim, IReadOnlyCollection<string> kept, IReadOnlyCollection<string> parts, FrozenSet<string> barred, string sentence, out int told)
    {
        told = 0;
        if (sentence.Length == 0 || sentence.Length > claim.Length + Slack || sentence.Any(char.IsControl))
            return "a sentence must be one line, and not much longer than its claim.";
        var (left, said) = (sentence, claim);
        // The longer name first: the shorter may be a part of it.
        foreach (var name in kept.OrderByDescending(name => name.Length))
        {
            if (!TryTake(ref left, name))
                return $"\"{name}\" must be in the sentence, letter by letter.";
            TryTake(ref said, name);
        }
        foreach (var part in parts.OrderByDescending(part => part.Length))
        {
            TryTake(ref said, part);
            told += TryTake(ref left, part) ? 1 : 0;
        }
        var allowed = Words(said).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var word in Words(left))
        {
            if (word.Any(char.IsDigit) || barred.Contains(word) || (!allowed.Contains(word) && !Connecting.Contains(word)))
                return $"\"{(word.Length <= Slack ? word : word[..Slack])}\" is nothing that the claim says.";
        }
        return left.FirstOrDefault(mark => !char.IsLetterOrDigit(mark) && !Marks.Contains(mark)) is var strange and not '\0'
            ? $"'{strange}' has no place in the sentence."
            : null;
    }

    [GeneratedRegex(@"\d+(\.\d+)? of 5", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Rating();

    /// <summary>Takes a name out of a text, where it stands as words of its own.</summary>
    private static bool TryTake(ref string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if ((at > 0 && char.IsLetterOrDigit(text[at - 1])) || (end < text.Length && char.IsLetterOrDigit(text[end])))
                continue;
            text = $"{text[..at]} {text[end..]}";
            return true;
        }
        return false;
    }

    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isInside = i < text.Length && (char.IsLetterOrDigit(text[i]) || (start >= 0 && text[i] is '\'' or '’' or '.' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1])));
            if (isInside && start < 0)
                start = i;
            if (!isInside && start >= 0)
            {
                yield return text[start..i].Replace('’', '\'');
                start = -1;
            }
        }
    }
}
