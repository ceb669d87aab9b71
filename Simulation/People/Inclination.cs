namespace AgentRec.Simulation;

/// <summary>
/// What inclines a person to take items, at one moment of a visit: what holds for all items alike, and for all of a genre, is reckoned once. It says
/// what <see cref="RuleBrain"/> decides by.
/// </summary>
internal sealed class Inclination
{
    private readonly World _world;
    private readonly Person _person;
    private readonly double _style;
    private readonly double _conformity;
    private readonly double[] _variety;

    /// <summary>Reckons it.</summary>
    /// <param name="world">What is true.</param>
    /// <param name="person">Who looks.</param>
    public Inclination(World world, Person person)
    {
        (_world, _person) = (world, person);
        // Who is known to give few points, or many, takes no less and no more for it: that is a way of rating.
        _style = world.Scales is null ? 0 : world.Leanings[person.Index];
        _conformity = person.Traits.Conformity * 2;
        var lately = person.State.Lately;
        _variety = new double[world.LeadingGenres.Length];
        for (var genre = 0; genre < _variety.Length; genre++)
        {
            var same = lately.Count(one => string.Equals(one, world.LeadingGenres[genre], StringComparison.Ordinal));
            _variety[genre] = person.Traits.Diversity * 2 * (lately.Count == 0 ? 0 : 0.5 - ((double)same / lately.Count));
        }
    }

    /// <summary>How far an item is beyond the point at which half of what is looked at is taken, in points of rating, were it not known.</summary>
    /// <param name="item">The item's place in the world.</param>
    public double Beyond(int item) =>
        _world.Appeal(_person.Index, _person.State.Taste, item) - _style - RuleBrain.Threshold
        + (_conformity * (_person.Moment.Popularity[item] - 0.5)) + _person.Traits.Trust + _variety[_world.LeadingGenre[item]] + _person.Moment.Fashion(_world.Genres[item]);

    /// <summary>The chance that the person takes an item when looking at it.</summary>
    /// <param name="item">The item's place in the world.</param>
    public double Chance(int item) => _person.State.Known.Contains(item) ? 0 : ChanceAt(Beyond(item));

    /// <summary>The chance that what is so far beyond is taken.</summary>
    /// <param name="beyond">In points of rating.</param>
    public static double ChanceAt(double beyond) => 1 / (1 + Math.Exp(-2 * beyond));
}
