using System.Collections.Immutable;
using AgentRec.Domain;
using AgentRec.Grains.Serving;
using AgentRec.Language;
using AgentRec.Language.Readings;
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
        message is null ? Task.FromResult(RequestReading.Nothing) : Task.Run(() => Current().Read(message, shown));

    /// <summary>Learns the vocabulary that is served now, so that the first message need not wait for it.</summary>
    public void Learn() => Current();

    private RequestReader Current()
    {
        var items = serving.Current.Catalogue.Items;
        if (_newest is not { } learnt || learnt.Items != items)
            _newest = learnt = new Learnt(items, new Lazy<RequestReader>(() => new RequestReader(Vocabulary.Of(items))));
        return learnt.Reader.Value;
    }

    private sealed record Learnt(ImmutableArray<Item> Items, Lazy<RequestReader> Reader);
}
