using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AgentRec.Recommenders.Linear;
using AgentRec.Recommenders.Ranking;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Recommenders.Artifacts;

/// <summary>Writes and reads fitted scorers: parameters first, then arrays, all little-endian.</summary>
internal static class ScorerCodec
{
    private const byte DualForm = 0;
    private const byte DenseForm = 1;

    public static void Write(BinaryWriter writer, IScorer scorer)
    {
        switch (scorer)
        {
            case ContentScorer content:
                writer.Write(content.Settings.Recent);
                writer.Write(content.Settings.RecentWeight);
                break;
            case PopularityScorer popularity:
                writer.Write(popularity.Settings.HalfLifeDays);
                WriteArray(writer, popularity.Scores);
                break;
            case ItemKnnScorer knn:
                writer.Write(knn.Settings.Neighbours);
                writer.Write(knn.Settings.Shrinkage);
                WriteNeighbours(writer, knn.Similar);
                break;
            case EaseScorer ease:
                writer.Write(ease.Settings.Regularisation);
                writer.Write(ease.Settings.MaximumItems);
                WriteEase(writer, ease.Weights);
                break;
            case ImplicitAlsScorer ials:
                writer.Write(ials.Settings.Factors);
                writer.Write(ials.Settings.Unobserved);
                writer.Write(ials.Settings.Regularisation);
                writer.Write(ials.Settings.Epochs);
                writer.Write(ials.ItemCount);
                WriteArray(writer, ials.ItemFactors);
                break;
            case SequenceScorer sequence:
                var p = sequence.Settings;
                writer.Write(p.Window);
                writer.Write(p.Decay);
                writer.Write(p.Reverse);
                writer.Write(p.Recent);
                writer.Write(p.RecentWeight);
                writer.Write(p.SourcePower);
                writer.Write(p.TargetPower);
                WriteArray(writer, sequence.Counts.AsSpan());
                WriteNeighbours(writer, sequence.Transitions);
                break;
            default:
                throw new ArtifactException($"The scorer '{scorer.Name}' has no form on disk: it cannot be part of an artifact.");
        }
    }

    public static IScorer Read(BinaryReader reader, string name, VectorIndex index, int meaningDimension) => name switch
    {
        ContentScorer.ScorerName => new ContentScorer(new ContentParameters(reader.ReadInt32(), reader.ReadDouble()), index, meaningDimension),
        PopularityScorer.Popularity or PopularityScorer.Trending =>
            new PopularityScorer(name, new PopularityParameters(reader.ReadDouble()), ReadArray<float>(reader)),
        ItemKnnScorer.ScorerName => new ItemKnnScorer(new ItemKnnParameters(reader.ReadInt32(), reader.ReadDouble()), ReadNeighbours(reader)),
        EaseScorer.ScorerName => new EaseScorer(new EaseParameters(reader.ReadDouble(), reader.ReadInt32()), ReadEase(reader)),
        ImplicitAlsScorer.ScorerName => new ImplicitAlsScorer(
            new ImplicitAlsParameters(reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32()), reader.ReadInt32(), ReadArray<float>(reader)),
        SequenceScorer.ScorerName => ReadSequence(reader),
        _ => throw new ArtifactException($"The artifact holds a scorer '{name}' that this build does not know: use a newer build, or train anew."),
    };

    public static void WriteEvidence(BinaryWriter writer, RankingEvidence evidence)
    {
        WriteArray(writer, evidence.Times.Starts);
        WriteArray(writer, evidence.Times.Times);
        WriteNeighbours(writer, evidence.NextItems);
    }

    public static RankingEvidence ReadEvidence(BinaryReader reader, Catalogue catalogue, ImmutableArray<IScorer> scorers) =>
        new(catalogue, scorers, new ItemTimes(ReadArray<int>(reader), ReadArray<long>(reader)), ReadNeighbours(reader));

    public static void WriteSpace(BinaryWriter writer, ContentSpaceParts parts)
    {
        writer.Write(parts.MeaningDimension);
        WriteTexts(writer, parts.Terms);
        WriteArray<float>(writer, parts.TermIdf);
        WriteArray<float>(writer, parts.TermVectors);
        WriteTexts(writer, parts.TitleWords);
        WriteArray<float>(writer, parts.TitleIdf);
        writer.Write(parts.Buckets.Thresholds.Count);
        foreach (var (facet, thresholds) in parts.Buckets.Thresholds)
        {
            writer.Write(facet);
            WriteArray(writer, thresholds.AsSpan());
        }
    }

    public static ContentSpaceParts ReadSpace(BinaryReader reader)
    {
        var parts = new ContentSpaceParts(
            reader.ReadInt32(), ReadTexts(reader), ReadArray<float>(reader), ReadArray<float>(reader), ReadTexts(reader), ReadArray<float>(reader),
            new NumberBuckets(ImmutableSortedDictionary.Create<string, ImmutableArray<double>>(StringComparer.Ordinal)));
        var thresholds = parts.Buckets.Thresholds.ToBuilder();
        for (var left = reader.ReadInt32(); left > 0; left--)
            thresholds.Add(reader.ReadString(), [.. ReadArray<double>(reader)]);
        return parts with { Buckets = new NumberBuckets(thresholds.ToImmutable()) };
    }

    private static SequenceScorer ReadSequence(BinaryReader reader)
    {
        var parameters = new SequenceParameters(
            reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        ImmutableArray<int> counts = [.. ReadArray<int>(reader)];
        return new SequenceScorer(parameters, ReadNeighbours(reader), counts);
    }

    private static void WriteEase(BinaryWriter writer, IEaseWeights weights)
    {
        switch (weights)
        {
            case DualEaseWeights dual:
                writer.Write(DualForm);
                writer.Write(dual.ItemCount);
                WriteArray(writer, dual.Inverse);
                WriteArray(writer, dual.Users.Starts);
                WriteArray(writer, dual.Users.Columns);
                break;
            case DenseEaseWeights dense:
                writer.Write(DenseForm);
                writer.Write(dense.ItemCount);
                WriteArray(writer, dense.Members);
                WriteArray(writer, dense.Rows);
                break;
            default:
                throw new ArtifactException($"Weights of the form {weights.GetType().Name} have no form on disk.");
        }
    }

    private static IEaseWeights ReadEase(BinaryReader reader)
    {
        var form = reader.ReadByte();
        var items = reader.ReadInt32();
        if (form == DenseForm)
            return new DenseEaseWeights(items, ReadArray<int>(reader), ReadArray<float>(reader));
        var inverse = ReadArray<float>(reader);
        return new DualEaseWeights(inverse, new SparseRows(items, ReadArray<int>(reader), ReadArray<int>(reader)));
    }

    private static void WriteNeighbours(BinaryWriter writer, Neighbours neighbours)
    {
        WriteArray(writer, neighbours.Starts);
        WriteArray(writer, neighbours.Targets);
        WriteArray(writer, neighbours.Weights);
    }

    private static Neighbours ReadNeighbours(BinaryReader reader) => new(ReadArray<int>(reader), ReadArray<int>(reader), ReadArray<float>(reader));

    private static void WriteTexts(BinaryWriter writer, ImmutableArray<string> texts)
    {
        writer.Write(texts.Length);
        foreach (var text in texts)
            writer.Write(text);
    }

    private static ImmutableArray<string> ReadTexts(BinaryReader reader)
    {
        var texts = new string[reader.ReadInt32()];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = reader.ReadString();
        return [.. texts];
    }

    // Every machine this runs on is little-endian, so arrays are copied as they lie in memory.
    private static void WriteArray<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    private static T[] ReadArray<T>(BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
