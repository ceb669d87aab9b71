using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Tenants;
using AgentRec.Negotiation.Certificates;
using AgentRec.Negotiation.Policies;
using AgentRec.Negotiation.Proposals;
using AgentRec.Negotiation.Protocol;
using AgentRec.Negotiation.Rehearsal;
using AgentRec.Negotiation.Windows;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace AgentRec.Grains.Policies;

/// <inheritdoc cref="IPolicyAgent"/>
[GrainType("policy"), StatelessWorker, Reentrant]
internal sealed class PolicyAgent(
    PolicyDirectory directory,
    SigningKeys keys,
    IUserLog log,
    ICertificateStore certificates,
    TenantServing tenant,
    [FromKeyedServices(DomainTime.Key)] TimeProvider time) : Grain, IPolicyAgent
{
    private const string ModelName = "recommender";

    private string Tenant => tenant.Name;

    public async ValueTask<Review> Review(ReviewRequest request)
    {
        var rules = await directory.RequireAsync(Tenant, request.Policy, CancellationToken.None);
        return new PolicyReview(rules, request.Window, tenant.Serving.Of(request.ModelVersion).Catalogue).Review(request.Slate, request.Relaxed);
    }

    public async Task<RankedOffer> Rank(PolicyRankRequest request)
    {
        var rules = await directory.RequireAsync(Tenant, request.Policy, CancellationToken.None);
        return RankedOffers.Policy(rules, request.Window, tenant.Serving.Of(request.ModelVersion).Catalogue, request.Call);
    }

    public async Task<CertifyOutcome> Certify(CertifyRequest request)
    {
        if (ClaimForm.Problem(request.Claim) is { } problem)
            return new CertifyOutcome(null, null, null, null, [problem]);
        var now = time.GetUtcNow();
        var rules = await directory.RequireAsync(Tenant, request.Policy, CancellationToken.None);
        var window = CandidateWindow.Of(request.Window, request.Seed);
        var catalogue = tenant.Serving.Of(request.ModelVersion).Catalogue;
        var history = await LoggedFacts.ReadAsync(log, Tenant, request.UserId, request.Sequence, request.Claim.Slate, rules, catalogue, now, CancellationToken.None);
        var header = new CertificateHeader(
            CertificateId(request), Tenant, request.SessionId, request.Turn, now,
            ImmutableSortedDictionary<string, string>.Empty.Add(ModelName, request.ModelVersion), request.LedgerVersion, request.Sequence);
        // Checking may search: not on the grain's own turn.
        var assignment = new Assignment(rules, window, request.SlateSize, request.Protocol, request.Absent);
        var signer = await keys.SignerAsync(CancellationToken.None);
        var approval = await Task.Run(() => new CertificateIssuer(signer).Approve(request.Claim, assignment, header, catalogue, history));
        if (approval.Slate is not { } approved)
            return new CertifyOutcome(null, null, null, null, approval.Findings);
        var certificate = approved.Certificate;
        return new CertifyOutcome(
            certificate.Id, CertificateText.Write(certificate), window.Canonical, new ApprovedResult(certificate.Slate, approved.Summary), []);
    }

    public async Task<Verification> Verify(string certificate, string? window)
    {
        using var submitted = JsonDocument.Parse(certificate);
        using var handedOver = window is null ? null : JsonDocument.Parse(window);
        if (Text(submitted.RootElement, "keyId") is { } keyId)
            await keys.LearnAsync(keyId, CancellationToken.None);
        var policy = await NamedPolicyAsync(submitted.RootElement);
        var history = policy is null ? null : await NamedHistoryAsync(submitted.RootElement, policy);
        var sources = new VerificationSources(
            (name, version) => policy is { } rules && string.Equals(rules.Name, name, StringComparison.Ordinal) && rules.Version == version ? rules : null,
            keys.Find,
            history,
            Facets: null);
        return CertificateVerifier.Verify(submitted.RootElement, handedOver?.RootElement, sources);
    }

    public async Task<string?> FindCertificate(string certificateId) => await certificates.GetAsync(Tenant, certificateId, CancellationToken.None);

    public async Task<string?> FindWindow(string certificateId) => await certificates.GetWindowAsync(Tenant, certificateId, CancellationToken.None);

    public async Task<ImmutableArray<string>> Recent(int limit) => [.. await certificates.ListRecentAsync(Tenant, limit, CancellationToken.None)];

    public async Task<ImmutableArray<RehearsedSlate>> Rehearse(RehearsalRequest request, CancellationToken cancellationToken = default)
    {
        var rules = RuleSetReader.ReadJson(request.Content).RuleSet
            ?? throw new ArgumentException("The rule set to rehearse is not valid: let the registry check it first.", nameof(request));
        var served = new List<(string Certificate, string Window)>();
        foreach (var id in request.CertificateIds)
        {
            if (await FindCertificate(id) is { } certificate && await FindWindow(id) is { } window)
                served.Add((certificate, window));
        }
        // Many negotiations at once: not on the grain's own turn.
        var facets = tenant.Serving.Current.Catalogue;
        return await Task.Run(
            () => served.Select(slate => PolicyRehearsal.Rehearse(rules, slate.Certificate, slate.Window, facets, cancellationToken)).OfType<RehearsedSlate>().ToImmutableArray(),
            cancellationToken);
    }

    public async Task<ImmutableArray<VerificationKey>> Keys()
    {
        await keys.LearnAsync(null, CancellationToken.None);
        return keys.All;
    }

    /// <summary>The registered rule set that a certificate names: only its name and version are taken from the certificate.</summary>
    private async ValueTask<RuleSet?> NamedPolicyAsync(JsonElement certificate) =>
        certificate.ValueKind == JsonValueKind.Object && certificate.TryGetProperty("policy", out var policy)
        && Text(policy, "name") is { } name && Identifier.IsValid(name) && Number(policy, "version") is { } version and > 0 and <= int.MaxValue
            ? await directory.FindAsync(Tenant, name, (int)version, CancellationToken.None)
            : null;

    /// <summary>
    /// The private facts of the user whose turn the certificate belongs to, read again from the log. Null, so that attested
    /// rules stay attested, where the store does not know the certificate.
    /// </summary>
    private async ValueTask<LoggedFacts?> NamedHistoryAsync(JsonElement certificate, RuleSet rules)
    {
        if (Text(certificate, "id") is not { } id || !Identifier.IsValid(id)
            || await certificates.GetUserAsync(Tenant, id, CancellationToken.None) is not { } userId
            || Number(certificate, "logSequence") is not { } sequence
            || !DateTimeOffset.TryParse(Text(certificate, "issuedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var issuedAt)
            || issuedAt < DateTimeOffset.UnixEpoch
            || !certificate.TryGetProperty("slate", out var slate) || slate.ValueKind != JsonValueKind.Array || slate.GetArrayLength() > TurnRequest.GreatestSlateSize)
            return null;
        var items = slate.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).ToHashSet(StringComparer.Ordinal);
        return await LoggedFacts.ReadAsync(log, Tenant, userId, sequence, items, rules, catalogue: null, issuedAt, CancellationToken.None);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static long? Number(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) ? number : null;

    private static string CertificateId(CertifyRequest request) =>
        string.Create(CultureInfo.InvariantCulture, $"c-{StableHash.Of(request.Seed, request.SessionId):x16}{StableHash.Of(request.Seed, (ulong)request.Turn):x16}");
}
