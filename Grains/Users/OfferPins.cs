using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;
using AgentRec.Grains.Serving;
using AgentRec.Recommenders;

namespace AgentRec.Grains.Users;

/// <summary>What an offer rests on.</summary>
/// <param name="Serving">Catalogue and model.</param>
/// <param name="History">The history that was scored.</param>
/// <param name="Scores">Its scores.</param>
/// <param name="Candidates">The candidates with their figures, in canonical order.</param>
internal sealed record OfferPin(ServingState Serving, UserHistory History, UserScores Scores, ImmutableArray<Candidate> Candidates);

/// <summary>The offers of a user agent that turns in progress rest on; the newest, should any be left behind.</summary>
internal sealed class OfferPins
{
    /// <summary>How many offers are kept: as many turns of one user can be in progress at once.</summary>
    public const int Capacity = 64;

    private readonly ActivationId _activation;
    private OrderedDictionary<string, OfferPin>? _pins;
    private long _count;

    /// <summary>Starts without offers.</summary>
    /// <param name="activation">Names the activation, so that ids of another one are never found.</param>
    public OfferPins(ActivationId activation) => _activation = activation;

    /// <summary>Pins an offer.</summary>
    /// <returns>Its id.</returns>
    public string Add(OfferPin pin)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{_activation}.{++_count}");
        _pins ??= new(StringComparer.Ordinal);
        _pins.Add(id, pin);
        if (_pins.Count > Capacity)
            _pins.RemoveAt(0);
        return id;
    }

    /// <summary>Finds an offer; null when it is stale.</summary>
    public OfferPin? Find(string id) => _pins?.GetValueOrDefault(id);

    /// <summary>Lets go of an offer: its turn has its slate.</summary>
    public void Release(string id)
    {
        _pins?.Remove(id);
        // Most agents have no turn in progress.
        if (_pins is { Count: 0 })
            _pins = null;
    }
}
