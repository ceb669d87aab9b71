using AgentRec.Domain;

namespace AgentRec.Import.Sample;

/// <summary>One simulated user.</summary>
internal sealed class Viewer
{
    private const double FameWeight = 0.9;
    private const double TasteWeight = 5.0;
    private const double BuzzWeight = 1.2;
    private const double BuzzWidth = 0.06;
    private const double KindredChance = 0.55;
    private const double MeanFilms = 78;
    private static readonly TimeSpan Duration = TimeSpan.FromDays(730);

    private readonly FilmSpace _space;
    private readonly string _userId;
    private readonly Random _random;
    private readonly double[] _early;
    private readonly double[] _late;
    private readonly double _mood;
    private readonly double[] _cumulative;
    private readonly HashSet<int> _seen = [];

    /// <summary>Makes a user with a taste.</summary>
    /// <param name="space">The films.</param>
    /// <param name="userId">The user's id.</param>
    /// <param name="random">The user's own chance.</param>
    public Viewer(FilmSpace space, string userId, Random random)
    {
        (_space, _userId, _random) = (space, userId, random);
        _early = TasteOfFavourites(3);
        _late = TasteOfFavourites(2);
        for (var i = 0; i < _late.Length; i++)
            _late[i] += _early[i];
        FilmSpace.Normalise(_late);
        _mood = 0.35 * Gauss();
        _cumulative = new double[space.Ids.Length];
    }

    /// <summary>Lives through the two years.</summary>
    /// <param name="ratings">Gets the user's ratings, by time.</param>
    public void Watch(List<Interaction> ratings)
    {
        var films = Math.Clamp((int)(MeanFilms * Math.Exp((0.6 * Gauss()) - 0.18)), 12, 400);
        var joins = 0.5 * _random.NextDouble();
        var evenings = new List<double>();
        for (var planned = 0; planned < films; planned += 4)
            evenings.Add(joins + ((1 - joins) * _random.NextDouble()));
        evenings.Sort();
        var last = -1;
        foreach (var evening in evenings)
        {
            Prepare(evening);
            var moment = SampleWorld.Beginning + (Math.Floor(evening * Duration.TotalDays) * TimeSpan.FromDays(1)) + TimeSpan.FromSeconds(68_400 + _random.Next(7_200));
            for (var remaining = 2 + _random.Next(5); remaining > 0; remaining--)
            {
                var film = Choose(last);
                if (!_seen.Add(film))
                    continue;
                moment += TimeSpan.FromSeconds(20 + _random.Next(160));
                ratings.Add(Rate(film, evening, moment));
                last = film;
            }
        }
    }

    private Interaction Rate(int film, double evening, DateTimeOffset moment)
    {
        var raw = 3.1 + (0.5 * _space.Quality[film]) + (1.1 * Fit(film, evening)) + _mood + (0.45 * Gauss());
        var rating = Math.Clamp(Math.Round(raw * 2, MidpointRounding.ToEven) / 2, Interaction.LeastRating, Interaction.GreatestRating);
        return new Interaction(
            DerivedInteractionId.Of(_userId, _space.Ids[film], InteractionType.Rate, moment), _userId, _space.Ids[film], InteractionType.Rate, rating, moment);
    }

    private double[] TasteOfFavourites(int favourites)
    {
        var taste = new double[FilmSpace.Traits];
        for (var i = 0; i < favourites; i++)
        {
            var traits = _space.TraitsOf(_random.Next(_space.Ids.Length));
            for (var trait = 0; trait < taste.Length; trait++)
                taste[trait] += traits[trait];
        }
        FilmSpace.Normalise(taste);
        return taste;
    }

    private double Fit(int film, double evening) => ((1 - evening) * _space.Fit(film, _early)) + (evening * _space.Fit(film, _late));

    /// <summary>Weighs every film for one evening.</summary>
    private void Prepare(double evening)
    {
        var sum = 0.0;
        for (var film = 0; film < _cumulative.Length; film++)
        {
            var distance = (evening - _space.Buzz[film]) / BuzzWidth;
            var pull = (FameWeight * _space.Fame[film]) + (TasteWeight * Fit(film, evening)) + (BuzzWeight * Math.Exp(-distance * distance));
            _cumulative[film] = sum += Math.Exp(pull);
        }
    }

    private int Choose(int last)
    {
        if (last >= 0 && _random.NextDouble() < KindredChance)
        {
            var kindred = _space.KindredOf(last);
            // The closer ones more often: the square of a uniform number crowds towards 0.
            var place = _random.NextDouble();
            return kindred[(int)(place * place * kindred.Length)];
        }
        var target = _random.NextDouble() * _cumulative[^1];
        var found = Array.BinarySearch(_cumulative, target);
        return Math.Min(found < 0 ? ~found : found + 1, _cumulative.Length - 1);
    }

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
