using AgentRec.Grains.Abstractions.Planning;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentRec.Grains.Planning.Mixes;

/// <summary>
/// The silo's bandit: chooses, remembers what was shown, hears what was taken to, and learns when a period ends. All of it is in
/// memory and of this silo alone: after a start it begins anew, and it hears only of users whose agents live here.
/// </summary>
/// <param name="options">Whether it is on.</param>
/// <param name="logger">Gets every choice, for off-policy evaluation.</param>
internal sealed partial class MixChooser(IOptions<MixOptions> options, ILogger<MixChooser> logger)
{
    private readonly Lock _lock = new();
    private MixPeriod _running = new();
    private MixPeriod _waiting = new();
    private volatile MixBandit? _bandit;

    /// <summary>How much any mix may ask of the search by words, which begins before the mix is chosen: a multiple of the configured number.</summary>
    public int GreatestWords => options.Value.Enabled ? CandidateMix.All.Max(mix => mix.Words) : CandidateMix.Standard.Words;

    /// <summary>Chooses a mix.</summary>
    /// <param name="known">The state.</param>
    /// <param name="session">The session's id.</param>
    /// <param name="turn">The turn.</param>
    /// <returns>The choice; null while the bandit is off.</returns>
    public MixDecision? Decide(Knowledge known, string session, PlanRequest turn)
    {
        if (!options.Value.Enabled)
            return null;
        var context = new MixContext(known.History ?? Knowledge.NoHistory, known.HasWords, known.IsReturning);
        var decision = (_bandit ?? MixBandit.Prior).Decide(context, turn.Seed, session, turn.Turn);
        LogChosen(session, turn.Turn, context.Name, decision.Mix.Name, decision.Propensity, decision.Period);
        return decision;
    }

    /// <summary>A slate was made with a choice; the period ends with the last of its slates.</summary>
    /// <param name="user">The user agent's key.</param>
    /// <param name="decision">The choice; null is nothing to remember.</param>
    /// <param name="items">The slate's item ids.</param>
    public void Shown(string user, MixDecision? decision, IEnumerable<string> items)
    {
        if (decision is null)
            return;
        lock (_lock)
        {
            _running.Add(user, decision, items);
            if (_running.Count < options.Value.PeriodTurns)
                return;
            _bandit = (_bandit ?? MixBandit.Prior).After(_waiting.Outcomes());
            (_waiting, _running) = (_running, new MixPeriod());
            LogLearnt(_bandit.Period);
        }
    }

    /// <summary>A user took to an item.</summary>
    /// <param name="user">The user agent's key.</param>
    /// <param name="item">The item's id.</param>
    public void TakenTo(string user, string item)
    {
        if (!options.Value.Enabled)
            return;
        lock (_lock)
        {
            if (!_running.Reward(user, item))
                _waiting.Reward(user, item);
        }
    }

    /// <summary>The users who were shown something, by their agents' keys.</summary>
    public IReadOnlyCollection<string> Users()
    {
        lock (_lock)
            return [.. _running.Users.Concat(_waiting.Users).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Lets go of what a user was shown; choices without a name stay.</summary>
    /// <param name="user">The user agent's key.</param>
    public void Forget(string user)
    {
        lock (_lock)
        {
            _running.Forget(user);
            _waiting.Forget(user);
        }
    }

    [LoggerMessage(EventName = "MixChosen", Level = LogLevel.Information, Message = "Turn {Turn} of session {Session}, in state {Context}, got the mix {Mix} with propensity {Propensity} of period {Period}")]
    private partial void LogChosen(string session, int turn, string context, string mix, double propensity, int period);

    [LoggerMessage(EventName = "MixLearnt", Level = LogLevel.Information, Message = "The probabilities of mixes are those of period {Period} now")]
    private partial void LogLearnt(int period);
}
