using System.Globalization;
using System.Net;
using System.Text;

namespace AgentRec.Simulation;

/// <summary>One page that holds everything a reader needs, and opens without a network.</summary>
internal static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="report">Its report.</param>
    /// <param name="figures">By figure, its SVG.</param>
    public static string Write(Scenario scenario, LabReport report, IReadOnlyDictionary<string, string> figures)
    {
        var page = new StringBuilder(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>
            """);
        page.Append(Text(scenario.Name)).Append(
            """
            </title><style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
            table { border-collapse: collapse; margin: 1rem 0 } th, td { padding: .2rem .7rem; border-bottom: 1px solid #ddd; text-align: right } th:first-child, td:first-child { text-align: left }
            .clear { font-weight: bold } figure { margin: 2rem 0 } figcaption { color: #555 } svg { max-width: 100%; height: auto }
            </style></head><body>

            """);
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(scenario.Name)}</h1>\n<p>{report.Seeds} worlds, {report.Periods} periods of {scenario.PeriodHours} hours. Means over worlds with 95 percent intervals (Student's t). Differences are taken world by world, on the same people and the same luck; those whose interval excludes 0 are bold.</p>\n");
        page.Append("<table><tr><th>figure</th>");
        foreach (var arm in report.Arms)
            page.Append(CultureInfo.InvariantCulture, $"<th>{Text(arm.Arm)}</th>");
        foreach (var difference in report.Differences)
            page.Append(CultureInfo.InvariantCulture, $"<th>{Text(difference.Arm)} - {Text(difference.Against)}</th>");
        page.Append("</tr>\n");
        foreach (var metric in Metric.All.Where(metric => report.Arms.Any(arm => arm.Figures.ContainsKey(metric.Name))))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td title=\"{Text(metric.Meaning)}\">{metric.Name}</td>");
            foreach (var arm in report.Arms)
                page.Append(Cell(arm.Figures.GetValueOrDefault(metric.Name), isDifference: false));
            foreach (var difference in report.Differences)
                page.Append(Cell(difference.Figures.GetValueOrDefault(metric.Name), isDifference: true));
            page.Append("</tr>\n");
        }
        page.Append("</table>\n");
        foreach (var metric in Metric.All)
        {
            // A drawing inside a page needs no XML declaration.
            if (figures.TryGetValue(metric.Name, out var svg))
                page.Append(CultureInfo.InvariantCulture, $"<figure>{Inside(svg, metric.Name)}<figcaption><b>{metric.Name}.</b> {Text(metric.Meaning)}</figcaption></figure>\n");
        }
        return page.Append("</body></html>\n").ToString();
    }

    private static string Inside(string svg, string name)
    {
        var from = svg.IndexOf("<svg", StringComparison.Ordinal);
        // All drawings share one page, so their ids must differ.
        return (from < 0 ? svg : svg[from..]).Replace("clip", $"{name}-clip", StringComparison.Ordinal).Replace($"{name}-clip-path", "clip-path", StringComparison.Ordinal)
            .Replace($"{name}-clipPath", "clipPath", StringComparison.Ordinal).Replace($"{name}-clip-rule", "clip-rule", StringComparison.Ordinal);
    }

    private static string Cell(Estimate? estimate, bool isDifference) => estimate switch
    {
        null => "<td></td>",
        { Low: { } low, High: { } high } => string.Create(
            CultureInfo.InvariantCulture, $"<td{(isDifference && low * high > 0 ? " class=\"clear\"" : "")}>{estimate.Mean:0.0000}<br><small>{low:0.0000} to {high:0.0000}</small></td>"),
        _ => string.Create(CultureInfo.InvariantCulture, $"<td>{estimate.Mean:0.0000}</td>"),
    };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
