namespace AgentRec.Cli.Load;

/// <summary>A user of a load, with an open session.</summary>
/// <param name="userId">The user.</param>
/// <param name="sessionId">The session.</param>
internal sealed class Visitor(string userId, string sessionId)
{
    private volatile string[] _slate = [];

    /// <summary>The user.</summary>
    public string UserId => userId;

    /// <summary>The session.</summary>
    public string SessionId => sessionId;

    /// <summary>The items of the last slate that the user was shown.</summary>
    public string[] Slate
    {
        get => _slate;
        set => _slate = value;
    }
}
