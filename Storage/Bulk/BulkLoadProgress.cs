namespace AgentRec.Storage.Bulk;

/// <summary>What a bulk load is at.</summary>
public enum BulkLoadPhase
{
    /// <summary>Items are put into the catalogue.</summary>
    Items,

    /// <summary>Interactions are read and checked.</summary>
    Interactions,

    /// <summary>Interactions are put in order and appended to their users' logs.</summary>
    Appending,

    /// <summary>Everything is on disk.</summary>
    Done,
}

/// <summary>How far a bulk load has come.</summary>
/// <param name="Phase">What it is at.</param>
/// <param name="Rows">Rows of this phase so far.</param>
public readonly record struct BulkLoadProgress(BulkLoadPhase Phase, long Rows);
