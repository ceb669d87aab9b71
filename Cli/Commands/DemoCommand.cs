using System.CommandLine;
using AgentRec.Cli.Terminal;
using AgentRec.Cli.Hosting;
using AgentRec.Domain;
using AgentRec.Grains.Abstractions.Users;
using AgentRec.Import.Sample;
using AgentRec.Storage;
using Spectre.Console;

namespace AgentRec.Cli.Commands;

/// <summary><c>agentrec demo</c>: everything once, from the bundled data to a verified certificate.</summary>
internal static class DemoCommand
{
    private const int WellKnown = 20;

    public static Command Create()
    {
        var command = new Command("demo", "Imports the bundled sample, trains, starts a node, plays a session with the negotiation shown, and verifies its certificate.");
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("agentrec-demo-");
        try
        {
            await using var store = await EmbeddedStore.OpenAsync(directory.FullName, TimeProvider.System, cancellationToken);
            Chapter("1. Data and models");
            await NodeData.PrepareAsync(store, Identifier.DefaultTenant, null, cancellationToken);
            Chapter("2. A node: silo and gateway in this process");
            await using var node = await LocalNode.StartAsync(store, Identifier.DefaultTenant, cancellationToken);
            AnsiConsole.MarkupLineInterpolated($"listening on {node.Address}");
            await PlayAsync(node.Api, cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
        AnsiConsole.MarkupLine("[green]The demonstration is complete.[/] Start your own node with [bold]up[/].");
        return ExitCode.Done;
    }

    private static async Task PlayAsync(ApiClient api, CancellationToken cancellationToken)
    {
        var narrator = new Narrator(SampleWorld.Films().ToDictionary(film => film.ItemId, film => film.Title, StringComparer.Ordinal));
        var user = SampleWorld.Ratings(SampleWorld.DefaultSeed).GroupBy(rating => rating.UserId, StringComparer.Ordinal)
            .First(ratings => ratings.Count(rating => rating.IsPositive) >= WellKnown).Key;

        Chapter($"3. What is remembered of user {user}");
        var memory = await api.GetAsync<MemoryView>($"/v1/users/{user}/memory", cancellationToken);
        foreach (var sentence in memory.Sentences)
            AnsiConsole.MarkupLineInterpolated($"  {sentence}");

        Chapter("4. A slate is negotiated under the policy 'balanced'");
        var session = await api.OpenSessionAsync(user, cancellationToken);
        var first = await api.TurnAsync(session, new { policy = "balanced" }, narrator.Tell, cancellationToken);
        SlateTable.Print(first);

        Chapter("5. Feedback, and a request in words");
        var liked = first.Slate!.Items[0];
        await api.PostAsync($"/v1/sessions/{session}/feedback", new { interactionId = "demo-1", itemId = liked.ItemId, type = "like" }, cancellationToken);
        AnsiConsole.MarkupLineInterpolated($"  the user likes {liked.Title}, and asks for \"dark crime thriller\" from 1990 on");
        var second = await api.TurnAsync(
            session,
            new { message = "dark crime thriller", constraints = new[] { new { facet = "year", op = "ge", value = 1990, strength = "hard" } } },
            narrator.Tell, cancellationToken);
        SlateTable.Print(second);
        Require(second.Slate!.Items.All(item => !string.Equals(item.ItemId, liked.ItemId, StringComparison.Ordinal)), "An item that the user knows was shown again.");

        Chapter("6. A user whom nobody knows");
        var stranger = await api.OpenSessionAsync("a stranger", cancellationToken);
        SlateTable.Print(await api.TurnAsync(stranger, new { slateSize = 5 }, cancellationToken));

        Chapter("7. The certificate");
        await VerifyAsync(api, first, cancellationToken);
    }

    private static async Task VerifyAsync(ApiClient api, TurnResult turn, CancellationToken cancellationToken)
    {
        var certificate = await api.GetTextAsync($"/v1/certificates/{turn.CertificateId}", cancellationToken);
        var (valid, finding) = await api.VerifyAsync(certificate, cancellationToken);
        Require(valid, $"The certificate does not verify: {finding}");
        AnsiConsole.MarkupLineInterpolated($"  certificate {turn.CertificateId}: [green]valid[/]");

        var (one, other) = (turn.Slate!.Items[0].ItemId, turn.Slate.Items[1].ItemId);
        var forged = certificate.Replace($"\"{one}\",\"{other}\"", $"\"{other}\",\"{one}\"", StringComparison.Ordinal);
        (valid, finding) = await api.VerifyAsync(forged, cancellationToken);
        Require(!valid, "A forged certificate was found valid.");
        AnsiConsole.MarkupLineInterpolated($"  the same with two places exchanged: [red]invalid[/], {finding}");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new CommandFailure(otherwise);
    }

    private static void Chapter(string title) => AnsiConsole.Write(new Spectre.Console.Rule(Markup.Escape(title)) { Justification = Justify.Left });
}
