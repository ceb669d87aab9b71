namespace AgentRec.Grains.Planning.Mixes;

/// <summary>The choices of one period with what came of them so far.</summary>
internal sealed class MixPeriod
{
    private readonly List<Choice> _choices = [];
    private readonly Dictionary<(string User, string Item), Choice> _shown = [];

    /// <summary>The number of choices.</summary>
    public int Count => _choices.Count;

    /// <summary>Remembers a choice. What was shown twice counts for the later choice.</summary>
    /// <param name="user">The user agent's key.</param>
    /// <param name="decision">The choice.</param>
    /// <param name="items">What was shown.</param>
    public void Add(string user, MixDecision decision, IEnumerable<string> items)
    {
        var choice = new Choice(decision);
        _choices.Add(choice);
        foreach (var item in items)
            _shown[(user, item)] = choice;
    }

    /// <summary>Rewards the choice that an item was shown by.</summary>
    /// <param name="user">The user agent's key.</param>
    /// <param name="item">The item's id.</param>
    /// <returns>False when the item was not shown to the user in this period.</returns>
    public bool Reward(string user, string item)
    {
        if (!_shown.TryGetValue((user, item), out var choice))
            return false;
        choice.IsRewarded = true;
        return true;
    }

    /// <summary>Whom something was shown to.</summary>
    public IEnumerable<string> Users => _shown.Keys.Select(key => key.User);

    /// <summary>Lets go of what a user was shown.</summary>
    /// <param name="user">The user agent's key.</param>
    public void Forget(string user)
    {
        foreach (var key in _shown.Keys.Where(key => string.Equals(key.User, user, StringComparison.Ordinal)).ToArray())
            _shown.Remove(key);
    }

    /// <summary>What came of the choices, in their order.</summary>
    public MixOutcome[] Outcomes() =>
        [.. _choices.Select(choice => new MixOutcome(choice.Decision.Context, choice.Decision.Arm, choice.IsRewarded ? 1 : 0))];

    private sealed class Choice(MixDecision decision)
    {
        public MixDecision Decision => decision;

        public bool IsRewarded { get; set; }
    }
}
