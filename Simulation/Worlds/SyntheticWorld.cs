using System.Collections.Immutable;
using System.Globalization;
using AgentRec.Domain;

namespace AgentRec.Simulation;

/// <summary>Draws a world.</summary>
internal static class SyntheticWorld
{
    private const double Mean = 3.4;
    private const double QualityDeviation = 0.45;
    private const double FitPoints = 1.1;
    private const double LeaningDeviation = 0.25;
    private const double FameWeight = 1.1;
    private const double FitWeight = 1.6;
    private static readonly TimeSpan PastLength = TimeSpan.FromDays(180);

    /// <summary>Draws it.</summary>
    /// <param name="terms">What it is made of.</param>
    /// <param name="arrivals">The items that arrive later.</param>
    /// <param name="chance">The chance of the run.</param>
    public static World Make(SyntheticTerms terms, IEnumerable<ArrivalsEvent> arrivals, Chance chance)
    {
        var (genres, providers) = (Genres(terms), Providers(terms));
        var centres = genres.Select((_, genre) => Direction(chance, terms.Traits, 1, genre)).ToArray();
        var arriving = arrivals.OrderBy(one => one.Period).SelectMany(one => Enumerable.Repeat(one, one.Items)).ToArray();
        var count = terms.Items + arriving.Length;
        var (items, traits, quality, itsGenres, fame) = (new Item[count], new double[count][], new double[count], new string[count][], new double[count]);
        for (var item = 0; item < count; item++)
        {
            var arrival = item < terms.Items ? null : arriving[item - terms.Items];
            var first = (int)(chance.Uniform(Draw.World, 2, item) * terms.Genres);
            var second = (int)(chance.Uniform(Draw.World, 3, item) * terms.Genres);
            itsGenres[item] = first == second ? [genres[first]] : [genres[first], genres[second]];
            traits[item] = Around(chance, 4, item, centres[first], centres[second]);
            quality[item] = arrival?.Quality ?? QualityDeviation * chance.Normal(Draw.World, 5, item);
            // Fame follows quality a little, and luck much.
            fame[item] = (0.6 * quality[item] / QualityDeviation) + chance.Normal(Draw.World, 6, item);
            var provider = arrival?.Provider ?? providers[Zipf(chance.Uniform(Draw.World, 7, item), terms.Providers)];
            items[item] = Describe(item, count, itsGenres[item], provider, 1970 + (int)(chance.Uniform(Draw.World, 8, item) * 55));
        }
        ScaleTo(traits, FitPoints);

        var (tastes, leanings, past) = (new double[terms.Users][], new double[terms.Users], new PastRating[terms.Users][]);
        Parallel.For(0, terms.Users, user =>
        {
            var first = (int)(chance.Uniform(Draw.World, 9, user) * terms.Genres);
            var second = (int)(chance.Uniform(Draw.World, 10, user) * terms.Genres);
            tastes[user] = Around(chance, 11, user, centres[first], centres[second]);
            leanings[user] = LeaningDeviation * chance.Normal(Draw.World, 12, user);
        });
        var world = new World
        {
            Items = ImmutableArray.Create(items), Arrives = [.. Enumerable.Repeat(0, terms.Items), .. arriving.Select(one => one.Period)], Traits = traits, Quality = quality, Genres = itsGenres,
            Users = [.. Enumerable.Range(0, terms.Users).Select(user => Name("user", user, terms.Users))], Tastes = tastes, Leanings = leanings, Past = past, Mean = Mean, Unexplained = 1,
        };
        Parallel.For(0, terms.Users, user => past[user] = PastOf(world, terms, user, fame, chance));
        return world;
    }

    /// <summary>The first so many of weights that grow with fame and fit, without putting back (Gumbel top-k).</summary>
    private static PastRating[] PastOf(World world, SyntheticTerms terms, int user, double[] fame, Chance chance)
    {
        var spread = Math.Exp(Math.Clamp(0.5 * chance.Normal(Draw.Past, user), -Math.Log(3), Math.Log(3)));
        var count = Math.Clamp((int)Math.Round(terms.RatingsPerUser * spread * 0.9), 5, terms.Items / 2);
        var pulls = new (double Pull, int Item)[terms.Items];
        for (var item = 0; item < terms.Items; item++)
        {
            var fit = world.Appeal(user, world.Tastes[user], item) - Mean - world.Quality[item];
            pulls[item] = ((FameWeight * fame[item]) + (FitWeight * fit) + chance.Gumbel(Draw.Past, 1, user, item), item);
        }
        Array.Sort(pulls, static (x, y) => y.Pull.CompareTo(x.Pull) is var order and not 0 ? order : x.Item.CompareTo(y.Item));
        return
        [
            .. pulls.Take(count).Select((one, place) => new PastRating(
                    one.Item,
                    Ratings.Of(world.Appeal(user, world.Tastes[user], one.Item) + (0.4 * chance.Normal(Draw.Past, 2, user, one.Item))),
                    World.Start - (PastLength * chance.Uniform(Draw.Past, 3, user, place)) - TimeSpan.FromSeconds(1)))
                .OrderBy(one => one.At).ThenBy(one => one.Item),
        ];
    }

    private static Item Describe(int number, int count, string[] genres, string provider, int year)
    {
        var facets = Item.NoFacets.Add(FacetNames.Genre, [.. genres]).Add(FacetNames.Year, [year.ToString(CultureInfo.InvariantCulture)]);
        return new Item(Name("item", number, count), $"Work {number + 1}", provider, facets, $"A work of {string.Join(" and ", genres)} of {year}.");
    }

    /// <summary>What the genres of a world are called.</summary>
    public static string[] Genres(SyntheticTerms terms) => [.. Enumerable.Range(0, terms.Genres).Select(genre => Name("genre", genre, terms.Genres))];

    /// <summary>What the providers of a world are called, the greatest first.</summary>
    public static string[] Providers(SyntheticTerms terms) => [.. Enumerable.Range(0, terms.Providers).Select(provider => Name("provider", provider, terms.Providers))];

    private static string Name(string kind, int number, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{(number + 1).ToString(new string('0', Math.Max(2, $"{count}".Length)), CultureInfo.InvariantCulture)}");

    private static int Zipf(double uniform, int count)
    {
        var target = uniform * Enumerable.Range(1, count).Sum(k => 1.0 / k);
        for (var k = 1; k < count; k++)
        {
            if ((target -= 1.0 / k) < 0)
                return k - 1;
        }
        return count - 1;
    }

    private static double[] Around(Chance chance, int stream, int which, double[] first, double[] second)
    {
        var own = Direction(chance, first.Length, stream, which);
        var place = new double[first.Length];
        for (var i = 0; i < place.Length; i++)
            place[i] = first[i] + (0.6 * second[i]) + (0.7 * own[i]);
        Normalise(place);
        return place;
    }

    private static double[] Direction(Chance chance, int length, int stream, int which)
    {
        var direction = new double[length];
        for (var i = 0; i < length; i++)
            direction[i] = chance.Normal(Draw.World, stream, which, i);
        Normalise(direction);
        return direction;
    }

    private static void Normalise(double[] vector)
    {
        var length = Math.Sqrt(vector.Sum(x => x * x));
        for (var i = 0; i < vector.Length; i++)
            vector[i] /= length;
    }

    private static void ScaleTo(double[][] vectors, double length)
    {
        foreach (var vector in vectors)
        {
            for (var i = 0; i < vector.Length; i++)
                vector[i] *= length;
        }
    }
}
