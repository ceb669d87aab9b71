namespace AgentRec.Grains.Tools;

/// <summary>Why a turn goes on without a tool, in words that are the same whenever it is the same reason: turns are repeatable.</summary>
internal static class DropReasons
{
    /// <summary>It did not answer within its own budget or the turn's.</summary>
    public const string Late = "took too long";

    /// <summary>It threw.</summary>
    public const string Failed = "failed";

    /// <summary>As many calls as it may have are running and waiting.</summary>
    public const string Busy = "busy: too many calls run and wait already";

    /// <summary>Its circuit is open.</summary>
    public const string Resting = "rests after failures";

    /// <summary>The turn's budget was spent before it could be asked.</summary>
    public const string NoTimeLeft = "not asked: the turn's time was spent";
}
