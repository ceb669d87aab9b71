using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace AgentRec.LanguageModel.Guards;

/// <summary>How data are written for a model: as JSON apart from the instructions, with letters of every language as they are.</summary>
internal static class DataJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
}
