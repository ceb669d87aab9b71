using AgentRec.Domain;

namespace AgentRec.Storage.Bulk;

/// <summary>What a bulk load reads; both are enumerated once, items first.</summary>
/// <param name="Items">The items.</param>
/// <param name="Interactions">The interactions, in the order that decides ties of time.</param>
/// <param name="InventItems">
/// True when the source states no items: an interaction's unknown item is then made, its title its id. False: such an
/// interaction is rejected.
/// </param>
public sealed record BulkLoadSource(IEnumerable<Sourced<Item>> Items, IEnumerable<Sourced<Interaction>> Interactions, bool InventItems);
