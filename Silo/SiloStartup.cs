using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Planning;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Grains.Items;
using AgentRec.Grains.Models;
using AgentRec.Grains.Policies;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Sessions;
using AgentRec.Grains.Tools;
using AgentRec.Negotiation.Policies;
using AgentRec.Recommenders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentRec.Silo;

/// <summary>Loads what the agents need before the silo becomes active: keys, bundled rule sets, catalogue, model and exposure totals.</summary>
public sealed partial class SiloStartup : IHostedService
{
    private readonly IServiceProvider _services;
    private readonly ILogger<SiloStartup> _logger;
    private volatile bool _complete;

    /// <summary>Prepares the start.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="logger">Hears of what was loaded.</param>
    public SiloStartup(IServiceProvider services, ILogger<SiloStartup> logger) => (_services, _logger) = (services, logger);

    /// <summary>True when everything is loaded.</summary>
    public bool IsComplete => _complete;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Get<SigningKeys>().LoadAsync(cancellationToken);
        await SeedPoliciesAsync(cancellationToken);
        await LoadModelAsync(cancellationToken);
        var exposures = await Get<ICatalogueStore>().CountExposuresAsync(Identifier.DefaultTenant, cancellationToken);
        Get<SiloExposures>().Restore(exposures);
        _complete = true;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Puts the bundled rule sets where the registry has none of their name: an operator's own are never touched.</summary>
    private async Task SeedPoliciesAsync(CancellationToken cancellationToken)
    {
        var store = Get<IPolicyStore>();
        foreach (var (name, yaml) in BundledPolicies.Read())
        {
            if (await store.GetAsync(Identifier.DefaultTenant, name, null, cancellationToken) is not null)
                continue;
            var reading = RuleSetReader.ReadYaml(yaml);
            var rules = reading.RuleSet ?? throw new InvalidDataException($"The bundled policy '{name}' is invalid: {reading.Errors[0].Path}: {reading.Errors[0].Message}");
            await store.PutAsync(Identifier.DefaultTenant, name, RuleSetWriter.WriteJson(rules), cancellationToken);
        }
    }

    private async Task LoadModelAsync(CancellationToken cancellationToken)
    {
        var catalogue = await Get<CatalogueNewsReader>().OpenAsync(cancellationToken);
        if (await Get<IArtifactRegistry>().LastAsync(Identifier.DefaultTenant, cancellationToken) is null)
            LogNoModel(catalogue.Count);
        else
            await Get<ModelSwitch>().StartAsync(cancellationToken);
        if (Get<ServingHost>().Current.IsReady)
            await WarmUpAsync(catalogue, cancellationToken);
    }

    /// <summary>Searches once, the way a turn does, so that the first turn's budget is not spent on compiling. A failure is the pipeline's to tell.</summary>
    private async Task WarmUpAsync(Catalogue catalogue, CancellationToken cancellationToken)
    {
        if (catalogue.Count > 0)
        {
            await Task.Run(Get<RequestReaders>().Learn, cancellationToken);
            await Get<ToolPipelines>().RunAsync(
                ToolNames.Vectors,
                TimeSpan.MaxValue,
                token => Get<IItemSearch>().SearchAsync(Identifier.DefaultTenant, catalogue.Item(0).Title, [], 1, token),
                cancellationToken);
        }
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    [LoggerMessage(EventName = "NoModel", Level = LogLevel.Warning, Message = "The store has {Items} items and no trained model: turns are refused until there is one")]
    private partial void LogNoModel(int items);
}
