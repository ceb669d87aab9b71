using System.Collections.Immutable;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Gateway.Reading;

namespace AgentRec.Gateway.Turns;

/// <summary>Reads a constraint: <c>{facet, op, value, strength, source?}</c>. Comparisons need a number, <c>in</c> needs an array.</summary>
internal static class ConstraintReader
{
    private const int GreatestName = 128;
    private const int GreatestValue = 500;
    private const int GreatestValues = 100;

    /// <summary>Reads one.</summary>
    /// <param name="fields">Its members.</param>
    public static Constraint Read(JsonFields fields)
    {
        var facet = fields.Text("facet", GreatestName, required: true) ?? string.Empty;
        var op = fields.Choice<ConstraintOperator>("op");
        return new Constraint(
            facet, op, Values(fields, op), fields.Choice<ConstraintStrength>("strength"), fields.Text("source", GreatestValue));
    }

    private static ImmutableArray<string> Values(JsonFields fields, ConstraintOperator op)
    {
        const string Name = "value";
        if (fields.Find(Name, required: true) is not { } value)
            return [];
        switch (op)
        {
            case ConstraintOperator.In:
                if (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() is > 0 and <= GreatestValues
                    && value.EnumerateArray().All(element => Scalar(element) is not null))
                {
                    return [.. value.EnumerateArray().Select(element => Scalar(element)!)];
                }
                fields.Fault(Name, $"must be an array of 1 to {GreatestValues} texts, numbers or truth values with the operator in");
                return [];
            case ConstraintOperator.Eq or ConstraintOperator.Ne:
                if (Scalar(value) is { } text)
                    return [text];
                fields.Fault(Name, $"must be a number, a truth value or a text of 1 to {GreatestValue} characters");
                return [];
            default:
                if (value.ValueKind is JsonValueKind.Number && JsonFields.ScalarText(value) is { } number)
                    return [number];
                fields.Fault(Name, "must be a number with the operators lt, le, gt and ge");
                return [];
        }
    }

    private static string? Scalar(JsonElement value) => JsonFields.ScalarText(value) is { Length: > 0 and <= GreatestValue } text ? text : null;
}
