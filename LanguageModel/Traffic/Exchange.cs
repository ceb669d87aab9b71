using System.Text.Json;

namespace AgentRec.LanguageModel.Traffic;

/// <summary>One request with its answer, as files hold it. Headers, and with them the key, are left out.</summary>
/// <param name="Request">The body of the request.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Answer">The body of the answer.</param>
internal sealed record Exchange(string Request, int Status, string Answer)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    /// <summary>Writes the exchange; whoever reads meanwhile sees the whole of it or nothing.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        var unfinished = $"{file}.{Guid.NewGuid():N}.tmp";
        await File.WriteAllBytesAsync(unfinished, JsonSerializer.SerializeToUtf8Bytes(this, Options), cancellationToken);
        File.Move(unfinished, file, overwrite: true);
    }

    /// <summary>Reads an exchange.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Exchange?> ReadAsync(string file, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<Exchange>(await File.ReadAllBytesAsync(file, cancellationToken), Options);
}
