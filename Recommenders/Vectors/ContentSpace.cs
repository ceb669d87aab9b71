using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Vectors;

/// <summary>Parameters of <see cref="ContentSpace"/>.</summary>
/// <param name="Dimension">The number of dimensions of meaning.</param>
/// <param name="LeastItems">A term must occur in this many items to enter the vocabulary.</param>
public sealed record ContentSpaceParameters(int Dimension = 64, int LeastItems = 2);

/// <summary>
/// Vectors of items and of text, learned from the catalogue alone. The first <see cref="MeaningDimension"/> components are the
/// truncated SVD of the TF-IDF of facets, title and text: near vectors mean alike. The others sign-hash the title's words,
/// each with its own random direction, so that a text that names a title is nearest to it, which no short SVD achieves.
/// </summary>
public sealed class ContentSpace
{
    private const int TitleDimension = 128;
    private const float MeaningShare = 0.35f;
    private const double YearShare = 0.3;
    private readonly Dictionary<string, int> places;
    private readonly ILookup<string, string> termsByWord;
    private readonly float[] termIdf;
    private readonly float[] termVectors;
    private readonly Dictionary<string, float> titleIdf;
    private readonly NumberBuckets buckets;
    private readonly float rareTitleIdf;

    internal ContentSpace(ContentSpaceParts parts)
    {
        Parts = parts;
        buckets = parts.Buckets;
        termIdf = parts.TermIdf;
        termVectors = parts.TermVectors;
        places = parts.Terms.Select((term, place) => (term, place)).ToDictionary(entry => entry.term, entry => entry.place, StringComparer.Ordinal);
        // Buckets of numbers (year#3) are not words that a person would say.
        termsByWord = parts.Terms
            .Where(term => term.IndexOfAny(['=', ':']) >= 0)
            .SelectMany(term => Words.Of(term[(term.IndexOfAny(['=', ':']) + 1)..]).Distinct(StringComparer.Ordinal).Select(word => (word, term)))
            .ToLookup(entry => entry.word, entry => entry.term, StringComparer.Ordinal);
        titleIdf = parts.TitleWords.Select((word, place) => (word, idf: parts.TitleIdf[place])).ToDictionary(entry => entry.word, entry => entry.idf, StringComparer.Ordinal);
        rareTitleIdf = parts.TitleIdf.Append(1).Max();
        MeaningDimension = parts.MeaningDimension;
    }

    /// <summary>The number of components that carry meaning; they come first.</summary>
    public int MeaningDimension { get; }

    /// <summary>The length of a vector.</summary>
    public int Dimension => MeaningDimension + TitleDimension;

    internal ContentSpaceParts Parts { get; }

    /// <summary>Learns the vocabulary and the directions of meaning.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="seed">The seed of the SVD's start.</param>
    public static ContentSpace Fit(Catalogue catalogue, ContentSpaceParameters parameters, ulong seed)
    {
        var numbers = NumberBuckets.Fit(catalogue);
        var (vocabulary, frequencies) = Count(catalogue.Items.Select(item => TermsOf(item, numbers)), parameters.LeastItems);
        var (words, wordFrequencies) = Count(catalogue.Items.Select(item => Words.Of(item.Title)), 1);
        var untrained = new ContentSpace(new ContentSpaceParts(
            0, vocabulary, Idf(frequencies, catalogue.Count), [], words, Idf(wordFrequencies, catalogue.Count), numbers));
        TermWeight[][] rows = [.. catalogue.Items.Select(item => untrained.Weigh(TermsOf(item, numbers)))];
        var vectors = TruncatedSvd.RightVectors(rows, vocabulary.Length, parameters.Dimension, seed);
        return new ContentSpace(untrained.Parts with { MeaningDimension = parameters.Dimension, TermVectors = vectors });
    }

    /// <summary>The vector of an item; its two parts have length <c>MeaningShare</c> and 1, or 0 where nothing is known.</summary>
    /// <param name="item">Any item, known at fitting or not.</param>
    public float[] Embed(Item item) => Join(Weigh(TermsOf(item, buckets)), Words.Of(item.Title), item.Values(FacetNames.Year));

