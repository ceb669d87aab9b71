using AgentRec.Domain;
using AgentRec.Negotiation.Policies;

namespace AgentRec.Tests.Unit.Negotiation;

public sealed class RuleSetReaderTests
{
    [Theory]
    [InlineData("default", 2)]
    [InlineData("balanced", 7)]
    [InlineData("longtail", 3)]
    [InlineData("mild", 3)]
    [InlineData("strict", 3)]
    [InlineData("infeasible", 2)]
    public void ReadYaml_ShippedPolicy_IsReadAndSurvivesJson(string name, int rules)
    {
        var reading = RuleSetReader.ReadYaml(File.ReadAllText(Path.Combine(Repository.Root, "infra", "policies", $"{name}.yaml")));
        Assert.Empty(reading.Errors);
        Assert.Equal(name, reading.RuleSet!.Name);
        Assert.Equal(rules, reading.RuleSet.Rules.Length);
        var json = RuleSetWriter.WriteJson(reading.RuleSet);
        Assert.Equal(reading.RuleSet, RuleSetReader.ReadJson(json).RuleSet);
        Assert.Equal(json, RuleSetWriter.WriteJson(RuleSetReader.ReadJson(json).RuleSet!));
        Assert.Equal(reading.RuleSet, RuleSetReader.ReadYaml(json).RuleSet);
    }

    [Theory]
    [InlineData("id: a, type: nonsense", "rules[0].type")]
    [InlineData("type: exclude, facet: genre, values: [x]", "rules[0].id")]
    [InlineData("id: notConsumed, type: exclude, facet: genre, values: [x]", "rules[0].id")]
    [InlineData("id: a, type: exclude, facet: genre", "rules[0].values")]
    [InlineData("id: a, type: count, facet: genre, values: [x]", "rules[0].atLeast")]
    [InlineData("id: a, type: count, facet: genre, values: [x], atLeast: 4, atMost: 3", "rules[0].atLeast")]
    [InlineData("id: a, type: count, facet: genre, values: [x], atMost: -1", "rules[0].atMost")]
    [InlineData("id: a, type: count, facet: genre, values: [x], atMost: 1.5", "rules[0].atMost")]
    [InlineData("id: a, type: count, facet: genre, values: [x], atMost: many", "rules[0].atMost")]
    [InlineData("id: a, type: count, facet: genre, forEach: true, values: [x], atMost: 1", "rules[0].values")]
    [InlineData("id: a, type: count, facet: genre, forEach: 1, atMost: 1", "rules[0].forEach")]
    [InlineData("id: a, type: count, values: [x], atMost: 1", "rules[0].facet")]
    [InlineData("id: a, type: count, facet: genre, values: [x, x], atMost: 1", "rules[0].values[1]")]
    [InlineData("id: a, type: count, facet: genre, values: [x], atMost: 1, severity: soft", "rules[0].weight")]
    [InlineData("id: a, type: count, facet: genre, values: [x], atMost: 1, severity: soft, weight: -1", "rules[0].weight")]
    [InlineData("id: a, type: count, facet: genre, values: [x], atMost: 1, severity: safety", "rules[0].severity")]
    [InlineData("id: a, type: count, facet: genre, values: [x], atMost: 1, severity: iron", "rules[0].severity")]
    [InlineData("id: a, type: frequencyCap, atMost: 3, severity: safety", "rules[0].days")]
    [InlineData("id: a, type: frequencyCap, atMost: 3, days: 7", "rules[0].severity")]
    [InlineData("id: a, type: maturity, atMost: U, severity: safety", "rules[0].atMost")]
    [InlineData("id: a, type: exclude, facet: genre, values: [x], color: red", "rules[0].color")]
    public void ReadYaml_WrongRule_NamesTheMember(string rule, string path)
    {
        var reading = RuleSetReader.ReadYaml($"name: a\nrules:\n  - {{ {rule} }}\n");
        Assert.Null(reading.RuleSet);
        Assert.Contains(path, reading.Errors.Select(error => error.Path));
        Assert.All(reading.Errors, error => Assert.False(string.IsNullOrWhiteSpace(error.Message)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a: [")]
    [InlineData("- a")]
    [InlineData("a: &x 1\nb: *x")]
    [InlineData("name: !!binary aGk=")]
    [InlineData("name: a\n---\nname: b")]
    [InlineData("a: [[[[[[[[[[1]]]]]]]]]]")]
    [InlineData("rules: []")]
    [InlineData("name: a\nname: b")]
    [InlineData("name: a\nconcession: { maximum: 2 }")]
    [InlineData("name: a\nconcession: { rounds: 0 }")]
    [InlineData("name: a\nagency: { beta: -1 }")]
    [InlineData("name: a\nstrata: { head: 0.5, torso: 0.5 }")]
    [InlineData("name: a\nstrata: { head: 1 }")]
    [InlineData("name: a\nstrata: { torso: 0 }")]
    [InlineData("name: a\nstrata: { tail: 0.1 }")]
    [InlineData("name: a\nprotocol: dice")]
    [InlineData("name: a\nrules: 3")]
    [InlineData("? [a]\n: b")]
    public void ReadYaml_WrongDocument_IsRefused(string text) => Assert.NotEmpty(RuleSetReader.ReadYaml(text).Errors);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"name":"a","name":"b"}""")]
    public void ReadJson_WrongDocument_IsRefused(string text) => Assert.NotEmpty(RuleSetReader.ReadJson(text).Errors);

    [Theory]
    [InlineData("id: a, type: share, facet: genre, values: [x], atMost: 0.5")]
    [InlineData("id: a, type: average, facet: price, atLeast: -0.5")]
    [InlineData("id: a, type: gap, facet: provider|decade, atLeast: 2")]
    [InlineData("id: a, type: allow, facet: genre, values: [x], severity: safety")]
    [InlineData("id: a, type: calibration, facet: genre, severity: soft, weight: 0.2, sentence: calm")]
    [InlineData("id: a, type: pin, facet: item, values: [x], place: 7, priority: 3")]
    public void ReadYaml_RuleOfEveryType_SurvivesJson(string rule)
    {
        var rules = Policies.WithRules(rule) with { Version = 0 };
        Assert.Equal(rules, RuleSetReader.ReadJson(RuleSetWriter.WriteJson(rules)).RuleSet);
    }

    [Fact]
    public void ReadYaml_Strata_AreReadAndSurviveJson()
    {
        var rules = Policies.Read("name: a\nstrata: { head: 0.95 }");
        Assert.Equal(new Strata(0.95m, 0.6m), rules.Strata);
        Assert.Equal(rules.Strata, RuleSetReader.ReadJson(RuleSetWriter.WriteJson(rules)).RuleSet!.Strata);
        Assert.Equal(Strata.Default, Policies.Read("name: a").Strata);
    }

    [Fact]
    public void ReadYaml_SameIdTwice_IsRefused() =>
        Assert.Equal(
            "rules[1].id",
            Assert.Single(RuleSetReader.ReadYaml("name: a\nrules:\n  - { id: x, type: exclude, facet: g, values: [a] }\n  - { id: x, type: exclude, facet: g, values: [b] }\n").Errors).Path);

    [Fact]
    public void ReadYaml_MaturityByName_KeepsItsStep()
    {
        var rules = Policies.WithRules("id: a, type: maturity, atMost: TV-14, severity: safety");
        Assert.Equal(2, rules.Rules[0].AtMost);
        Assert.Contains("\"atMost\":\"PG-13\"", RuleSetWriter.WriteJson(rules), StringComparison.Ordinal);
    }
}
