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
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(scenario.Name)}</h1>\n<p>{report.Extent} of {scenario.PeriodHours} h. Means over worlds with 95 percent intervals (Student's t). Differences are taken world by world, on the same people and the same luck; those whose interval excludes 0 are bold.</p>\n");
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
        Groups(page, report);
        Sensitivity(page, report);
        foreach (var metric in Metric.All)
        {
            // A drawing inside a page needs no XML declaration.
            if (figures.TryGetValue(metric.Name, out var svg))
                page.Append(CultureInfo.InvariantCulture, $"<figure>{Inside(svg)}<figcaption><b>{metric.Name}.</b> {Text(metric.Meaning)}</figcaption></figure>\n");
        }
        return page.Append("</body></html>\n").ToString();
    }

    private static void Groups(StringBuilder page, LabReport report)
    {
        foreach (var kind in report.Groups.GroupBy(group => group.Kind, StringComparer.Ordinal).Where(kind => kind.Select(group => group.Group).Distinct(StringComparer.Ordinal).Skip(1).Any() || kind.Key == "gap"))
        {
            string[] figures = [.. kind.SelectMany(group => group.Figures.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(Title(kind.Key))}</h2>\n<table><tr><th>group</th><th>arm</th>");
            foreach (var figure in figures)
                page.Append(CultureInfo.InvariantCulture, $"<th>{figure}</th>");
            page.Append("</tr>\n");
            foreach (var group in kind.GroupBy(group => group.Group, StringComparer.Ordinal).SelectMany(groups => groups))
            {
                page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(group.Group)}</td><td>{Text(group.Arm)}</td>");
                foreach (var figure in figures)
                    page.Append(Cell(group.Figures.GetValueOrDefault(figure), isDifference: false));
                page.Append("</tr>\n");
            }
            page.Append("</table>\n");
        }
    }

    private static string Title(string kind) => kind switch
    {
        "people" => "Kinds of people",
        "past" => "People by how much they had rated",
        "provider" => "Providers: share of items, share of showings, and the second over the first",
        "providerSize" => "Providers by how many items they offer",
        _ => "How far the best and the worst off are apart",
    };

    private static void Sensitivity(StringBuilder page, LabReport report)
    {
        if (report.Sensitivity is not [var first, ..])
            return;
        page.Append(CultureInfo.InvariantCulture, $"<h2>Slates when {Text(first.Attribute)} changes</h2>\n<p>Similarity of slates with and without it: 1 is the same slate. SNSR is the range and SNSV the standard deviation over its values: 0 is even-handed.</p>\n<table><tr><th>figure</th>");
        foreach (var arm in report.Sensitivity)
            page.Append(CultureInfo.InvariantCulture, $"<th>{Text(arm.Arm)}</th>");
        page.Append("</tr>\n");
        foreach (var figure in first.Figures.Keys)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(figure)}</td>");
            foreach (var arm in report.Sensitivity)
                page.Append(Cell(arm.Figures.GetValueOrDefault(figure), isDifference: false));
            page.Append("</tr>\n");
        }
        page.Append("</table>\n");
    }

    private static string Inside(string svg)
    {
        var from = svg.IndexOf("<svg", StringComparison.Ordinal);
        return from < 0 ? svg : svg[from..];
    }

    private static string Cell(Estimate? estimate, bool isDifference) => estimate switch
    {
        null => "<td></td>",
        { Low: { } low, High: { } high } =>
            $"<td{(isDifference && low * high > 0 ? " class=\"clear\"" : "")}>{Estimate.Figure(estimate.Mean)}<br><small>{Estimate.Figure(low)} to {Estimate.Figure(high)}</small></td>",
        _ => $"<td>{Estimate.Figure(estimate.Mean)}</td>",
    };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
