using System.Globalization;
using System.Text.RegularExpressions;
using ScottPlot;

namespace AgentRec.Simulation;

/// <summary>Draws each figure over the periods, an arm a line with its interval as a band, as PNG and as SVG.</summary>
internal static partial class Figures
{
    private const int Width = 800;
    private const int Height = 480;

    // Okabe and Ito's colours, which colour-blind readers can tell apart.
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    /// <summary>Draws all figures of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">Gets <c>NAME.png</c> and <c>NAME.svg</c> for each.</param>
    /// <returns>The SVG of each, by the figure's name.</returns>
    public static IReadOnlyDictionary<string, string> Draw(LabReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        var drawn = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var points in report.Series.GroupBy(point => point.Metric, StringComparer.Ordinal))
        {
            using var plot = Plot(report, points.Key, [.. points]);
            plot.SavePng(Path.Combine(folder, $"{points.Key}.png"), Width, Height);
            var svg = Stable(plot.GetSvgXml(Width, Height), points.Key);
            File.WriteAllText(Path.Combine(folder, $"{points.Key}.svg"), svg);
            drawn.Add(points.Key, svg);
        }
        return drawn;
    }

    /// <summary>Draws the distributions of real and simulated people, one over the other.</summary>
    public static void Draw(Fidelity fidelity, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, meaning, real, simulated) in fidelity.Distributions())
        {
            using var plot = new Plot();
            Step(plot, real, "real", Colours[0]);
            Step(plot, simulated, "simulated", Colours[1]);
            plot.Title(name);
            plot.XLabel(meaning);
            plot.ShowLegend(Alignment.LowerRight);
            plot.SavePng(Path.Combine(folder, $"fidelity-{name}.png"), Width, Height);
            File.WriteAllText(Path.Combine(folder, $"fidelity-{name}.svg"), Stable(plot.GetSvgXml(Width, Height), name));
        }
    }

    private static void Step(Plot plot, double[] sorted, string legend, string colour)
    {
        // A few hundred points draw the same curve as a hundred thousand.
        const int most = 400;
        int[] places = [.. Enumerable.Range(0, Math.Min(most, sorted.Length)).Select(i => (int)((long)i * Math.Max(0, sorted.Length - 1) / Math.Max(1, Math.Min(most, sorted.Length) - 1)))];
        if (places.Length == 0)
            return;
        var line = plot.Add.Scatter([.. places.Select(place => sorted[place])], (double[])[.. places.Select(place => (place + 1.0) / sorted.Length)]);
        (line.Color, line.LineWidth, line.MarkerSize, line.LegendText) = (Color.FromHex(colour), 2, 0, legend);
    }

    private static Plot Plot(LabReport report, string metric, SeriesPoint[] points)
    {
        var plot = new Plot();
        foreach (var (i, arm) in report.Arms.Index())
        {
            var own = points.Where(point => string.Equals(point.Arm, arm.Arm, StringComparison.Ordinal)).OrderBy(point => point.Period).ToArray();
            if (own.Length == 0)
                continue;
            var colour = Color.FromHex(Colours[i % Colours.Length]);
            double[] periods = [.. own.Select(point => (double)point.Period)];
            if (own.All(point => point.Value.Low is not null))
            {
                var band = plot.Add.FillY(periods, [.. own.Select(point => point.Value.Low!.Value)], [.. own.Select(point => point.Value.High!.Value)]);
                (band.FillColor, band.LineWidth) = (colour.WithAlpha(0.15), 0);
            }
            var line = plot.Add.Scatter(periods, [.. own.Select(point => point.Value.Mean)]);
            (line.Color, line.LineWidth, line.MarkerSize, line.LegendText) = (colour, 2, 5, arm.Arm);
        }
        plot.Title(metric);
        plot.XLabel("period");
        plot.ShowLegend(Alignment.UpperRight);
        return plot;
    }

    /// <summary>
    /// Numbers the ids of a drawing anew, as the library counts them over the life of the process, each under the drawing's name, so that
    /// drawings can share a page.
    /// </summary>
    internal static string Stable(string svg, string drawing)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        return Ids().Replace(svg, match =>
        {
            if (!known.TryGetValue(match.Value, out var id))
                known.Add(match.Value, id = string.Create(CultureInfo.InvariantCulture, $"{drawing}-clip{known.Count}"));
            return id;
        });
    }

    // Where an id is made or used, and nowhere else: an arm may be called the same.
    [GeneratedRegex("(?<=\\bid=\"|#)cl_[0-9a-f]+\\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Ids();
}
