using System.Globalization;
using AgentRec.Storage.PostgreSql;
using Spectre.Console;

namespace AgentRec.Cli.Terminal;

/// <summary>Prints the silos of a cluster as its database lists them.</summary>
internal static class MemberTable
{
    private const int Width = 120;

    /// <summary>Prints.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="members">The silos.</param>
    /// <param name="greatestSilence">How long a silo may have said nothing.</param>
    public static void Print(string cluster, IReadOnlyCollection<ListedSilo> members, TimeSpan greatestSilence)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Width);
        var table = new Table().AddColumns("silo", "address", "membership", "since (UTC)", "last alive");
        foreach (var member in members.Where(static member => member.IsPresent))
        {
            table.AddRow(
                Markup.Escape(member.Name), Markup.Escape(member.Address),
                member.Suspicions == 0 ? member.Status : string.Create(CultureInfo.InvariantCulture, $"{member.Status}, suspected by {member.Suspicions}"),
                member.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{member.SilentSeconds:N0} s ago"));
        }
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Cluster {cluster}, as its database lists it: {members.Count(member => member.IsWell(greatestSilence))} of {members.Count(static member => member.IsPresent)} silos active and heard of within {greatestSilence.TotalSeconds:N0} s; {members.Count(static member => !member.IsPresent)} that have left are still listed. No silo was asked."));
    }
}
