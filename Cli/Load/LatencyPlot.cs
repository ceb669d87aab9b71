using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AgentRec.Cli.Load;

/// <summary>
/// Draws latencies by percentile, a line for each rate, as SVG: both axes are logarithmic, the one below in the part that took longer
/// (1/2, 1/10, ... 1/10,000), as is usual for such records.
/// </summary>
internal static class LatencyPlot
{
    private const double Width = 760;
    private const double Height = 420;
    private const double Left = 70;
    private const double Right = 150;
    private const double Top = 40;
    private const double Bottom = 50;

    private static readonly ImmutableArray<string> Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000"];

    private static readonly ImmutableArray<(string Name, double Slower, Func<LatencyFigures, double> Value)> Percentiles =
    [
        ("p50", 0.5, static latency => latency.P50), ("p90", 0.1, static latency => latency.P90), ("p95", 0.05, static latency => latency.P95),
        ("p99", 0.01, static latency => latency.P99), ("p99.9", 0.001, static latency => latency.P999), ("p99.99", 0.0001, static latency => latency.P9999),
    ];

    /// <summary>Draws.</summary>
    /// <param name="report">The figures.</param>
    /// <returns>The picture, as SVG.</returns>
    public static string Draw(LoadReport report)
    {
        (double Rate, LatencyFigures Latency)[] lines = [.. report.Rates.Where(static rate => rate.All.Latency is not null).Select(static rate => (rate.Rate, rate.All.Latency!))];
        // Whole powers of ten around everything drawn.
        var values = lines.SelectMany(static line => Percentiles.Select(one => Math.Max(one.Value(line.Latency), 0.001))).DefaultIfEmpty(1).ToArray();
        var (least, most) = ((int)Math.Floor(Math.Log10(values.Min())), (int)Math.Ceiling(Math.Log10(values.Max())));
        most = Math.Max(most, least + 1);

        var svg = new StringBuilder();
        Append(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        Append(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n<text x=\"{Left}\" y=\"22\" font-size=\"14\">Milliseconds from the intended start, by percentile and requests a second</text>\n");
        for (var power = least; power <= most; power++)
        {
            var y = Y(Math.Pow(10, power));
            Append(svg, $"<line x1=\"{Left}\" y1=\"{y:F1}\" x2=\"{Width - Right}\" y2=\"{y:F1}\" stroke=\"#dddddd\"/>\n<text x=\"{Left - 8}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{Math.Pow(10, power):0.###}</text>\n");
        }
        foreach (var (name, slower, _) in Percentiles)
        {
            var x = X(slower);
            Append(svg, $"<line x1=\"{x:F1}\" y1=\"{Top}\" x2=\"{x:F1}\" y2=\"{Height - Bottom}\" stroke=\"#dddddd\"/>\n<text x=\"{x:F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{name}</text>\n");
        }
        for (var i = 0; i < lines.Length; i++)
        {
            var (colour, latency) = (Colours[i % Colours.Length], lines[i].Latency);
            var points = string.Join(' ', Percentiles.Select(one => string.Create(CultureInfo.InvariantCulture, $"{X(one.Slower):F1},{Y(one.Value(latency)):F1}")));
            var y = Top + 14 + (i * 18);
            Append(svg, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n");
            Append(svg, $"<line x1=\"{Width - Right + 14}\" y1=\"{y - 4}\" x2=\"{Width - Right + 34}\" y2=\"{y - 4}\" stroke=\"{colour}\" stroke-width=\"2\"/>\n<text x=\"{Width - Right + 40}\" y=\"{y}\">{lines[i].Rate:0.##} per second</text>\n");
        }
        return svg.Append("</svg>\n").ToString();

        double Y(double milliseconds) => Height - Bottom - ((Math.Log10(Math.Max(milliseconds, 0.001)) - least) / (most - least) * (Height - Top - Bottom));
    }

    private static double X(double slower)
    {
        var (first, last) = (-Math.Log10(Percentiles[0].Slower), -Math.Log10(Percentiles[^1].Slower));
        return Left + ((-Math.Log10(slower) - first) / (last - first) * (Width - Left - Right));
    }

    private static void Append(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
