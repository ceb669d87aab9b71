namespace AgentRec.Tests.Cluster.LanguageModels;

/// <summary>A silo whose language model speaks for the user and for items.</summary>
public sealed class AdvocatedSilo : ModelledSilo
{
    private protected override void Prepare(SiloFixture silo)
    {
        silo.Settings["Advocates:SpeakFor"] = "Both";
        silo.Settings["Language:TurnMilliseconds"] = "3000";
    }
}
