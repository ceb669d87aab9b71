using AgentRec.Domain;
using AgentRec.Language.Readings;
using CsCheck;

namespace AgentRec.Tests.Unit.Language;

/// <summary>What holds for every message, whatever it says.</summary>
public sealed class ReadingPropertyTests
{
    private static readonly string[] Phrases =
    [
        .. LabelledRequest.Of("labelled.txt").Select(request => request.Message),
        "not", "no more", "under", "between", "and", "or", "the second", "too", "like", "like the first but", "$", "€30", "#", "90s", "1999", "-", "if possible",
        "preferably", "forget the", "🎬", "((([[[", "'", "\u0301", "\ud800", "999999999999999999999999", "1,000,000", "0", "top", "than", "by price,", "ﬁ", "Ünïcödé",
    ];

    private static readonly string[] Shown = ["Heat", "Toy Story", "nowhere to be found"];

    private static readonly Gen<string> Phrase = Gen.Int[0, Phrases.Length - 1].Select(place => Phrases[place]);

    /// <summary>Anything at all, and what looks like sense.</summary>
    private static readonly Gen<string> Messages = Gen.OneOf(
        Gen.String[0, 200],
        Phrase.Array[1, 12].Select(parts => string.Join(' ', parts)),
        Gen.Select(Phrase, Phrase, Gen.Int[0, 40], (one, other, cut) => one[..Math.Min(cut, one.Length)] + other));

    [Fact]
    public void Read_OfAnyMessage_IsTheSameEachTimeAndQuotesTheMessage() => Messages.Sample(
        message =>
        {
            foreach (var reader in LabelledRequest.Readers.Values)
            {
                var reading = reader.Read(message, [.. Shown]);
                Assert.Equal(LabelledRequest.Written(reading).AsEnumerable(), LabelledRequest.Written(reader.Read(message, [.. Shown])));
                Assert.All(Sources(reading), source => Assert.Contains(source, message, StringComparison.Ordinal));
                Assert.All(reading.Constraints, one => Assert.NotEmpty(one.Values));
                Assert.True(reading.Quantity is null or >= 1 and <= TurnRequest.GreatestSlateSize, $"{reading.Quantity} items");
            }
        },
        iter: 2_000);

    [Fact]
    public void Read_OfNumericBounds_YieldsNumbers() => Messages.Sample(
        message => Assert.All(
            LabelledRequest.Readers["shop"].Read(message, []).Constraints.Where(one => one.Op is ConstraintOperator.Lt or ConstraintOperator.Le or ConstraintOperator.Gt or ConstraintOperator.Ge),
            one => Assert.True(double.TryParse(Assert.Single(one.Values), System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number), one.Values[0])),
        iter: 2_000);

    [Theory]
    [InlineData("a ")]
    [InlineData("not ")]
    [InlineData("not a ")]
    [InlineData("((((")]
    [InlineData("🎬")]
    [InlineData("under ")]
    [InlineData("comedy or ")]
    [InlineData("comedy, ")]
    [InlineData("grand budapest ")]
    [InlineData("like the ")]
    [InlineData("wrods ")]
    [InlineData("9")]
    [InlineData("9 ")]
    [InlineData("two hundred ")]
    [InlineData("forget the year and ")]
    [InlineData("from 1990 to ")]
    public void Read_OfALongMessage_DoesWorkThatGrowsWithItsLengthAlone(string piece)
    {
        var reader = LabelledRequest.Readers["films"];
        Allocated(1_000);

        // Eight times as long: a quadratic reading would allocate 64 times as much.
        Assert.InRange((double)Allocated(8_000) / Allocated(1_000), 1, 16);

        // What a reading allocates is a measure of its work that no other load of the machine disturbs.
        long Allocated(int length)
        {
            var message = Repeated(piece, length);
            var before = GC.GetAllocatedBytesForCurrentThread();
            reader.Read(message, []);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Read_OfANumberWithFourHundredDigits_NamesItAndGoesOn()
    {
        var digits = new string('7', 400);

        var reading = LabelledRequest.Readers["films"].Read($"a comedy under {digits} minutes", []);

        Assert.Equal("Comedy", Assert.Single(reading.Constraints).Values[0]);
        Assert.Contains(digits, Assert.Single(reading.NotUnderstood), StringComparison.Ordinal);
    }

    private static string Repeated(string piece, int length) => string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];

    private static IEnumerable<string> Sources(RequestReading reading) =>
    [
        .. reading.Constraints.Select(one => one.Source!), .. reading.Anchors.Select(one => one.Source), .. reading.Orderings.Select(one => one.Source),
        .. reading.Titles.Select(one => one.Source), .. reading.Withdrawals.Select(one => one.Source), .. reading.NotUnderstood,
    ];
}
