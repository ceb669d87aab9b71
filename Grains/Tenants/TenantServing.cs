using AgentRec.Grains.Erasure;
using AgentRec.Grains.Items;
using AgentRec.Grains.Models;
using AgentRec.Grains.Planning.Mixes;
using AgentRec.Grains.Serving;
using AgentRec.Grains.Sessions;
using AgentRec.Grains.Sessions.Advice;

namespace AgentRec.Grains.Tenants;

/// <summary>
/// What a silo holds of one tenant: its catalogue and model, and all that was learnt, counted or kept of them. Nothing in here is
/// another tenant's. A grain is given that of its key's tenant when it wakes up, opened.
/// </summary>
internal sealed class TenantServing
{
    private readonly Lock _lock = new();
    private Task? _opening;
    private volatile TenantFault? _fault;
    private volatile bool _isOpen;

    /// <summary>Holds nothing yet.</summary>
    /// <param name="serving">Catalogue and model.</param>
    /// <param name="news">Reads on in the stored catalogue.</param>
    /// <param name="models">Follows the active model.</param>
    /// <param name="exposures">The view of the exposure ledger.</param>
    /// <param name="mixes">Chooses what windows are filled with.</param>
    /// <param name="erased">Lets go of users who were erased.</param>
    public TenantServing(
        ServingHost serving, CatalogueNewsReader news, ModelSwitch models, SiloExposures exposures, MixChooser mixes, ErasedUsersWatch erased)
    {
        (Serving, News, Models, Exposures, Mixes, Erased) = (serving, news, models, exposures, mixes, erased);
        (Name, Trending, Readers, Terms) = (serving.Current.Tenant, new TrendingItems(serving), new RequestReaders(serving), new LearntTerms(serving));
    }

    /// <summary>The tenant.</summary>
    public string Name { get; }

    /// <summary>Catalogue and model.</summary>
    public ServingHost Serving { get; }

    /// <summary>Reads on in the stored catalogue.</summary>
    public CatalogueNewsReader News { get; }

    /// <summary>Follows the active model.</summary>
    public ModelSwitch Models { get; }

    /// <summary>The view of the exposure ledger.</summary>
    public SiloExposures Exposures { get; }

    /// <summary>Chooses what windows are filled with.</summary>
    public MixChooser Mixes { get; }

    /// <summary>What others take to now.</summary>
    public TrendingItems Trending { get; }

    /// <summary>Reads messages.</summary>
    public RequestReaders Readers { get; }

    /// <summary>What may be said of the items.</summary>
    public LearntTerms Terms { get; }

    /// <summary>Lets go of users who were erased.</summary>
    public ErasedUsersWatch Erased { get; }

    /// <summary>True when all that is stored of the tenant was taken up, and is followed from then on.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Why it could not be opened at the last try; null while all is well.</summary>
    public TenantFault? Fault => _fault;

    /// <summary>Why turns cannot be served, and what to do, in words for the tenant; null when they can.</summary>
    public string? Missing =>
        Serving.Current.IsReady ? null
        : _fault is not null || Models.Failure is not null ? "What is stored of the tenant cannot be read. The operator's log and /health/ready say why."
        : $"No model is loaded for the tenant. Bring items and interactions, then train one with 'agentrec train --tenant {Name}'; it is served within seconds.";

    /// <summary>Opens it, once: who comes meanwhile waits for the same.</summary>
    /// <param name="open">Takes up what is stored; answers what is wrong with it, or null.</param>
    public Task OpenAsync(Func<TenantServing, Task<TenantFault?>> open)
    {
        lock (_lock)
            return _isOpen ? Task.CompletedTask : _opening is { IsCompleted: false } running ? running : _opening = Task.Run(() => RunAsync(open));
    }

    /// <summary>Lets go of everything, for the silo's end.</summary>
    public void Close()
    {
        Models.Dispose();
        News.Dispose();
        Exposures.Dispose();
        Serving.Dispose();
    }

    private async Task RunAsync(Func<TenantServing, Task<TenantFault?>> open)
    {
        _fault = await open(this);
        _isOpen = _fault is null;
    }
}
