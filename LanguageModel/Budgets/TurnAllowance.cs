namespace AgentRec.LanguageModel.Budgets;

/// <summary>What a turn may still spend on requests, tokens and tool calls. Its time is a token that fires.</summary>
/// <param name="options">The limits.</param>
/// <param name="tenant">The tenant, whose own allowance is spent too.</param>
/// <param name="tenants">All tenants' allowances.</param>
internal sealed class TurnAllowance(LanguageOptions options, string tenant, TenantAllowances tenants)
{
    private readonly Lock _lock = new();
    private int _requests;
    private long _tokens;
    private int _toolCalls;

    /// <summary>The first budget that was found spent; null: none.</summary>
    public string? Spent { get; private set; }

    /// <summary>Takes a request before it is sent.</summary>
    /// <param name="estimate">The most tokens that it can cost.</param>
    /// <returns>The minute that it is taken from, for <see cref="Settle"/>.</returns>
    /// <exception cref="BudgetSpentException">It must not be sent.</exception>
    public long TakeRequest(long estimate)
    {
        lock (_lock)
        {
            // Before it is taken: a minute that ends in between loses a refund, and never gets one that is not its own.
            var minute = tenants.Minutes;
            var refusal = _requests >= options.TurnRequests ? "the turn's requests are spent"
                : _tokens + estimate > options.TurnTokens ? "the turn's tokens are spent"
                : tenants.Take(tenant, estimate);
            if (refusal is not null)
            {
                Spent ??= refusal;
                throw new BudgetSpentException(refusal);
            }
            _requests++;
            _tokens += estimate;
            return minute;
        }
    }

    /// <summary>Puts right what a request was taken to cost, once its answer says.</summary>
    /// <param name="minute">What <see cref="TakeRequest"/> returned.</param>
    /// <param name="estimate">What was taken.</param>
    /// <param name="actual">What it cost.</param>
    public void Settle(long minute, long estimate, long actual)
    {
        lock (_lock)
            _tokens = Math.Max(0, _tokens + actual - estimate);
        tenants.Settle(tenant, minute, actual - estimate);
    }

    /// <summary>Takes a tool call.</summary>
    /// <returns>False when there are none left.</returns>
    public bool TryTakeToolCall()
    {
        lock (_lock)
        {
            if (_toolCalls >= options.TurnToolCalls)
                return false;
            _toolCalls++;
            return true;
        }
    }
}
