using System.Globalization;
using System.Numerics;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Keys;
using CsCheck;

namespace AgentRec.Tests.Unit.Grains;

public sealed class GrainKeyTests
{
    private static readonly string[] Hostile =
    [
        "1", "01", "001", "0x1", "abc", "ABC", "+", " ", "  ", "/", "//", "%", "%2F", "%2f", "%252F", "%25", "a/b", "a%2Fb", "a+b", "a b", "-", "~", ".", "..",
        "🎬", "é", "e\u0301", "ß", "ss", "ı", "I", "i", "İ", "\u200d", "\u00a0", "null", "u/default/1", "i/default/1", "default", "'; DROP TABLE log; --", "\\", "?", "#", "&",
    ];

    private static readonly Gen<string> Ids = Gen.Frequency(
        (3, Gen.OneOf(Hostile)),
        (2, Gen.OneOf(Hostile).List[1, 4].Select(string.Concat)),
        (2, Gen.String[Gen.Char["0123456789abcdefABCDEF+-/%"], 1, 12]),
        (1, Gen.Int[100, Identifier.MaximumLength].Select(length => new string('f', length))),
        (1, Gen.Int[1, Identifier.MaximumLength].Select(length => string.Concat(Enumerable.Repeat("🎬", length)))));

    private static readonly Gen<(int Kind, string Tenant, string Id)> Names = Gen.Select(Gen.Int[0, 3], Ids, Ids);

    [Fact]
    public void Make_OfDistinctNames_GivesDistinctKeys() => Gen.Select(Names, Names).Sample(
        (one, other) => string.Equals(Make(one), Make(other), StringComparison.Ordinal) == (one == other), iter: 20_000);

    [Fact]
    public void Make_OfNamesThatLookAlike_GivesDistinctKeys()
    {
        var names = from kind in Enumerable.Range(0, 4) from tenant in Hostile from id in Hostile select (kind, tenant, id);

        Assert.Equal(4 * Hostile.Length * Hostile.Length, names.Select(Make).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Parse_OfAnyKey_GivesTheNamesBack() => Names.Sample(
        name => GrainKey.Parse(Make(name)) == (name.Tenant, name.Id), iter: 10_000);

    [Fact]
    public void Make_OfAnyName_IsNoHexadecimalNumberAndHasNoPlus() => Names.Sample(
        name => !Make(name).Contains('+', StringComparison.Ordinal)
            && !BigInteger.TryParse(Make(name).Replace("/", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _)
            && Make(name).All(character => character is > ' ' and < '\x7f'),
        iter: 10_000);

    [Fact]
    public void Tenant_OfAnyTenant_IsNoOtherKey()
    {
        Assert.Equal(("a tenant", "-"), GrainKey.Parse(GrainKey.Tenant("a tenant")));
        Assert.Equal(5, new[] { GrainKey.Tenant("t"), GrainKey.User("t", "-"), GrainKey.Item("t", "-"), GrainKey.Session("t", "-"), GrainKey.Policy("t", "-") }
            .Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Make_OfAnInvalidId_Throws()
    {
        foreach (var id in (string[])["", "a\nb", "\ud83c", new string('x', Identifier.MaximumLength + 1)])
        {
            Assert.Throws<ArgumentException>(() => GrainKey.User("default", id));
            Assert.Throws<ArgumentException>(() => GrainKey.User(id, "u"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("u/default")]
    [InlineData("user/default/1")]
    [InlineData("u/default/1/2")]
    public void Parse_OfSomethingElse_Throws(string key) => Assert.Throws<ArgumentException>(() => GrainKey.Parse(key));

    private static string Make((int Kind, string Tenant, string Id) name) => name.Kind switch
    {
        0 => GrainKey.User(name.Tenant, name.Id),
        1 => GrainKey.Item(name.Tenant, name.Id),
        2 => GrainKey.Session(name.Tenant, name.Id),
        _ => GrainKey.Policy(name.Tenant, name.Id),
    };
}
