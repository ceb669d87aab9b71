using System.Collections.Immutable;

namespace AgentRec.Recommenders.Vectors;

/// <summary>What a <see cref="ContentSpace"/> has learned.</summary>
/// <param name="MeaningDimension">The number of components that carry meaning.</param>
/// <param name="Terms">The vocabulary in ordinal order.</param>
/// <param name="TermIdf">Inverse document frequencies, parallel to <paramref name="Terms"/>.</param>
/// <param name="TermVectors">Row-major [terms, meaning dimension].</param>
/// <param name="TitleWords">Words of titles in ordinal order.</param>
/// <param name="TitleIdf">Inverse document frequencies, parallel to <paramref name="TitleWords"/>.</param>
/// <param name="Buckets">How numbers become terms.</param>
internal sealed record ContentSpaceParts(
    int MeaningDimension,
    ImmutableArray<string> Terms,
    float[] TermIdf,
    float[] TermVectors,
    ImmutableArray<string> TitleWords,
    float[] TitleIdf,
    NumberBuckets Buckets);
