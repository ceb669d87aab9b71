using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Models;
using AgentRec.Grains.Tenants;
using AgentRec.Grains.Tools;
using AgentRec.Negotiation.Policies;
using AgentRec.Recommenders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo.Tenants;

/// <summary>
/// Takes up what is stored of a tenant: bundled rule sets, catalogue, model and exposure totals. Tenants are opened at the start, when
/// something is asked of them, and when a look into the store finds them. What is wrong with one is named, and tried again after a while.
/// </summary>
/// <param name="tenants">What the silo holds.</param>
/// <param name="stored">Knows which there are.</param>
/// <param name="policies">Keeps rule sets.</param>
/// <param name="catalogue">Counts exposures.</param>
/// <param name="registry">Knows which model is active.</param>
/// <param name="tools">Through which every tool is asked.</param>
/// <param name="search">Finds items.</param>
/// <param name="options">After what time a failure is tried again.</param>
/// <param name="time">The machine's clock, for its pace alone.</param>
/// <param name="logger">Hears of what was opened.</param>
internal sealed partial class TenantOpening(
    ServedTenants tenants,
    IStoredTenants stored,
    IPolicyStore policies,
    ICatalogueStore catalogue,
    IArtifactRegistry registry,
    ToolPipelines tools,
    IItemSearch search,
    IOptions<ModelOptions> options,
    TimeProvider time,
    ILogger<TenantOpening> logger)
{
    /// <summary>The tenants that are open, by name.</summary>
    public IEnumerable<TenantServing> Opened => tenants.All.Where(tenant => tenant.IsOpen);

    /// <summary>Opens the tenants that there is something of in the store.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task OpenStoredAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in await stored.ListAsync(cancellationToken))
            await OpenAsync(tenants.Of(tenant), cancellationToken);
    }

    /// <summary>Opens a tenant that is not open; one that has just failed is left alone.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public Task OpenAsync(TenantServing tenant, CancellationToken cancellationToken) =>
        tenant.IsOpen || (tenant.Fault is { } fault && time.GetElapsedTime(fault.At).TotalMilliseconds < options.Value.RetryMilliseconds)
            ? Task.CompletedTask
            : tenant.OpenAsync(TakeUpAsync).WaitAsync(cancellationToken);

    private async Task<TenantFault?> TakeUpAsync(TenantServing tenant)
    {
        try
        {
            await SeedPoliciesAsync(tenant.Name);
            var items = await tenant.News.OpenAsync(CancellationToken.None);
            if (await registry.LastAsync(tenant.Name, CancellationToken.None) is null)
                LogNoModel(tenant.Name, items.Count);
            else
                await tenant.Models.StartAsync(CancellationToken.None);
            tenant.Exposures.Restore(await catalogue.CountExposuresAsync(tenant.Name, CancellationToken.None));
            if (tenant.Serving.Current.IsReady)
                await WarmUpAsync(tenant, items);
            return null;
        }
        catch (Exception exception) when (exception is not StoreUnavailableException)
        {
            // Whatever is wrong with one tenant's rows, the others' are none the worse for it.
            LogNotOpened(exception, tenant.Name);
            return new TenantFault($"What is stored of it cannot be read ({exception.Message}).", time.GetTimestamp());
        }
    }

    /// <summary>Puts the bundled rule sets where the registry has none of their name: an operator's own are never touched.</summary>
    private async Task SeedPoliciesAsync(string tenant)
    {
        foreach (var (name, yaml) in BundledPolicies.Read())
        {
            if (await policies.GetAsync(tenant, name, null, CancellationToken.None) is not null)
                continue;
            var reading = RuleSetReader.ReadYaml(yaml);
            var rules = reading.RuleSet ?? throw new InvalidDataException($"The bundled policy '{name}' is invalid: {reading.Errors[0].Path}: {reading.Errors[0].Message}");
            await policies.PutAsync(tenant, name, RuleSetWriter.WriteJson(rules), CancellationToken.None);
        }
    }

    /// <summary>Searches once, the way a turn does, so that the first turn's budget is not spent on compiling. A failure is the pipeline's to tell.</summary>
    private async Task WarmUpAsync(TenantServing tenant, Catalogue items)
    {
        if (items.Count == 0)
            return;
        tenant.Readers.Learn();
        await tools.RunAsync(
            ToolNames.Vectors, TimeSpan.MaxValue, token => search.SearchAsync(tenant.Name, items.Item(0).Title, [], 1, token), CancellationToken.None);
    }

    [LoggerMessage(EventName = "NoModel", Level = LogLevel.Warning, Message = "Tenant {Tenant} has {Items} items and no trained model: its turns are refused until there is one")]
    private partial void LogNoModel(string tenant, int items);

    [LoggerMessage(EventName = "TenantNotOpened", Level = LogLevel.Error, Message = "What is stored of tenant {Tenant} cannot be read; it is not served, and tried again")]
    private partial void LogNotOpened(Exception exception, string tenant);
}
