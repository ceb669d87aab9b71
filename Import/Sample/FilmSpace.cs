using System.Globalization;
using AgentRec.Domain;
using StableHash = AgentRec.Domain.StableHash;

namespace AgentRec.Import.Sample;

/// <summary>The films as the simulation sees them: traits that nobody observes, and what everybody knows.</summary>
internal sealed class FilmSpace
{
    /// <summary>The number of latent traits.</summary>
    public const int Traits = 12;

    private const int Kindred = 24;

    // How much of a film's traits it shares with the films that have the same value of a facet.
    private static readonly (string Facet, double Weight)[] SharedBy =
        [(FacetNames.Genre, 1.0), ("creativeType", 0.7), (FacetNames.Decade, 0.6), ("director", 0.9), ("source", 0.2)];

    private readonly double[][] _traits;
    private readonly int[][] _kindred;

    /// <summary>Lays the films out.</summary>
    /// <param name="films">The films.</param>
    /// <param name="seed">The seed of what the facts leave open.</param>
    public FilmSpace(IReadOnlyList<Item> films, ulong seed)
    {
        Ids = [.. films.Select(film => film.ItemId)];
        Fame = [.. films.Select(film => Math.Log(Number(film, "votes", 1000)))];
        Quality = [.. films.Select(film => (Number(film, "rating", 6.5) - 6.5) / 1.5)];
        Buzz = [.. films.Select(film => Uniform(seed, "buzz", film.ItemId))];
        _traits = [.. films.Select(film => Place(film, seed))];
        _kindred = [.. Enumerable.Range(0, films.Count).Select(FindKindred)];
    }

    /// <summary>The films' ids.</summary>
    public string[] Ids { get; }

    /// <summary>Logarithm of how many people know a film.</summary>
    public double[] Fame { get; }

    /// <summary>How good a film is held to be; about -1 to 1.5.</summary>
    public double[] Quality { get; }

    /// <summary>The moment in [0,1) of the simulation at which a film is talked about.</summary>
    public double[] Buzz { get; }

    /// <summary>The films closest to a film, the closest first.</summary>
    /// <param name="film">The film.</param>
    public ReadOnlySpan<int> KindredOf(int film) => _kindred[film];

    /// <summary>How well a film fits a taste; about -1 to 1.</summary>
    /// <param name="film">The film.</param>
    /// <param name="taste">The taste, of unit length.</param>
    public double Fit(int film, ReadOnlySpan<double> taste) => Dot(_traits[film], taste);

    /// <summary>A film's traits, of unit length.</summary>
    /// <param name="film">The film.</param>
    public ReadOnlySpan<double> TraitsOf(int film) => _traits[film];

    /// <summary>Scales a vector to unit length.</summary>
    /// <param name="vector">The vector.</param>
    public static void Normalise(Span<double> vector)
    {
        var length = Math.Sqrt(Dot(vector, vector));
        for (var i = 0; i < vector.Length; i++)
            vector[i] /= length;
    }

    private static double[] Place(Item film, ulong seed)
    {
        var traits = new double[Traits];
        AddTowards(traits, seed, "film", film.ItemId, 0.7);
        foreach (var (facet, weight) in SharedBy)
        {
            foreach (var value in DerivedFacets.Values(film, Stratum.Tail, facet))
                AddTowards(traits, seed, facet, value, weight);
        }
        Normalise(traits);
        return traits;
    }

    private static void AddTowards(double[] traits, ulong seed, string kind, string value, double weight)
    {
        var random = new Random((int)(StableHash.Of(seed, kind, value) >> 33));
        for (var i = 0; i < traits.Length; i++)
            traits[i] += weight * Gauss(random);
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Uniform(ulong seed, string kind, string value) => (StableHash.Of(seed, kind, value) >> 11) * (1.0 / (1UL << 53));

    private static double Number(Item film, string facet, double unknown) =>
        film.Values(facet) is [var text, ..] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : unknown;

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    private int[] FindKindred(int film)
    {
        var closest = new PriorityQueue<int, (double Fit, int Film)>(Kindred + 1);
        for (var other = 0; other < _traits.Length; other++)
        {
            if (other == film)
                continue;
            closest.Enqueue(other, (Dot(_traits[film], _traits[other]), -other));
            if (closest.Count > Kindred)
                closest.Dequeue();
        }
        var kindred = new int[closest.Count];
        for (var i = kindred.Length - 1; i >= 0; i--)
            kindred[i] = closest.Dequeue();
        return kindred;
    }
}
