using AgentRec.Domain;
using AgentRec.Grains.Reasons;
using AgentRec.Recommenders;

namespace AgentRec.Tests.Unit.Reasons;

/// <summary>False claims that look like a true one.</summary>
internal static class Tampering
{
    /// <summary>Every way to falsify a claim that applies to it.</summary>
    public static IEnumerable<Evidence> Of(Evidence claim, int item, ReasonedTurn turn, Catalogue catalogue)
    {
        yield return claim with { Text = claim.Text + " 0.87" };
        yield return claim with { Text = "" };
        yield return claim with { Kind = (EvidenceKind)99 };
        if (claim.ItemId is not null)
        {
            var stranger = Enumerable.Range(0, catalogue.Count).First(other => other != item && turn.Facts.Deeds.Find(other) is null);
            catalogue.TryHandle(claim.ItemId, out var own);
            // An item that is not the user's own, in the fields alone and in the words too; one that nobody has; the item itself.
            yield return claim with { ItemId = catalogue.Item(stranger).ItemId };
            yield return claim with
            {
                ItemId = catalogue.Item(stranger).ItemId,
                Text = claim.Text.Replace(catalogue.Item(own).Title, catalogue.Item(stranger).Title, StringComparison.Ordinal),
            };
            yield return claim with { ItemId = "nothing has this id" };
            yield return claim with { ItemId = catalogue.Item(item).ItemId };
            // Another rating.
            if (turn.Facts.Deeds.Find(own) is { Rating: { } rating })
                yield return claim with { Text = claim.Text.Replace(FormattableString.Invariant($"gave {rating} of 5"), FormattableString.Invariant($"gave {rating - 0.5} of 5"), StringComparison.Ordinal) };
        }
        switch (claim.Kind)
        {
            case EvidenceKind.Fact when claim.Facet is not null:
                // A value that the item lacks, in fields and words.
                yield return claim with { Value = "Silence", Text = claim.Text.Replace(claim.Value!, "Silence", StringComparison.Ordinal) };
                yield return claim with { Facet = "colour" };
                break;
            case EvidenceKind.Constraint:
                foreach (var wish in Missing(claim))
                    yield return claim with { Facet = wish.Facet, Text = Wording.Met(wish) };
                yield return claim with { Value = "1066" };
                break;
            case EvidenceKind.Rule:
                yield return claim with { Value = "not-in-force" };
                yield return claim with { Value = "not-in-force", Text = "The rule not-in-force asks for it." };
                // A rule in force that did not ask for this item.
                foreach (var rule in turn.Facts.Rules.Rules.Where(rule => rule.Severity is RuleSeverity.Safety))
                    yield return new Evidence(EvidenceKind.Rule, null, rule.Facet, rule.Id, Wording.Asked(rule));
                break;
            case EvidenceKind.Bid:
                yield return claim with { Text = "Shown 3 times; its reception merits 8.4 showings." };
                yield return claim with { Value = "0.005" };
                break;
        }
    }

    /// <summary>Constraints that no session of these tests has.</summary>
    private static IEnumerable<Constraint> Missing(Evidence claim) =>
    [
        new(claim.Facet!, ConstraintOperator.Gt, [claim.Value ?? "x"], ConstraintStrength.Hard, null),
        new("colour", ConstraintOperator.Ne, ["red"], ConstraintStrength.Hard, null),
    ];
}
