using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Language;

namespace AgentRec.LanguageModel.Reading;

/// <summary>Reads answers strictly: what is not exactly of the form is said in words that the model can act on.</summary>
internal static class Answers
{
    /// <summary>The greatest number of constraints.</summary>
    private const int GreatestConstraints = 12;

    private const int GreatestValues = 16;

    private const int LongestSearch = 200;

    private const int Depth = 8;

    /// <summary>Comparisons, as answers name them.</summary>
    public static string[] Operators { get; } = [.. Enum.GetValues<ConstraintOperator>().Select(Name)];

    /// <summary>Strengths, as answers name them.</summary>
    public static string[] Strengths { get; } = ["hard", "soft"];

    /// <summary>A comparison, as answers name it.</summary>
    /// <param name="op">The comparison.</param>
    public static string Name(ConstraintOperator op) => op switch
    {
        ConstraintOperator.Eq => "eq",
        ConstraintOperator.Ne => "ne",
        ConstraintOperator.In => "in",
        ConstraintOperator.Lt => "lt",
        ConstraintOperator.Le => "le",
        ConstraintOperator.Gt => "gt",
        _ => "ge",
    };

    /// <summary>Reads an answer.</summary>
    /// <param name="text">The answer.</param>
    /// <param name="task">What was asked for.</param>
    /// <returns>What was read, or what is wrong.</returns>
    public static Checked<AdvisedReading> Read(string text, ReadingTask task) => Checked<AdvisedReading>.Json(text, Depth, answer => Read(answer, task));

    private static Checked<AdvisedReading> Read(JsonElement answer, ReadingTask task)
    {
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("constraints", out var list) || list.ValueKind is not JsonValueKind.Array)
            return Wrong("The answer must be an object with the array \"constraints\" and the string \"search\".");
        if (list.GetArrayLength() > GreatestConstraints)
            return Wrong($"There are more than {GreatestConstraints} constraints.");
        var constraints = ImmutableArray.CreateBuilder<Constraint>();
        foreach (var (place, one) in list.EnumerateArray().Index())
        {
            var read = Constraint(one, task);
            if (read.Value is not { } constraint)
                return Wrong($"constraints[{place}]: {read.Problem}");
            constraints.Add(constraint);
        }
        var search = Text(answer, "search")?.Trim();
        if (search is { Length: > LongestSearch } || search?.Any(char.IsControl) is true)
            return Wrong($"\"search\" must be a few words in one line, at most {LongestSearch} characters.");
        return task.Check(constraints.ToImmutable()) is { } problem
            ? Wrong(problem)
            : new Checked<AdvisedReading>(new AdvisedReading(constraints.ToImmutable(), search is { Length: > 0 } ? search : null), null);
    }

    private static Checked<Constraint> Constraint(JsonElement one, ReadingTask task)
    {
        if (one.ValueKind is not JsonValueKind.Object)
            return new(null, "this is no object.");
        if (Text(one, "facet") is not { } name || task.Facets.FirstOrDefault(facet => string.Equals(facet.Name, name, StringComparison.Ordinal)) is not { } facet)
            return new(null, $"\"facet\" must be one of {string.Join(", ", task.Facets.Select(known => known.Name))}.");
        if (Text(one, "op") is not { } written || Array.IndexOf(Operators, written) is not (>= 0 and var op))
            return new(null, $"\"op\" must be one of {string.Join(", ", Operators)}.");
        if (!one.TryGetProperty("values", out var list) || list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() is < 1 or > GreatestValues
            || list.EnumerateArray().Any(value => value.ValueKind is not JsonValueKind.String))
            return new(null, $"\"values\" must be an array of 1 to {GreatestValues} strings.");
        if (Text(one, "strength") is not { } strength || !Strengths.Contains(strength, StringComparer.Ordinal))
            return new(null, "\"strength\" must be hard or soft.");
        if (Text(one, "words") is not { Length: > 0 } words || Source(words, task) is not { } source)
            return new(null, "\"words\" must be words of one of the parts in \"unread\", letter by letter.");
        return new(
            new Constraint(
                facet.Name, Enum.GetValues<ConstraintOperator>()[op], [.. list.EnumerateArray().Select(value => value.GetString()!).Distinct(StringComparer.Ordinal)],
                strength is "hard" ? ConstraintStrength.Hard : ConstraintStrength.Soft, source),
            null);
    }

    /// <summary>The words as they stand in the message.</summary>
    private static string? Source(string words, ReadingTask task)
    {
        foreach (var part in task.Unread)
        {
            if (part.IndexOf(words.Trim(), StringComparison.OrdinalIgnoreCase) is >= 0 and var start && words.Trim().Length > 0)
                return part.Substring(start, words.Trim().Length);
        }
        return null;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    private static Checked<AdvisedReading> Wrong(string problem) => new(null, problem);
}
