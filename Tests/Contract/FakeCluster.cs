using System.Collections.Concurrent;
using System.Reflection;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Access;
using AgentRec.Grains.Abstractions.Erasure;
using AgentRec.Grains.Abstractions.Items;
using AgentRec.Grains.Abstractions.Keys;
using AgentRec.Grains.Abstractions.Models;
using AgentRec.Grains.Abstractions.Operations;
using AgentRec.Grains.Abstractions.Policies;
using AgentRec.Grains.Abstractions.Sessions;
using AgentRec.Grains.Abstractions.Users;

namespace AgentRec.Tests.Contract;

/// <summary>Agents that keep the contracts in memory, so that the gateway is tested alone.</summary>
internal sealed class FakeCluster
{
    private readonly ConcurrentDictionary<(Type, string), object> agents = new();
    private int faults;

    public FakeCluster()
    {
        Grains = DispatchProxy.Create<IGrainFactory, Factory>();
        ((Factory)Grains).Cluster = this;
    }

    public IGrainFactory Grains { get; }

    /// <summary>How many calls fail before the next one is answered.</summary>
    public int Faults
    {
        get => faults;
        set => faults = value;
    }

    /// <summary>What a failing call throws.</summary>
    public Func<Exception> Fault { get; set; } = () => new TimeoutException("no answer");

    public FakeAccessKeys AccessKeys { get; } = new();

    public ConcurrentDictionary<string, Interaction> Log { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, Item> Catalogue { get; } = new(StringComparer.Ordinal);

    public T Agent<T>(string key)
        where T : class => (T)agents.GetOrAdd((typeof(T), key), entry => Forwarder.To<T>(Make(entry.Item1, GrainKey.Parse(entry.Item2))));

    /// <summary>Fails while there are faults left.</summary>
    public void MayFail()
    {
        if (Interlocked.Decrement(ref faults) >= 0)
            throw Fault();
        Interlocked.Exchange(ref faults, 0);
    }

    private object Make(Type type, (string Tenant, string Id) key) => type switch
    {
        _ when type == typeof(ISessionGrain) => new FakeSession(this, key.Id),
        _ when type == typeof(IUserAgent) => new FakeUser(this, key.Id),
        _ when type == typeof(IMemoryNarrator) => new FakeNarrator(this, key.Tenant),
        _ when type == typeof(IItemAgent) => new FakeItem(this, key.Id),
        _ when type == typeof(ICatalogueGrain) => new FakeCatalogue(this),
        _ when type == typeof(IPolicyRegistryGrain) => new FakePolicies(this),
        _ when type == typeof(IModelRegistryGrain) => new FakeModels(this),
        _ when type == typeof(IPolicyAgent) => new FakePolicyAgent(this, key.Tenant),
        _ when type == typeof(IErasureGrain) => new FakeErasure(this),
        _ when type == typeof(IAccessKeyGrain) => AccessKeys,
        _ when type == typeof(IClusterStatusGrain) => new FakeClusterStatus(this),
        _ => throw new NotSupportedException($"The gateway has no business with {type.Name}."),
    };

    /// <summary>
    /// Lets a fake stand for an interface that it does not implement: a class that did would be a grain to every silo of this
    /// project's tests.
    /// </summary>
    public class Forwarder : DispatchProxy
    {
        private object target = null!;

        public static T To<T>(object target)
            where T : class
        {
            var proxy = Create<T, Forwarder>();
            ((Forwarder)(object)proxy).target = target;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            (target.GetType().GetMethod(targetMethod!.Name) ?? throw new NotSupportedException($"{target.GetType().Name} has no {targetMethod.Name}."))
            .Invoke(target, BindingFlags.DoNotWrapExceptions, null, args, null);
    }

    public class Factory : DispatchProxy
    {
        internal FakeCluster Cluster { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod is { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } && args is [string key, ..]
                ? typeof(FakeCluster).GetMethod(nameof(Agent))!.MakeGenericMethod(targetMethod.GetGenericArguments()).Invoke(Cluster, [key])
                : throw new NotSupportedException(targetMethod?.Name);
    }
}
