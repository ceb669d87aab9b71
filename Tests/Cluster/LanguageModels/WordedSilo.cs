namespace AgentRec.Tests.Cluster.LanguageModels;

/// <summary>A silo whose language model is to put reasons and memories into words.</summary>
public sealed class WordedSilo : ModelledSilo
{
    private protected override void Prepare(SiloFixture silo)
    {
        silo.Settings["Reasons:Worded"] = "true";
        silo.Settings["Memory:Summarised"] = "true";
        silo.Settings["Language:TurnMilliseconds"] = "3000";
    }
}
