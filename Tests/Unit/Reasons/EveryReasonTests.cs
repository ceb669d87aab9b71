using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Grains.Reasons;
using AgentRec.Import.Sample;
using AgentRec.Recommenders;
using AgentRec.Recommenders.Memory;
using AgentRec.Tests.Unit.Negotiation;
using AgentRec.Tests.Unit.Recommenders;
using Xunit.Abstractions;

namespace AgentRec.Tests.Unit.Reasons;

/// <summary>Every claim that is shown to anybody can be verified, and none that is tampered with.</summary>
public sealed class EveryReasonTests(ITestOutputHelper output)
{
    private static readonly Lazy<ReasonWorld> Sample = new(() => new ReasonWorld(Catalogue.Create(SampleWorld.Films()), SampleWorld.Ratings(SampleWorld.DefaultSeed)));
    private static readonly Lazy<ReasonWorld> Films = new(() => new ReasonWorld(MovieLens.Films(), MovieLens.Ratings()));

    private static readonly ImmutableArray<Constraint> Wishes =
    [
        new(FacetNames.Genre, ConstraintOperator.In, ["Drama", "Comedy"], ConstraintStrength.Soft, "a drama or a comedy"),
        new(FacetNames.Genre, ConstraintOperator.Ne, ["Horror"], ConstraintStrength.Soft, "no horror"),
        new(FacetNames.Year, ConstraintOperator.Ge, ["1990"], ConstraintStrength.Soft, "not too old"),
        new(FacetNames.Decade, ConstraintOperator.Eq, ["1990s"], ConstraintStrength.Soft, "from the 90s"),
        new(FacetNames.Maturity, ConstraintOperator.Ne, ["R"], ConstraintStrength.Soft, "not R"),
    ];

    [Fact]
    public Task Verify_EveryTwentiethUserOfTheSample_DropsNothing() => CheckAsync(Sample.Value, 20, needsEveryKind: true);

    [Fact, Trait("Category", "Long")]
    public Task Verify_EveryUserOfTheSample_DropsNothing() => CheckAsync(Sample.Value, 1, needsEveryKind: true);

    [SharedDataFact, Trait("Category", "Long")]
    public Task Verify_EveryUserOfMovieLens_DropsNothing() => CheckAsync(Films.Value, 1, needsEveryKind: true);

    private async Task CheckAsync(ReasonWorld world, int step, bool needsEveryKind)
    {
        var rules = Policies.Shipped("balanced");
        var shown = new SortedDictionary<EvidenceKind, int>();
        var (paths, plain, items, tampered) = (0, 0, 0, 0);
        for (var place = 0; place < world.Users.Length; place += step)
        {
            var user = world.Users[place];
            // Every other user has asked for something.
            var turn = await world.TurnAsync(user, rules, place / step % 2 == 0 ? [] : Wishes);
            var rated = world.Ratings(user);
            var verifier = new ClaimVerifier(turn.Facts);
            foreach (var (item, contributions, claims) in turn.Items)
            {
                var (explanation, dropped) = verifier.Verify(item, contributions, claims);
                Assert.True(dropped.IsEmpty, $"user {user}, item {item}: {string.Join("; ", dropped)}");
                items++;
                plain += explanation.Evidence.IsEmpty ? 1 : 0;
                foreach (var claim in explanation.Evidence)
                {
                    shown[claim.Kind] = shown.GetValueOrDefault(claim.Kind) + 1;
                    paths += claim is { Kind: EvidenceKind.Fact, ItemId: not null } ? 1 : 0;
                    if (claim.ItemId is { } own)
                        MatchLog(rated, own, claim);
                    Assert.False(HoldsForeignFigures(world.Model.Catalogue, rules, rated, claim), claim.Text);
                    foreach (var forged in Tampering.Of(claim, item, turn, world.Model.Catalogue))
                    {
                        tampered++;
                        Assert.False(verifier.Holds(item, contributions, forged), $"user {user}, item {item}: {claim} became {forged}");
                    }
                }
            }
        }
        output.WriteLine($"{items} items, {plain} without a claim; claims verified: {string.Join(", ", shown.Select(kind => $"{kind.Key} {kind.Value}"))}; paths {paths}; tampered claims caught: {tampered}.");
        Assert.True(paths > 0);
        if (needsEveryKind)
            Assert.Equal(Enum.GetValues<EvidenceKind>(), shown.Keys);
    }

    /// <summary>Reads the log itself: the item is the user's own and was rated well, as the words say where they say a rating.</summary>
    private static void MatchLog(Interaction[] log, string own, Evidence claim)
    {
        var rating = Assert.Single(log, one => string.Equals(one.ItemId, own, StringComparison.Ordinal));
        Assert.True(rating.Value >= Interaction.PositiveRating, claim.Text);
        var isRemembered = log[^Math.Min(log.Length, UserMemory.EpisodicCapacity)..].Contains(rating);
        Assert.Equal(isRemembered, claim.Text.Contains($"gave {rating.Value!.Value.ToString(CultureInfo.InvariantCulture)} of 5", StringComparison.Ordinal));
    }

    /// <summary>What is left of a claim's words without titles, its own fields, wishes, sentences of rules and own ratings holds no digit.</summary>
    private static bool HoldsForeignFigures(Catalogue catalogue, RuleSet rules, Interaction[] log, Evidence claim)
    {
        var text = claim.Text;
        if (claim.ItemId is { } own && catalogue.TryHandle(own, out var handle))
        {
            var rating = Array.Find(log, one => string.Equals(one.ItemId, own, StringComparison.Ordinal))!.Value!.Value;
            text = text.Replace(catalogue.Item(handle).Title, "", StringComparison.Ordinal)
                .Replace($"gave {rating.ToString(CultureInfo.InvariantCulture)} of 5", "", StringComparison.Ordinal);
        }
        string?[] allowed = claim.Kind switch
        {
            EvidenceKind.Fact => [claim.Value],
            EvidenceKind.Constraint => [.. Wishes.Where(wish => string.Equals(wish.Facet, claim.Facet, StringComparison.Ordinal)).SelectMany(wish => wish.Values)],
            EvidenceKind.Rule => [.. rules.Rules.Select(rule => rule.Sentence), claim.Value],
            _ => [],
        };
        foreach (var words in allowed.Where(words => !string.IsNullOrEmpty(words)).OrderByDescending(words => words!.Length))
            text = text.Replace(words!, "", StringComparison.Ordinal);
        return text.Any(char.IsDigit);
    }
}
