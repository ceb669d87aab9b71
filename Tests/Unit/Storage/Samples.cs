using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>Records of every kind, filled to the last member.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2024, 5, 1, 18, 30, 0, TimeSpan.Zero);

    public static readonly Item Film = new(
        "m/1 🎬",
        "Léon, \"The\" <Professional> & others",
        "acme",
        Item.NoFacets.Add("genre", ["Crime", "Drama"]).Add("year", ["1994"]).Add("Zone", ["a", "b"]),
        "hit man");

    public static Interaction Rating(string user, string item, double value, DateTimeOffset? at = null) =>
        new($"rate/{user}/{item}", user, item, InteractionType.Rate, value, at);

    public static LoggedEvent Event(long sequence, UserEvent happened) => new(sequence, Start.AddMinutes(sequence), happened);

    public static LoggedEvent Rated(long sequence, string user, string item, double value = 4) =>
        Event(sequence, new InteractionRecorded(Rating(user, item, value, Start)));

    public static SessionOpened Opened(string session) =>
        new(session, ulong.MaxValue, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("device", "tv").Add("Zone", "x"));

    public static TurnTaken Turn(string session, int turn, params string[] items) => new(new TurnRecord(
        session,
        "digest",
        new TurnRequest(
            $"{session}-{turn}",
            "something calm",
            [
                new Constraint("year", ConstraintOperator.Ge, ["1990"], ConstraintStrength.Hard, "from 1990"),
                new Constraint("genre", ConstraintOperator.In, ["Drama", "Crime"], ConstraintStrength.Soft, null),
            ],
            10,
            "default",
            "concession",
            new Answer("q1", "yes")),
        new TurnResult(
            turn,
            $"{session}-{turn}",
            TurnKind.Slate,
            new Slate([.. items.Select((item, index) => new SlateItem(
                item,
                $"Title of {item}",
                index + 1,
                0.85,
                ["ease", "content"],
                new Explanation("Because.", [new Evidence(EvidenceKind.History, "m9", null, null, "You liked m9."), new Evidence(EvidenceKind.Fact, null, "genre", "Drama", "A drama.")])))]),
            new Question("q2", "Long or short?", ["long", "short"]),
            $"c-{session}-{turn}",
            new NegotiationSummary("concession", NegotiationOutcome.Relaxed, true, 3, 0.97, [new Relaxation("long-tail", 3, 2, "Only two are left.")]),
            [new Constraint("genre", ConstraintOperator.Ne, ["Horror"], ConstraintStrength.Hard, null)],
            ["calm"],
            [new Degradation("content", "timed out")],
            ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add("plan", 0.25).Add("Total", 12)),
        [new TurnEvent(1, TurnEventKind.Plan, """{"tools":["ease"]}"""), new TurnEvent(2, TurnEventKind.ToolCall, "{}"), new TurnEvent(3, TurnEventKind.Slate, "{}")]));
}
