namespace AgentRec.Simulation;

/// <summary>
/// Biased matrix factorisation (Koren, Bell and Volinsky, 2009), by alternating least squares: rating = mean + item's bias + user's bias
/// + user's factors times item's factors. It says what people of a data set like, for simulations; recommenders never see it.
/// </summary>
/// <param name="Mean">The mean rating.</param>
/// <param name="ItemBias">By item; 0 for items without ratings.</param>
/// <param name="UserBias">By user.</param>
/// <param name="Items">By item, its factors.</param>
/// <param name="Users">By user, the factors.</param>
/// <param name="Unexplained">The standard deviation of what is left.</param>
internal sealed record RatingFactors(double Mean, double[] ItemBias, double[] UserBias, double[][] Items, double[][] Users, double Unexplained)
{
    private const int Factors = 8;
    private const int Sweeps = 8;
    private const double ItemShrinkage = 5;
    private const double UserShrinkage = 3;
    private const double Ridge = 8;

    /// <summary>Learns from ratings.</summary>
    /// <param name="users">By user, the ratings.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="chance">Where factors start.</param>
    public static RatingFactors Learn(PastRating[][] users, int items, Chance chance)
    {
        var mean = users.SelectMany(user => user).Average(rating => rating.Rating);
        var byItem = new List<(int User, double Rating)>[items];
        for (var item = 0; item < items; item++)
            byItem[item] = [];
        foreach (var (user, ratings) in users.Index())
        {
            foreach (var rating in ratings)
                byItem[rating.Item].Add((user, rating.Rating));
        }
        var (itemBias, userBias) = (new double[items], new double[users.Length]);
        for (var sweep = 0; sweep < 3; sweep++)
        {
            for (var item = 0; item < items; item++)
                itemBias[item] = byItem[item].Sum(one => one.Rating - mean - userBias[one.User]) / (byItem[item].Count + ItemShrinkage);
            for (var user = 0; user < users.Length; user++)
                userBias[user] = users[user].Sum(one => one.Rating - mean - itemBias[one.Item]) / (users[user].Length + UserShrinkage);
        }
        var itemFactors = Enumerable.Range(0, items).Select(item => Enumerable.Range(0, Factors).Select(i => 0.1 * chance.Normal(Draw.World, 20, item, i)).ToArray()).ToArray();
        var userFactors = Enumerable.Range(0, users.Length).Select(_ => new double[Factors]).ToArray();
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            Parallel.For(0, users.Length, user => userFactors[user] = Solve(
                [.. users[user].Select(one => (itemFactors[one.Item], one.Rating - mean - itemBias[one.Item] - userBias[user]))]));
            Parallel.For(0, items, item => itemFactors[item] = Solve(
                [.. byItem[item].Select(one => (userFactors[one.User], one.Rating - mean - itemBias[item] - userBias[one.User]))]));
        }
        var (squares, count) = (0.0, 0);
        foreach (var (user, ratings) in users.Index())
        {
            foreach (var rating in ratings)
            {
                var left = rating.Rating - mean - itemBias[rating.Item] - userBias[user] - userFactors[user].Zip(itemFactors[rating.Item], (x, y) => x * y).Sum();
                (squares, count) = (squares + (left * left), count + 1);
            }
        }
        return new RatingFactors(mean, itemBias, userBias, itemFactors, userFactors, Math.Sqrt(squares / Math.Max(1, count)));
    }

    /// <summary>Ridge regression of residuals on the other side's factors, by Cholesky.</summary>
    private static double[] Solve((double[] Factors, double Residual)[] rows)
    {
        var (a, b) = (new double[Factors, Factors], new double[Factors]);
        for (var i = 0; i < Factors; i++)
            a[i, i] = Ridge;
        foreach (var (factors, residual) in rows)
        {
            for (var i = 0; i < Factors; i++)
            {
                b[i] += factors[i] * residual;
                for (var j = 0; j <= i; j++)
                    a[i, j] += factors[i] * factors[j];
            }
        }
        for (var i = 0; i < Factors; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++)
                    sum -= a[i, k] * a[j, k];
                a[i, j] = i == j ? Math.Sqrt(sum) : sum / a[j, j];
            }
        }
        for (var i = 0; i < Factors; i++)
        {
            for (var k = 0; k < i; k++)
                b[i] -= a[i, k] * b[k];
            b[i] /= a[i, i];
        }
        for (var i = Factors - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < Factors; k++)
                b[i] -= a[k, i] * b[k];
            b[i] /= a[i, i];
        }
        return b;
    }
}
