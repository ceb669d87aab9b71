using AgentRec.Domain;

namespace AgentRec.Import.Formats;

/// <summary>One layout of a data folder.</summary>
internal interface IDataLayout
{
    /// <summary>The layout's name for people.</summary>
    string Name { get; }

    /// <summary>True when the folder has a file of items.</summary>
    bool StatesItems { get; }

    /// <summary>Reads the items.</summary>
    /// <param name="rejected">Told of rows that are left out.</param>
    IEnumerable<Sourced<Item>> ReadItems(Action<RejectedRow> rejected);

    /// <summary>Reads the interactions.</summary>
    /// <param name="rejected">Told of rows that are left out.</param>
    IEnumerable<Sourced<Interaction>> ReadInteractions(Action<RejectedRow> rejected);
}