    /// <summary>The vector of a text: a title, or words of titles, facet values and descriptions. Words that nothing has say nothing.</summary>
    /// <param name="text">Any text.</param>
    public float[] EmbedText(string text) => EmbedText(text, FrozenSet<string>.Empty);

    /// <summary>The vector of a text, over a catalogue that came after fitting.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="newer">The words of its titles that no title had at fitting, as <see cref="NewerTitleWords"/> finds them.</param>
    internal float[] EmbedText(string text, IReadOnlySet<string> newer)
    {
        var words = Words.Of(text);
        List<string> meant = [.. words.SelectMany(word => termsByWord[word])];
        List<string> title = [.. words.Where(word => titleIdf.ContainsKey(word) || newer.Contains(word))];
        return Join(Weigh(meant), title, []);
    }

    /// <summary>The words of a catalogue's titles that no title had at fitting.</summary>
    /// <param name="catalogue">The catalogue.</param>
    internal FrozenSet<string> NewerTitleWords(Catalogue catalogue) => catalogue.Items.SelectMany(item => Words.Of(item.Title))
        .Where(word => !titleIdf.ContainsKey(word)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The vectors of all items, searchable.</summary>
    /// <param name="catalogue">The catalogue.</param>
    public VectorIndex Index(Catalogue catalogue)
    {
        var rows = new float[catalogue.Count * Dimension];
        Parallel.For(0, catalogue.Count, handle => Embed(catalogue.Item(handle)).CopyTo(rows, handle * Dimension));
        return new VectorIndex(rows, Dimension);
    }

    private static List<string> TermsOf(Item item, NumberBuckets numbers)
    {
        var found = new List<string>();
        foreach (var (facet, values) in item.Facets)
            found.AddRange(values.Select(value => numbers.Term(facet, value)));
        if (item.Provider is { } provider)
            found.Add($"{FacetNames.Provider}={provider.ToLowerInvariant()}");
        found.AddRange(Words.Of(item.Title).Concat(Words.Of(item.Text)).Select(word => $":{word}"));
        return found;
    }

    private static (ImmutableArray<string> Terms, int[] Frequencies) Count(IEnumerable<List<string>> documents, int least)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in documents.SelectMany(document => document.Distinct(StringComparer.Ordinal)))
            counts[term] = counts.GetValueOrDefault(term) + 1;
        var kept = counts.Where(entry => entry.Value >= least).ToArray();
        return ([.. kept.Select(entry => entry.Key)], [.. kept.Select(entry => entry.Value)]);
    }

    private static float[] Idf(int[] frequencies, int documents) =>
        [.. frequencies.Select(frequency => (float)Math.Log((1.0 + documents) / (1.0 + frequency)) + 1)];

    // (1 + log tf) idf of the known terms.
    private TermWeight[] Weigh(List<string> found) =>
    [
        .. found
            .Where(places.ContainsKey)
            .GroupBy(term => places[term])
            .OrderBy(term => term.Key)
            .Select(term => new TermWeight(term.Key, (float)(1 + Math.Log(term.Count())) * termIdf[term.Key])),
    ];

    private float[] Join(TermWeight[] weighed, List<string> title, ImmutableArray<string> years)
    {
        var vector = new float[Dimension];
        var meaning = vector.AsSpan(0, MeaningDimension);
        foreach (var (term, weight) in weighed)
            TensorPrimitives.MultiplyAdd(termVectors.AsSpan(term * MeaningDimension, MeaningDimension), weight, meaning, meaning);
        Scale(meaning, MeaningShare);
        var words = vector.AsSpan(MeaningDimension);
        foreach (var word in title)
        {
            // Catalogues append the year to a title; a query rarely does.
            var weight = titleIdf.GetValueOrDefault(word, rareTitleIdf) * (years.Contains(word, StringComparer.Ordinal) ? (float)YearShare : 1);
            for (var component = 0; component < TitleDimension; component++)
            {
                var signs = StableHash.Of((ulong)component / 64, word);
                words[component] += ((signs >> (component % 64)) & 1) == 0 ? weight : -weight;
            }
        }
        Scale(words, 1);
        return vector;
    }

    private static void Scale(Span<float> vector, float length)
    {
        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
            TensorPrimitives.Multiply(vector, length / norm, vector);
    }
}
