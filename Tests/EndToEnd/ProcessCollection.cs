namespace AgentRec.Tests.EndToEnd;

/// <summary>Tests that start processes run one after the other: there are two cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessCollection
{
    public const string Name = "processes";
}
