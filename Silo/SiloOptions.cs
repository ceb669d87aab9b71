using System.ComponentModel.DataAnnotations;

namespace AgentRec.Silo;

/// <summary>How a silo runs.</summary>
public sealed class SiloOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>The port on loopback where silos talk to each other.</summary>
    /// <value>The default is 0: any free one; up to 65,535.</value>
    [Range(0, 65_535)]
    public int SiloPort { get; set; }

    /// <summary>The port on loopback where clients of the cluster connect.</summary>
    /// <value>The default is 0: any free one; up to 65,535.</value>
    [Range(0, 65_535)]
    public int ClientPort { get; set; }

    /// <summary>After how many minutes an idle agent is put to sleep.</summary>
    /// <value>The default is 15; from 1 to 1,440.</value>
    [Range(1, 1_440)]
    public int IdleMinutes { get; set; } = 15;

    /// <summary>For how many days the candidate window of a certificate is kept. The certificate itself is kept for good.</summary>
    /// <value>The default is 30; from 1 to 3,650.</value>
    [Range(1, 3_650)]
    public int WindowDays { get; set; } = 30;
}
