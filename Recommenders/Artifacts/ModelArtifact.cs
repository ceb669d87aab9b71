using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AgentRec.Recommenders.Ranking;
using AgentRec.Recommenders.Scorers;
using AgentRec.Recommenders.Vectors;

namespace AgentRec.Recommenders.Artifacts;

/// <summary>
/// A model on disk: a folder named after its version, with <c>manifest.json</c> and a binary file for the space of content
/// vectors, for the positives by item (the strata follow from them) and for each scorer, and the ranking model's graph as ONNX
/// with its evidence. It is written under another name and renamed when it is complete, and never changed.
/// </summary>
public static class ModelArtifact
{
    /// <summary>The version of the layout that this build writes and reads.</summary>
    public const int Format = 1;

    /// <summary>The file name of the ranking model's graph.</summary>
    public const string GraphName = "ranker.onnx";

    /// <summary>The manifest's file name.</summary>
    public const string ManifestName = "manifest.json";

    /// <summary>How manifests are written.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private const string SpaceFile = "space.bin";
    private const string PositivesFile = "positives.bin";
    private const string EvidenceFile = "ranking.bin";

    /// <summary>Writes a model below a folder. A version that is there already is left as it is.</summary>
    /// <param name="model">The model, over the catalogue it was trained on or one that extends it.</param>
    /// <param name="root">The folder that holds one folder for each version; it is made where it is missing.</param>
    /// <returns>The manifest; the artifact's folder is <paramref name="root"/> and its version.</returns>
    public static ArtifactManifest Save(RecommenderModel model, string root)
    {
        var contents = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [SpaceFile] = Bytes(writer => ScorerCodec.WriteSpace(writer, model.Space.Parts)),
            [PositivesFile] = Bytes(writer => WritePositives(writer, model.Catalogue.PositiveCounts[..model.Info.TrainedItems])),
        };
        foreach (var scorer in model.Scorers)
            contents.Add(FileOf(scorer.Name), Bytes(writer => ScorerCodec.Write(writer, scorer)));
        if (model.Ranking is { } ranking)
        {
            contents.Add(GraphName, ranking.Graph.ToArray());
            contents.Add(EvidenceFile, Bytes(writer => ScorerCodec.WriteEvidence(writer, ranking.Evidence)));
        }
        var manifest = Versioned(new ArtifactManifest(
            Format,
            "",
            model.Info,
            Digest(model.Catalogue, model.Info.TrainedItems),
            model.Scorers.ToImmutableSortedDictionary(scorer => scorer.Name, scorer => scorer.Parameters, StringComparer.Ordinal),
            [.. model.Scorers.Select(scorer => scorer.Name)],
            model.Blend,
            contents.ToImmutableSortedDictionary(file => file.Key, file => Hash(file.Value), StringComparer.Ordinal))
        {
            Ranking = model.Ranking?.Terms,
        });
        var folder = Path.Combine(root, manifest.Version);
        if (Directory.Exists(folder))
            return manifest;
        var unfinished = Path.Combine(root, $".{manifest.Version}.unfinished");
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        foreach (var (name, bytes) in contents)
            File.WriteAllBytes(Path.Combine(unfinished, name), bytes);
        File.WriteAllText(Path.Combine(unfinished, ManifestName), JsonSerializer.Serialize(manifest, Json));
        Directory.Move(unfinished, folder);
        return manifest;
    }

    /// <summary>Reads the manifest of an artifact and checks that it is whole.</summary>
    /// <param name="folder">The artifact's folder.</param>
    /// <exception cref="ArtifactException">There is none, or it is damaged, or of another layout.</exception>
    public static ArtifactManifest ReadManifest(string folder)
    {
        var path = Path.Combine(folder, ManifestName);
        if (!File.Exists(path))
            throw new ArtifactException($"'{folder}' holds no {ManifestName}: it is no model artifact. Train a model first.");
        ArtifactManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<ArtifactManifest>(File.ReadAllText(path), Json);
        }
        catch (JsonException problem)
        {
            throw new ArtifactException($"'{path}' cannot be read ({problem.Message}): restore the artifact, or train anew.");
        }
        if (manifest?.Format != Format)
            throw new ArtifactException($"'{path}' has layout {manifest?.Format}, this build reads {Format}: use a matching build, or train anew.");
        if (!string.Equals(manifest.Version, Versioned(manifest).Version, StringComparison.Ordinal))
            throw new ArtifactException($"'{path}' does not match its version {manifest.Version}: it was changed after it was written. Restore the artifact, or train anew.");
        return manifest;
    }

    /// <summary>Reads a model over a catalogue.</summary>
    /// <param name="folder">The artifact's folder.</param>
    /// <param name="catalogue">The catalogue; it must begin with the items that the model was trained on. The model's own has the strata of its training data.</param>
    /// <exception cref="ArtifactException">The artifact is damaged, of another layout, or of another catalogue.</exception>
    public static RecommenderModel Load(string folder, Catalogue catalogue)
    {
        var manifest = ReadManifest(folder);
        if (catalogue.Count < manifest.Info.TrainedItems)
            throw new ArtifactException($"The model {manifest.Version} was trained on {manifest.Info.TrainedItems} items, the catalogue has {catalogue.Count}: load the catalogue it belongs to, or train anew.");
        if (!string.Equals(manifest.CatalogueDigest, Digest(catalogue, manifest.Info.TrainedItems), StringComparison.Ordinal))
            throw new ArtifactException($"The model {manifest.Version} was trained on other items than the first {manifest.Info.TrainedItems} of this catalogue: load the catalogue it belongs to, or train anew.");
        try
        {
            var space = new ContentSpace(Read(SpaceFile, ScorerCodec.ReadSpace));
            var index = space.Index(catalogue);
            var strata = catalogue.WithPositives(Read(PositivesFile, ReadPositives));
            ImmutableArray<IScorer> scorers =
                [.. manifest.Scorers.Select(name => Read(FileOf(name), reader => ScorerCodec.Read(reader, name, index, space.MeaningDimension)))];
            var ranking = manifest.Ranking is { } terms
                ? new RankingModel(ReadFile(GraphName), terms, Read(EvidenceFile, reader => ScorerCodec.ReadEvidence(reader, strata, scorers)))
                : null;
            return new RecommenderModel(strata, manifest.Info, scorers, manifest.Blend, ranking, space, index);
        }
        catch (Exception problem) when (problem is EndOfStreamException or OverflowException or IOException)
        {
            throw new ArtifactException($"The model {manifest.Version} in '{folder}' cannot be read ({problem.Message}): restore the artifact, or train anew.");
        }

        T Read<T>(string name, Func<BinaryReader, T> read)
        {
            using var reader = new BinaryReader(new MemoryStream(ReadFile(name)));
            return read(reader);
        }

        byte[] ReadFile(string name)
        {
            var path = Path.Combine(folder, name);
            if (!manifest.Files.TryGetValue(name, out var expected) || !File.Exists(path))
                throw new ArtifactException($"The model {manifest.Version} lacks '{path}': restore the artifact, or train anew.");
            var bytes = File.ReadAllBytes(path);
            if (!string.Equals(Hash(bytes), expected, StringComparison.Ordinal))
                throw new ArtifactException($"'{path}' is damaged: its SHA-256 is not the one in the manifest. Restore the artifact, or train anew.");
            return bytes;
        }
    }

    private static void WritePositives(BinaryWriter writer, ImmutableArray<int> counts)
    {
        writer.Write(counts.Length);
        foreach (var count in counts)
            writer.Write(count);
    }

    private static ImmutableArray<int> ReadPositives(BinaryReader reader)
    {
        var counts = new int[reader.ReadInt32()];
        for (var handle = 0; handle < counts.Length; handle++)
            counts[handle] = reader.ReadInt32();
        return [.. counts];
    }

    private static string FileOf(string scorer) => $"{scorer}.bin";

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
            write(writer);
        return stream.ToArray();
    }

    // The version names everything else in the manifest, the files through their hashes.
    private static ArtifactManifest Versioned(ArtifactManifest manifest) =>
        manifest with { Version = Hash(JsonSerializer.SerializeToUtf8Bytes(manifest with { Version = "" }, Json))[..16] };

    private static string Digest(Catalogue catalogue, int items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var item in catalogue.Items[..items])
        {
            // Ids hold no control characters, so a zero keeps them apart.
            hash.AppendData(Encoding.UTF8.GetBytes(item.ItemId));
            hash.AppendData([0]);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
