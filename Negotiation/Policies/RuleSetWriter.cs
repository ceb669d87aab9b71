using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Negotiation.Rules;

namespace AgentRec.Negotiation.Policies;

/// <summary>Writes rule sets in the one JSON form in which they are stored and served; reading it gives the same rule set.</summary>
public static class RuleSetWriter
{
    /// <summary>The JSON of a rule set, its version included, members in the grammar's order, absent ones left out.</summary>
    /// <param name="ruleSet">The rule set.</param>
    public static string WriteJson(RuleSet ruleSet)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("name", ruleSet.Name);
            json.WriteNumber("version", ruleSet.Version);
            json.WriteStartObject("concession");
            Write(json, "maximum", ruleSet.Concession.Maximum);
            json.WriteNumber("rounds", ruleSet.Concession.Rounds);
            json.WriteEndObject();
            json.WriteStartObject("agency");
            Write(json, "beta", ruleSet.Agency.Beta);
            Write(json, "band", ruleSet.Agency.Band);
            json.WriteNumber("invited", ruleSet.Agency.Invited);
            json.WriteStartObject("exploration");
            json.WriteNumber("places", ruleSet.Agency.Exploration.Places);
            json.WriteNumber("exposures", ruleSet.Agency.Exploration.Exposures);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("strata");
            Write(json, "head", ruleSet.Strata.Head);
            Write(json, "torso", ruleSet.Strata.Torso);
            json.WriteEndObject();
            json.WriteString("protocol", ruleSet.Protocol);
            json.WriteStartArray("rules");
            foreach (var rule in ruleSet.Rules)
                Write(json, rule);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("type", EnumText.Of(rule.Type));
        if (rule.Facet is not null)
            json.WriteString("facet", rule.Facet);
        if (!rule.Values.IsEmpty)
        {
            json.WriteStartArray("values");
            foreach (var value in rule.Values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }
        if (rule.Place is { } place)
            json.WriteNumber("place", place);
        if (rule.AtLeast is { } least)
            Write(json, "atLeast", least);
        if (rule.AtMost is { } most && rule.Type == RuleType.Maturity)
            json.WriteString("atMost", MaturityScale.Name((int)most));
        else if (rule.AtMost is { } bound)
            Write(json, "atMost", bound);
        if (rule.ForEach)
            json.WriteBoolean("forEach", value: true);
        if (rule.Days is { } days)
            json.WriteNumber("days", days);
        json.WriteString("severity", EnumText.Of(rule.Severity));
        if (rule.Priority != 0)
            json.WriteNumber("priority", rule.Priority);
        if (rule.Weight != 0)
            Write(json, "weight", rule.Weight);
        if (rule.Sentence is not null)
            json.WriteString("sentence", rule.Sentence);
        json.WriteEndObject();
    }

    /// <summary>Without trailing zeros, so that 0.150 and 0.15 are written alike.</summary>
    private static void Write(Utf8JsonWriter json, string name, decimal number) =>
        json.WriteNumber(name, number / 1.0000000000000000000000000000m);
}
