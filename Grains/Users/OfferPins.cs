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

/// <summary>The newest offers of a user agent; older ones are stale.</summary>
internal sealed class OfferPins
{
    /// <summary>How many offers are kept: sessions of one user seldom negotiate at once.</summary>
    public const int Capacity = 8;

    private readonly Queue<string> _ids = new();
    private readonly Dictionary<string, OfferPin> _pins = new(StringComparer.Ordinal);
    private readonly string _activation;
    private long _count;

    /// <summary>Starts without offers.</summary>
    /// <param name="activation">Names the activation, so that ids of another one are never found.</param>
    public OfferPins(string activation) => _activation = activation;

    /// <summary>Pins an offer.</summary>
    /// <returns>Its id.</returns>
    public string Add(OfferPin pin)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{_activation}.{++_count}");
        _pins[id] = pin;
        _ids.Enqueue(id);
        if (_ids.Count > Capacity)
            _pins.Remove(_ids.Dequeue());
        return id;
    }

    /// <summary>Finds an offer; null when it is stale.</summary>
    public OfferPin? Find(string id) => _pins.GetValueOrDefault(id);
}
