namespace AgentRec.Grains.Abstractions.Models;

/// <summary>
/// Speaks for the registry of models: a stateless worker on the silo that is asked, off the path of turns. Key:
/// <see cref="Keys.GrainKey.Tenant"/>.
/// </summary>
[Alias("agentrec.IModelRegistryGrain")]
public interface IModelRegistryGrain : IGrainWithStringKey
{
    /// <summary>Reads all models, and what each silo serves; one that does not answer within .75 seconds is left out.</summary>
    [Alias("List"), AnyRoute]
    Task<ModelsView> List();

    /// <summary>
    /// Makes a model the active one: it is loaded and tried here first, while the silo serves with what it has. When this has
    /// answered that the model is active, new turns on this silo are served with it; other silos follow by themselves. Asking
    /// again changes nothing.
    /// </summary>
    /// <param name="version">The model.</param>
    /// <param name="force">True to activate it even if it is worse than the active one beyond the margin.</param>
    [Alias("Activate"), ResponseTimeout("00:10:00")]
    Task<ModelActivationOutcome> Activate(string version, bool force);
}
