using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRec.Domain;
using AgentRec.Negotiation.Certificates;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rules;
using Xunit.Abstractions;

namespace AgentRec.Tests.Unit.Negotiation;

public sealed class CertificateTests : IDisposable
{
    private readonly ITestOutputHelper _output;
    private readonly EcdsaSigner _signer = EcdsaSigner.Create();
    private readonly World _world = World.Generate(5, 200);
    private readonly RuleSet _rules = Policies.Read(Policies.SixRules + """

          - { id: cap, type: frequencyCap, atMost: 3, days: 7, severity: safety }
          - { id: rated, type: exclude, facet: maturity, values: [NC-17], severity: safety }
        """);
    private readonly NegotiationResult _result;
    private readonly Certificate _certificate;

    public CertificateTests(ITestOutputHelper output)
    {
        _output = output;
        var window = AgentRec.Negotiation.Windows.CandidateWindow.Of(new Eligibility(_rules, _world).Filter(_world.Candidates, NoHistory.Instance), 7);
        var table = new NegotiationTable(_rules, window, 10, _world);
        _result = new ConcessionProtocol().NegotiateAsync(table, new LocalParties(table, null), Unobserved.Instance, CancellationToken.None).GetAwaiter().GetResult();
        var issuance = new CertificateIssuer(_signer).Issue(_result.Claim(), _rules, Header(), _world, NoHistory.Instance, Window());
        Assert.Empty(issuance.Findings);
        _certificate = issuance.Certificate!;
    }

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void Verify_IssuedCertificate_IsValidWithAndWithoutWindow()
    {
        Assert.Empty(Verify(CertificateText.Write(_certificate)).Findings);
        Assert.Empty(Verify(CertificateText.Write(_certificate), Window()).Findings);
        Assert.Equal<string>(["notConsumed", "cap"], [.. Verify(CertificateText.Write(_certificate)).Attested]);
    }

    [Fact]
    public void Verify_OtherWhiteSpaceAndOrder_IsStillValid()
    {
        var node = JsonNode.Parse(CertificateText.Write(_certificate))!.AsObject();
        var turned = new JsonObject(node.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        Assert.Empty(Verify(turned.ToJsonString(new JsonSerializerOptions { WriteIndented = true })).Findings);
    }

    [Fact]
    public void Verify_AnySingleMemberChanged_IsInvalid()
    {
        var text = CertificateText.Write(_certificate);
        var paths = Leaves(JsonNode.Parse(text)!, "").ToList();
        Assert.True(paths.Count > 100);
        foreach (var path in paths)
        {
            var node = JsonNode.Parse(text)!;
            Alter(node, path);
            Assert.True(Verify(node.ToJsonString()).Findings.Length > 0, $"A change of {path} was not found.");
        }
    }

    [Fact]
    public void Verify_AnyMemberRemovedOrAdded_IsInvalid()
    {
        var text = CertificateText.Write(_certificate);
        foreach (var name in JsonNode.Parse(text)!.AsObject().Select(member => member.Key))
        {
            var node = JsonNode.Parse(text)!.AsObject();
            node.Remove(name);
            Assert.NotEmpty(Verify(node.ToJsonString()).Findings);
        }
        Assert.Equal("format", Verify(text[..^1] + ",\"more\":1}").Findings.Single().Code);
        Assert.Equal("format", Verify(text[..^1] + ",\"turn\":1}").Findings.Single().Code);
        Assert.Equal("format", Verify(text.Replace("\"turn\":1", "\"turn\":1.0", StringComparison.Ordinal)).Findings.Single().Code);
        Assert.Equal("format", Verify(text.Replace("\"turn\":1", "\"turn\":1e0", StringComparison.Ordinal)).Findings.Single().Code);
        Assert.Equal("format", Verify("[]").Findings.Single().Code);
        Assert.Equal("format", Verify("null").Findings.Single().Code);
        Assert.Equal("format", Verify("""{"a":"\ud800"}""").Findings.Single().Code);
        Assert.Equal("format", Verify("""{"\ud800":"a"}""").Findings.Single().Code);
    }

    [Fact]
    public void Verify_AnyCharacterOfTheSignatureChanged_IsInvalid()
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var signature = _certificate.Signature;
        Assert.Equal(86, signature.Length);
        for (var i = 0; i < signature.Length; i++)
        {
            foreach (var other in i == signature.Length - 1 ? alphabet : "Az-")
            {
                if (other != signature[i])
                    Assert.Contains(Verify(CertificateText.Write(_certificate with { Signature = signature[..i] + other + signature[(i + 1)..] })).Findings, finding => finding.Code == "signature");
            }
        }
        foreach (var text in new[] { "", signature + "=", signature + " ", " " + signature, signature[..^1], signature + "A" })
            Assert.Contains(Verify(CertificateText.Write(_certificate with { Signature = text })).Findings, finding => finding.Code == "signature");
    }

