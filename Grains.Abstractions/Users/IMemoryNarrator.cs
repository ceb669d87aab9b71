namespace AgentRec.Grains.Abstractions.Users;

/// <summary>
/// Tells users what is remembered of them, in a few words: a language model's, where one is to be asked, or the memory's own. It keeps
/// nothing, and stands beside the user agents so that none of them waits for a model. Key: <see cref="Keys.GrainKey.Tenant"/>.
/// </summary>
[Alias("agentrec.IMemoryNarrator")]
public interface IMemoryNarrator : IGrainWithStringKey
{
    /// <summary>What is remembered of a user, with a summary.</summary>
    /// <param name="userId">The user, for whose eyes it is.</param>
    [Alias("Summarise"), AnyRoute]
    Task<MemoryView> Summarise(string userId);
}
