using System.Reflection;
using AgentRec.Domain;
using AgentRec.Import.Formats;
using AgentRec.Import.Rows;

namespace AgentRec.Import.Sample;

/// <summary>The bundled facts of films.</summary>
internal static class SampleFilms
{
    private const string Resource = "samples/films/items.csv";

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">The bundled file is damaged.</exception>
    public static IReadOnlyList<Item> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException($"The build lacks the resource {Resource}.");
        var file = new DataFile(Resource, stream, RecordSyntax.Csv);
        return [.. GenericCsv.Items(file, static row => throw new InvalidDataException($"The bundled sample is damaged: {row}")).Select(item => item.Value)];
    }
}
