using AgentRec.Grains.Abstractions.Storage;

namespace AgentRec.Tests.Unit.Storage;

/// <summary>The ports of one store, whatever is behind them.</summary>
public sealed record StorePorts(
    IUserLog Log, ICatalogueStore Catalogue, IPolicyStore Policies, ICertificateStore Certificates, IArtifactRegistry Artifacts);
