using System.ComponentModel.DataAnnotations;

namespace AgentRec.Silo;

/// <summary>How a silo runs.</summary>
public sealed class SiloOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>The port where silos talk to each other.</summary>
    /// <value>The default is 0: any free one; up to 65,535.</value>
    [Range(0, 65_535)]
    public int SiloPort { get; set; }

    /// <summary>The port where clients of the cluster connect.</summary>
    /// <value>The default is 0: any free one; up to 65,535.</value>
    [Range(0, 65_535)]
    public int ClientPort { get; set; }

    /// <summary>After how many minutes an idle agent is put to sleep; sessions and their planners sleep after two.</summary>
    /// <value>The default is 15; from 1 to 1,440.</value>
    [Range(1, 1_440)]
    public int IdleMinutes { get; set; } = 15;

    /// <summary>After how many seconds a call to an agent on another silo counts as unanswered; a turn's calls take milliseconds.</summary>
    /// <value>The default is 5; from 1 to 60.</value>
    [Range(1, 60)]
    public int ResponseSeconds { get; set; } = 5;

    /// <summary>How many calls may wait for one agent; more are refused, and clients hear of it as 503.</summary>
    /// <value>The default is 1,000; from 10 to 100,000.</value>
    [Range(10, 100_000)]
    public int WaitingCalls { get; set; } = 1_000;

    /// <summary>
    /// How many users' scores are kept from turn to turn, of all tenants together, where their history has not changed meanwhile: some 11
    /// to 15 bytes each for every item of the catalogue. Fewer than there are turns at a time means that turns score twice.
    /// </summary>
    /// <value>The default is 256; from 1 to 1,000,000.</value>
    [Range(1, 1_000_000)]
    public int KeptScores { get; set; } = 256;

    /// <summary>
    /// For how many milliseconds a silo of several believes that the newest version of a rule set is still the newest. A new version
    /// is acknowledged after as long, when every silo uses it.
    /// </summary>
    /// <value>The default is 1,000; from 100 to 60,000.</value>
    [Range(100, 60_000)]
    public int PolicyLeaseMilliseconds { get; set; } = 1_000;

    /// <summary>How often, in milliseconds, a silo of several looks for items that were put through another one.</summary>
    /// <value>The default is 1,000; from 100 to 60,000.</value>
    [Range(100, 60_000)]
    public int CatalogueMilliseconds { get; set; } = 1_000;

    /// <summary>How often, in milliseconds, a silo looks for users who were erased through another one, and for erasures that were interrupted.</summary>
    /// <value>The default is 5,000; from 100 to 600,000.</value>
    [Range(100, 600_000)]
    public int ErasureMilliseconds { get; set; } = 5_000;

    /// <summary>For how many days the candidate window of a certificate is kept. The certificate itself is kept for good.</summary>
    /// <value>The default is 30; from 1 to 3,650.</value>
    [Range(1, 3_650)]
    public int WindowDays { get; set; } = 30;
}
