using AgentRec.Grains.Models;
using AgentRec.Grains.Serving;

namespace AgentRec.Silo;

/// <summary>Whether the silo can serve turns.</summary>
public sealed class SiloReadiness
{
    private readonly SiloStartup _startup;
    private readonly ServingHost _serving;
    private readonly ModelSwitch _models;

    /// <summary>Watches a silo.</summary>
    /// <param name="startup">What must have been loaded.</param>
    /// <param name="serving">What is served.</param>
    /// <param name="models">Knows of models that could not be loaded.</param>
    internal SiloReadiness(SiloStartup startup, ServingHost serving, ModelSwitch models) => (_startup, _serving, _models) = (startup, serving, models);

    /// <summary>Why the silo is not ready; nothing when it is.</summary>
    public IReadOnlyList<string> Reasons =>
        !_startup.IsComplete ? ["The silo is starting."]
        : _serving.Current.IsReady ? []
        : _models.Failure is { } failure ? [failure.Reason]
        : ["No model is trained: run 'agentrec train'."];

    /// <summary>What an operator should know of a silo that is ready; nothing when all is well.</summary>
    public IReadOnlyList<string> Notes =>
        _serving.Current is { IsReady: true } current && _models.Failure is { } failure
            ? [$"Model {current.Version} is served, not the active one. {failure.Reason}"]
            : [];
}
