using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Serving;
using AgentRec.Language;
using AgentRec.Language.Readings;
using AgentRec.Language.Statements;
using AgentRec.Language.Vocabularies;

namespace AgentRec.Grains.Sessions;

/// <summary>Reads messages over the vocabulary of the catalogue that is served now, which is learnt once for each catalogue.</summary>
/// <param name="serving">What is served now.</param>
internal sealed class RequestReaders(ServingHost serving)
{
    private volatile Learnt? _newest;

    /// <summary>Reads a message, off the caller's thread: learning a vocabulary takes longer than a grain may hold it.</summary>
    /// <param name="message">The message; null says nothing.</param>
    /// <param name="shown">The ids of the items that were shown last, best first.</param>
    public Task<RequestReading> ReadAsync(string? message, ImmutableArray<string> shown) =>
        message is null ? Task.FromResult(RequestReading.Nothing) : Task.Run(() => Current().Requests.Read(message, shown));

    /// <summary>Reads what a user states about tastes, off the caller's thread.</summary>
    /// <param name="text">The words.</param>
    public Task<StatementReading> StatementAsync(string text) => Task.Run(() => Current().Statements.Read(text));

    /// <summary>Learns the vocabulary that is served now, so that the first message need not wait for it.</summary>
    public void Learn() => Current();

    private Readers Current()
    {
        var items = serving.Current.Catalogue.Items;
        if (_newest is not { } learnt || learnt.Items != items)
            _newest = learnt = new Learnt(items, new Lazy<Readers>(() =>
            {
                var requests = new RequestReader(Vocabulary.Of(items));
                return new Readers(requests, new StatementReader(requests, items));
            }));
        return learnt.Reader.Value;
    }

    private sealed record Learnt(ImmutableArray<Item> Items, Lazy<Readers> Reader);

    private sealed record Readers(RequestReader Requests, StatementReader Statements);
}
