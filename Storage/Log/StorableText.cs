using System.Text;

namespace AgentRec.Storage.Log;

/// <summary>
/// What PostgreSQL keeps as text: Unicode without U+0000. Ids are that by rule; what breaks the rule is refused before it joins the
/// appends of others, which it would take down with it.
/// </summary>
internal static class StorableText
{
    /// <summary>Checks the ids and the certificate of an append; bodies are bytes.</summary>
    /// <param name="append">The append.</param>
    /// <exception cref="ArgumentException">A text cannot be kept.</exception>
    public static void Require(Append append)
    {
        Require("tenant", append.Tenant);
        Require("user id", append.UserId);
        foreach (var row in append.Rows)
        {
            Require("interaction id", row.Interaction?.InteractionId);
            Require("item id", row.Interaction?.ItemId);
            Require("session id", row.SessionId);
            Require("turn id", row.TurnId);
            foreach (var item in row.Shown)
                Require("item id", item);
        }
        Require("certificate id", append.Archive?.CertificateId);
        Require("certificate", append.Archive?.Certificate);
    }

    private static void Require(string what, string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (text[i] is '\0')
                throw new ArgumentException($"The {what} holds U+0000 at position {i}, which PostgreSQL cannot keep: check ids before they are stored.");
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!Rune.TryGetRuneAt(text, i, out _))
                throw new ArgumentException($"The {what} holds half of a surrogate pair at position {i}, which is no Unicode: check ids before they are stored.");
            i++;
        }
    }
}
