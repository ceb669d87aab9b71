using AgentRec.Language.Readings;

namespace AgentRec.Grains.Sessions.Advice;

/// <summary>Which turns a language model is asked about: those that need it, and no others.</summary>
internal static class Routing
{
    /// <summary>The grammar read it; the model is not asked.</summary>
    public const string Read = "read";

    /// <summary>The grammar named parts that it could not read.</summary>
    public const string Unread = "unread";

    /// <summary>The grammar knows every word, and yet nothing came of a long request.</summary>
    public const string Uncertain = "uncertain";

    /// <summary>Shorter requests that name nothing name nothing.</summary>
    private const int LongRequest = 6;

    /// <summary>The route of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reading">What was read from it.</param>
    public static string Of(string message, RequestReading reading) =>
        !reading.NotUnderstood.IsEmpty ? Unread
        : reading.SaysNothingInParticular && !reading.IsImpatient && message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length >= LongRequest ? Uncertain
        : Read;
}
