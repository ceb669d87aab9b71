using AgentRec.Domain;

namespace AgentRec.Negotiation.Proposals;

/// <summary>Whether a claim has the form of one, before anything in it is looked up: a proposer can hand over anything.</summary>
public static class ClaimForm
{
    /// <summary>What a claim lacks to be read at all; null when it has the form of one.</summary>
    /// <param name="claim">The claim.</param>
    public static Finding? Problem(SlateClaim claim)
    {
        if (claim.Slate.IsDefault || claim.Slate.Length > TurnRequest.GreatestSlateSize)
            return new Finding("form", "slate", $"A slate has at most {TurnRequest.GreatestSlateSize} items.");
        for (var place = 0; place < claim.Slate.Length; place++)
        {
            if (claim.Slate[place] is not { } itemId || !Identifier.IsValid(itemId))
                return new Finding("form", $"slate[{place}]", "This is no item id.");
        }
        if (claim.Result is not { Protocol: not null } || claim.Result.Absent.IsDefault || claim.Result.Absent.Any(agent => agent is null))
            return new Finding("form", "result", "The result has no protocol, or names nobody as absent.");
        if (claim.PolicyName is null || claim.WindowDigest is null)
            return new Finding("form", "", "The claim names no policy, or no window.");
        if (claim.TranscriptDigest is not { Length: 64 } digest || !digest.All(char.IsAsciiHexDigitLower))
            return new Finding("form", "transcriptDigest", "The digest of a transcript has 64 lower-case hexadecimal digits.");
        return null;
    }
}