    [Fact]
    public void Verify_FalseContentSignedWithTheRightKey_IsInvalid()
    {
        var rules = _certificate.Rules;
        Certificate[] lies =
        [
            _certificate with { Slate = _certificate.Slate.SetItem(0, _certificate.Slate[1]) },
            _certificate with { Slate = [.. _certificate.Slate.Reverse()] },
            _certificate with { Slate = [.. _certificate.Slate.Skip(1)], Witnesses = [.. _certificate.Witnesses.Skip(1)] },
            _certificate with { Witnesses = _certificate.Witnesses.SetItem(0, _certificate.Witnesses[0] with { Facets = _certificate.Witnesses[0].Facets.SetItem("stratum", ["tail", "x"]) }) },
            _certificate with { Rules = rules.SetItem(1, rules[1] with { AtMost = rules[1].AtMost + 1_000_000 }) },
            _certificate with { Rules = rules.SetItem(1, rules[1] with { Value = rules[1].Value + 1 }) },
            _certificate with { Rules = rules.SetItem(1, rules[1] with { Verdict = RuleVerdict.Relaxed }) },
            _certificate with { Rules = rules.SetItem(1, rules[1] with { Kind = RuleKind.Attested }) },
            _certificate with { Rules = rules.RemoveAt(1) },
            _certificate with { Rules = rules.SetItem(0, rules[0] with { Value = 1_000_000, Verdict = RuleVerdict.Missed }) },
            _certificate with { Outcome = NegotiationOutcome.Relaxed },
            _certificate with { Outcome = NegotiationOutcome.Arbitrated },
            _certificate with { Result = _certificate.Result with { Utility = _certificate.Result.Utility / 2 } },
            _certificate with { Result = _certificate.Result with { Utility = _certificate.Result.OpeningUtility + 1 } },
            _certificate with { Result = _certificate.Result with { Short = true } },
            _certificate with { Result = _certificate.Result with { Rounds = 5 } },
            _certificate with { Result = _certificate.Result with { LimitExceeded = 3 } },
            _certificate with { PolicyVersion = 2 },
            _certificate with { PolicyName = "other" },
            _certificate with { SlateSize = 11 },
            _certificate with { WindowDigest = new string('0', 64) },
            _certificate with { WindowSize = 9 },
            _certificate with { KeyId = "other" },
            _certificate with { IssuedAt = "yesterday" },
        ];
        foreach (var (lie, i) in lies.Select((lie, i) => (lie, i)))
            Assert.True(Verify(CertificateText.Write(Sign(lie)), Window()).Findings.Length > 0, $"Lie {i} was not found.");
    }

    [Fact]
    public void Verify_HistoryKnown_RecomputesAttestedRules()
    {
        var consumed = new History([_certificate.Slate[3]], 0);
        Assert.Contains(Verify(CertificateText.Write(_certificate), history: consumed).Findings, finding => finding.Code == "safety");
        Assert.Contains(Verify(CertificateText.Write(_certificate), history: new History([], 2)).Findings, finding => finding.Code == "rule-value");
        Assert.Contains(Verify(CertificateText.Write(_certificate), history: new History([], 3)).Findings, finding => finding.Code == "safety");
        Assert.Empty(Verify(CertificateText.Write(_certificate), history: NoHistory.Instance).Findings);
    }

    [Fact]
    public void Issue_FalseClaim_IsRefused()
    {
        var claim = _result.Claim();
        var issuer = new CertificateIssuer(_signer);
        SlateClaim[] lies =
        [
            claim with { Slate = claim.Slate.SetItem(0, "nowhere") },
            claim with { Slate = claim.Slate.SetItem(0, claim.Slate[1]) },
            claim with { Outcome = NegotiationOutcome.Relaxed },
            claim with { Result = claim.Result with { Utility = claim.Result.Utility - 10 } },
            claim with { WindowDigest = new string('a', 64) },
        ];
        foreach (var lie in lies)
            Assert.Null(issuer.Issue(lie, _rules, Header(), _world, NoHistory.Instance, Window()).Certificate);
        Assert.Null(issuer.Issue(claim, _rules, Header(), _world, new History([claim.Slate[0]], 0), Window()).Certificate);
    }

