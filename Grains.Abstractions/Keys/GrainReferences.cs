namespace AgentRec.Grains.Abstractions.Keys;

/// <summary>Finds agents as often as turns do: some dozen times in each.</summary>
public static class GrainReferences
{
    /// <summary>
    /// A grain by its key. The same as <see cref="IGrainFactory.GetGrain{TGrainInterface}(string, string)"/>, which reads the interface's
    /// attributes anew for every call: here they are read once.
    /// </summary>
    /// <typeparam name="T">The grain's interface; one class implements it.</typeparam>
    /// <param name="grains">The cluster.</param>
    /// <param name="key">The key, made by <see cref="GrainKey"/>.</param>
    public static T Find<T>(this IGrainFactory grains, string key)
        where T : class, IGrainWithStringKey
    {
        if (Known<T>.Kind is { } kind)
            return (T)grains.GetGrain(GrainId.Create(kind.Grain, key), kind.Interface);
        var found = grains.GetGrain<T>(key);
        if (found is GrainReference reference)
            Known<T>.Kind = new Kind(reference.GrainId.Type, reference.InterfaceType);
        return found;
    }

    // Types are named in the code, so that all clusters of a process have the same.
    private static class Known<T>
    {
        public static volatile Kind? Kind;
    }

    private sealed record Kind(GrainType Grain, GrainInterfaceType Interface);
}
