using AgentRec.Grains.Serving;

namespace AgentRec.Grains.Models;

/// <summary>Whether a silo that has started has what turns need.</summary>
/// <param name="serving">What is served.</param>
/// <param name="models">Knows of models that could not be loaded.</param>
internal sealed class ModelReadiness(ServingHost serving, ModelSwitch models)
{
    /// <summary>Why turns cannot be served; nothing when they can.</summary>
    public IReadOnlyList<string> Missing =>
        serving.Current.IsReady ? []
        : models.Failure is { } failure ? [failure.Reason]
        : ["No model is trained: run 'agentrec train'."];

    /// <summary>What an operator should know although they can; nothing when all is well.</summary>
    public IReadOnlyList<string> Notes =>
        serving.Current is { IsReady: true } current && models.Failure is { } failure
            ? [$"Model {current.Version} is served, not the active one. {failure.Reason}"]
            : [];
}
