using AgentRec.Negotiation.Policies;
using NJsonSchema;
using YamlDotNet.Serialization;

namespace AgentRec.Tests.Unit.Negotiation;

/// <summary>The published schema and the reader give the same answer, but for what a schema cannot say.</summary>
public sealed class PolicySchemaTests
{
    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromJsonAsync(PolicySchema.Text));

    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Repository.Root, "infra", "policies");

    [Fact]
    public void Text_IsThePublishedFile() => Assert.Equal(File.ReadAllText(Path.Combine(Folder, "policy.schema.json")), PolicySchema.Text);

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Validate_ShippedPolicy_IsValid(string name)
    {
        var yaml = await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.yaml"));
        Assert.Empty((await Schema.Value).Validate(Json(yaml)));
        var read = RuleSetReader.ReadYaml(yaml);
        Assert.Empty(read.Errors);
        Assert.Empty((await Schema.Value).Validate(RuleSetWriter.WriteJson(read.RuleSet!)));
    }

    [Theory]
    [InlineData("name: a")]
    [InlineData("name: a, version: 3, concession: { maximum: 0.2, rounds: 16 }, agency: { beta: 0, band: 0.1, invited: 400 }, protocol: concession, rules: []")]
    [InlineData("name: a, strata: { head: 0.95, torso: 0.5 }")]
    public Task Validate_ValidDocument_IsValidToBoth(string members) => AssertBothAsync(members, isValid: true);

    [Theory]
    [InlineData("rules: []")]
    [InlineData("name: ''")]
    [InlineData("name: a, color: red")]
    [InlineData("name: a, concession: { maximum: 1.1 }")]
    [InlineData("name: a, concession: { rounds: 1.5 }")]
    [InlineData("name: a, concession: { steps: 1 }")]
    [InlineData("name: a, concession: 3")]
    [InlineData("name: a, agency: { invited: 401 }")]
    [InlineData("name: a, strata: { head: 1 }")]
    [InlineData("name: a, strata: { torso: 0 }")]
    [InlineData("name: a, strata: { tail: 0.1 }")]
    [InlineData("name: a, protocol: dice")]
    [InlineData("name: a, rules: { id: a }")]
    [InlineData("name: a, rules: [3]")]
    public Task Validate_InvalidDocument_IsInvalidToBoth(string members) => AssertBothAsync(members, isValid: false);

    [Theory]
    [InlineData("type: count, facet: genre, values: [x], atLeast: 2")]
    [InlineData("type: count, facet: genre, values: [x, y], forEach: false, atLeast: 2, atMost: 3, priority: -4, severity: hard, sentence: two or three")]
    [InlineData("type: count, facet: provider|decade, forEach: true, atMost: 2")]
    [InlineData("type: count, facet: year, values: [1990], atMost: 2, severity: soft, weight: 0.1")]
    [InlineData("type: share, facet: genre, values: [x], atLeast: 0.25, atMost: 0.5")]
    [InlineData("type: share, facet: genre, forEach: true, atMost: 0.333333")]
    [InlineData("type: distinct, facet: genre, atLeast: 4")]
    [InlineData("type: distinct, facet: genre, values: [x, y], atLeast: 1")]
    [InlineData("type: total, facet: price, atMost: -99.5")]
    [InlineData("type: average, facet: runtime, atLeast: 80, atMost: 120.25")]
    [InlineData("type: gap, facet: genre, atLeast: 2")]
    [InlineData("type: gap, facet: genre, values: [x], atLeast: 50, severity: soft, weight: 1")]
    [InlineData("type: exclude, facet: genre, values: [x]")]
    [InlineData("type: exclude, facet: genre, values: [x], severity: safety")]
    [InlineData("type: allow, facet: genre, values: [x], severity: safety")]
    [InlineData("type: allow, facet: genre, values: [x], severity: soft, weight: 2")]
    [InlineData("type: maturity, atMost: TV-14, severity: safety")]
    [InlineData("type: maturity, facet: rating, atMost: PG, severity: safety")]
    [InlineData("type: frequencyCap, atMost: 3, days: 7, severity: safety")]
    [InlineData("type: calibration, facet: genre, severity: soft, weight: 0.2")]
    [InlineData("type: pin, facet: item, values: [m1], place: 1")]
    [InlineData("type: pin, facet: genre, values: [x], place: 50, severity: soft, weight: 0.2")]
    public Task Validate_ValidRule_IsValidToBoth(string rule) => AssertBothAsync($"name: a, rules: [{{ id: r, {rule} }}]", isValid: true);

    [Theory]
    [InlineData("type: nonsense")]
    [InlineData("facet: genre")]
    [InlineData("type: count, facet: genre, values: [x]")]
    [InlineData("type: count, facet: genre, atMost: 2")]
    [InlineData("type: count, values: [x], atMost: 2")]
    [InlineData("type: count, facet: genre, values: [], atMost: 2")]
    [InlineData("type: count, facet: genre, values: [x, x], atMost: 2")]
    [InlineData("type: count, facet: genre, values: [x], atMost: 1.5")]
    [InlineData("type: count, facet: genre, values: [x], atMost: -1")]
    [InlineData("type: count, facet: genre, values: [x], atMost: many")]
    [InlineData("type: count, facet: genre, values: [x], forEach: true, atMost: 2")]
    [InlineData("type: count, facet: genre, forEach: true, atLeast: 1, atMost: 2")]
    [InlineData("type: count, facet: genre, forEach: 1, atMost: 2")]
    [InlineData("type: count, facet: genre, values: [x], atMost: 2, severity: safety")]
    [InlineData("type: count, facet: genre, values: [x], atMost: 2, severity: soft")]
    [InlineData("type: count, facet: genre, values: [x], atMost: 2, severity: soft, weight: 0")]
    [InlineData("type: count, facet: genre, values: [x], atMost: 2, weight: 1")]
    [InlineData("type: count, facet: genre, values: [x], atMost: 2, place: 1")]
    [InlineData("type: count, facet: genre, values: [x], atMost: 2, days: 1")]
    [InlineData("type: count, facet: genre|, values: [x], atMost: 2")]
    [InlineData("type: count, facet: '|genre', values: [x], atMost: 2")]
    [InlineData("type: count, facet: genre | decade, values: [x], atMost: 2")]
    [InlineData("type: count, facet: '', values: [x], atMost: 2")]
    [InlineData("type: share, facet: genre, values: [x], atMost: 1.1")]
    [InlineData("type: share, facet: genre, values: [x], atMost: 50")]
    [InlineData("type: share, facet: genre, values: [x]")]
    [InlineData("type: distinct, facet: genre")]
    [InlineData("type: distinct, facet: genre, forEach: true, atLeast: 1")]
    [InlineData("type: total, facet: price, values: [x], atMost: 1")]
    [InlineData("type: total, facet: price, atMost: 9000000000")]
    [InlineData("type: average, facet: price")]
    [InlineData("type: average, facet: price, atMost: 200000000")]
    [InlineData("type: gap, facet: genre")]
    [InlineData("type: gap, facet: genre, atLeast: 1")]
    [InlineData("type: gap, facet: genre, atLeast: 51")]
    [InlineData("type: gap, facet: genre, atLeast: 2, atMost: 3")]
    [InlineData("type: exclude, facet: genre")]
    [InlineData("type: exclude, facet: genre, values: [x], atMost: 1")]
    [InlineData("type: allow, facet: genre")]
    [InlineData("type: allow, facet: genre, values: [x], atLeast: 1")]
    [InlineData("type: maturity, atMost: U, severity: safety")]
    [InlineData("type: maturity, atMost: PG")]
    [InlineData("type: maturity, severity: safety")]
    [InlineData("type: frequencyCap, atMost: 3, days: 7")]
    [InlineData("type: frequencyCap, atMost: 0, days: 7, severity: safety")]
    [InlineData("type: frequencyCap, atMost: 3, severity: safety")]
    [InlineData("type: frequencyCap, facet: genre, atMost: 3, days: 7, severity: safety")]
    [InlineData("type: calibration, facet: genre")]
    [InlineData("type: calibration, facet: genre, severity: hard")]
    [InlineData("type: calibration, facet: genre, severity: soft")]
    [InlineData("type: calibration, facet: genre, severity: soft, weight: 1, atMost: 0.2")]
    [InlineData("type: calibration, facet: genre, values: [x], severity: soft, weight: 1")]
    [InlineData("type: pin, facet: genre, values: [x]")]
    [InlineData("type: pin, facet: genre, place: 1")]
    [InlineData("type: pin, facet: genre, values: [x], place: 0")]
    [InlineData("type: pin, facet: genre, values: [x], place: 51")]
    [InlineData("type: pin, facet: genre, values: [x], place: 1, atLeast: 1")]
    [InlineData("type: pin, facet: genre, values: [x], place: 1, severity: safety")]
    public Task Validate_InvalidRule_IsInvalidToBoth(string rule) => AssertBothAsync($"name: a, rules: [{{ id: r, {rule} }}]", isValid: false);

    /// <summary>The few things that the reader sees and a schema cannot say.</summary>
    [Theory]
    [InlineData("name: a, strata: { head: 0.5, torso: 0.6 }", "strata.head")]
    [InlineData("name: a, concession: { maximum: 0.1234567 }", "concession.maximum")]
    [InlineData("name: a, rules: [{ id: r, type: total, facet: price, atLeast: 3, atMost: 2 }]", "rules[0].atLeast")]
    [InlineData("name: a, rules: [{ id: r, type: gap, facet: genre, atLeast: 2 }, { id: r, type: gap, facet: genre, atLeast: 3 }]", "rules[1].id")]
    public async Task Validate_WhatASchemaCannotSay_IsRefusedByTheReader(string members, string path)
    {
        Assert.Empty((await Schema.Value).Validate(Json($"{{ {members} }}")));
        Assert.Equal([path], RuleSetReader.ReadYaml($"{{ {members} }}").Errors.Select(error => error.Path));
    }

    private static async Task AssertBothAsync(string members, bool isValid)
    {
        var json = Json($"{{ {members} }}");
        var found = (await Schema.Value).Validate(json);
        Assert.True(isValid == (found.Count == 0), $"schema: {string.Join("; ", found.Select(error => error.ToString()))}");
        var errors = RuleSetReader.ReadJson(json).Errors;
        Assert.True(isValid == errors.IsEmpty, $"reader: {string.Join("; ", errors.Select(error => $"{error.Path} {error.Message}"))}");
    }

    private static string Json(string yaml)
    {
        var tree = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(yaml);
        return new SerializerBuilder().JsonCompatible().Build().Serialize(tree!);
    }
}