    [Fact]
    public void Import_ExportedKey_SignsUnderTheSameId()
    {
        using var restored = EcdsaSigner.Import(_signer.ExportPrivateKey());
        Assert.Equal(_signer.KeyId, restored.KeyId);
        Assert.Empty(Verify(CertificateText.Write(_certificate with { Signature = restored.Sign(System.Text.Encoding.UTF8.GetBytes(CertificateText.WriteUnsigned(_certificate))) })).Findings);
    }

    // A timing says little while other tests run on the same cores: the long suite measures it.
    [Fact, Trait("Category", "Long")]
    public void Verify_TenItemsEightRules_TakesNoLongerThanFifteenBareSignatureChecks()
    {
        var text = CertificateText.Write(_certificate);
        using var document = JsonDocument.Parse(text);
        var sources = Sources(null);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var data = System.Text.Encoding.UTF8.GetBytes(text);
        var signature = key.SignData(data, HashAlgorithmName.SHA256);
        // By turns, so that a loaded machine slows both: a bare check takes about 0.06 ms, fifteen less than 1 ms.
        var (whole, bare) = (new List<double>(), new List<double>());
        for (var i = 0; i < 2000; i++)
            Milliseconds(() => CertificateVerifier.Verify(document.RootElement, null, sources).IsValid);
        for (var i = 0; i < 600; i++)
        {
            whole.Add(Milliseconds(() => CertificateVerifier.Verify(document.RootElement, null, sources).IsValid));
            bare.Add(Milliseconds(() => key.VerifyData(data, signature, HashAlgorithmName.SHA256)));
        }
        whole.Sort();
        bare.Sort();
        _output.WriteLine($"verification median {whole[300]:F3} ms, p99 {whole[594]:F3} ms; bare {bare[300]:F3} ms; {text.Length} characters");
        Assert.True(whole[300] <= 15 * bare[300], $"{whole[300]:F3} ms against {bare[300]:F3} ms bare");
    }

    private static double Milliseconds(Func<bool> isValid)
    {
        var started = Stopwatch.GetTimestamp();
        Assert.True(isValid());
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static IEnumerable<string> Leaves(JsonNode node, string path) => node switch
    {
        JsonObject map => map.SelectMany(member => Leaves(member.Value!, $"{path}/{member.Key}")),
        JsonArray list => list.SelectMany((item, i) => Leaves(item!, $"{path}/{i}")),
        _ => [path],
    };

    private static void Alter(JsonNode node, string path)
    {
        var steps = path[1..].Split('/');
        foreach (var step in steps[..^1])
            node = node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
        var last = steps[^1];
        var old = node is JsonArray array ? array[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)]! : node[last]!;
        JsonNode changed = old.GetValueKind() == JsonValueKind.Number ? old.GetValue<long>() + 1 : old.GetValue<string>() + "x";
        if (node is JsonArray target)
            target[int.Parse(last, System.Globalization.CultureInfo.InvariantCulture)] = changed;
        else
            node[last] = changed;
    }

    private static CertificateHeader Header() => new(
        "c1", "default", "s1", 1, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), ImmutableSortedDictionary<string, string>.Empty.Add("blend", "v1"), 3, 17);

    private JsonElement Window() => JsonDocument.Parse(_result.Table.Window.Canonical).RootElement;

    private Certificate Sign(Certificate certificate) => certificate with { Signature = _signer.Sign(System.Text.Encoding.UTF8.GetBytes(CertificateText.WriteUnsigned(certificate))) };

    private VerificationSources Sources(IPrivateFacts? history) => new(
        (name, version) => name == _rules.Name && version == 1 ? _rules : null,
        id => _signer.PublicKeys.SingleOrDefault(key => key.KeyId == id),
        history,
        _world);

    private Verification Verify(string text, JsonElement? window = null, IPrivateFacts? history = null)
    {
        using var document = JsonDocument.Parse(text);
        return CertificateVerifier.Verify(document.RootElement, window, Sources(history));
    }

    private sealed class History(ImmutableArray<string> consumed, int shown) : IPrivateFacts
    {
        public bool IsConsumed(string itemId) => consumed.Contains(itemId);

        public int Shown(string itemId, int days) => shown;

        public FacetShares? Target(string facet) => new(facet, []);
    }
}
