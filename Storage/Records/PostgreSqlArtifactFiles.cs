using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using AgentRec.Grains.Abstractions.Storage;
using AgentRec.Storage.PostgreSql;

namespace AgentRec.Storage.Records;

/// <summary>
/// The files of models as rows, in parts of bounded size, and a folder on this machine where they are brought to be loaded. A folder
/// appears there under its name only when it is whole.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="directory">The folder on this machine; it exists. Other silos of the machine may use it too.</param>
internal sealed class PostgreSqlArtifactFiles(PostgreSqlDatabase database, string directory) : IArtifactFiles
{
    /// <summary>The greatest size of a part: neither side ever holds more of a file.</summary>
    private const int PartSize = 4 << 20;

    private const string InsertFile = "INSERT INTO artifact_files (folder, name, size, sha256) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    private const string InsertPart = "INSERT INTO artifact_parts (folder, name, part, content) VALUES ($1, $2, $3, $4)";

    private const string ListFiles = "SELECT name, size, sha256 FROM artifact_files WHERE folder = $1 ORDER BY name";

    private const string ReadPart = "SELECT content FROM artifact_parts WHERE folder = $1 AND name = $2 AND part = $3";

    /// <inheritdoc/>
    public string Directory => directory;

    /// <inheritdoc/>
    public async ValueTask PublishAsync(string folder, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            AdvisoryLock.Key("artifact files", folder),
            async (connection, token) =>
            {
                foreach (var path in System.IO.Directory.GetFiles(Path.Combine(directory, folder)).Order(StringComparer.Ordinal))
                {
                    await using var file = File.OpenRead(path);
                    var name = Path.GetFileName(path);
                    await using (var insert = connection.Command(InsertFile, folder, name, file.Length, await SHA256.HashDataAsync(file, token)))
                    {
                        if (await insert.ExecuteNonQueryAsync(token) == 0)
                            continue;
                    }
                    file.Position = 0;
                    var buffer = new byte[Math.Min(PartSize, file.Length)];
                    for (var part = 0; await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token) is > 0 and var read; part++)
                    {
                        await using var insert = connection.Command(InsertPart, folder, name, part, buffer[..read]);
                        await insert.ExecuteNonQueryAsync(token);
                    }
                }
                return 0;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<string> FetchAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, folder);
        var files = await ListAsync(folder, cancellationToken);
        if (files.IsEmpty || await IsWholeAsync(path, files, cancellationToken))
            return path;
        // A name of its own: two silos of one machine may be at it at once.
        var unfinished = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $".{folder}.{Environment.ProcessId}.{Guid.NewGuid():N}"));
        System.IO.Directory.CreateDirectory(unfinished);
        try
        {
            foreach (var file in files)
            {
                // What is damaged in the database itself is left away: whoever loads the model says so, and goes on with another.
                if (!await TryFetchAsync(folder, file, Path.Combine(unfinished, file.Name), cancellationToken))
                    return path;
            }
            Replace(unfinished, path);
        }
        finally
        {
            if (System.IO.Directory.Exists(unfinished))
                System.IO.Directory.Delete(unfinished, recursive: true);
        }
        return path;
    }

    private async Task<ImmutableArray<StoredFile>> ListAsync(string folder, CancellationToken cancellationToken) =>
        await database.ReadAsync<ImmutableArray<StoredFile>>(
            async (connection, token) =>
            {
                await using var command = connection.Command(ListFiles, folder);
                return [.. await command.RowsAsync(row => new StoredFile(row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)), token)];
            },
            cancellationToken);

    private static async Task<bool> IsWholeAsync(string path, ImmutableArray<StoredFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            var info = new FileInfo(Path.Combine(path, file.Name));
            if (!info.Exists || info.Length != file.Size)
                return false;
            await using var content = info.OpenRead();
            var digest = await SHA256.HashDataAsync(content, cancellationToken);
            if (!file.Sha256.SequenceEqual(digest))
                return false;
        }
        return true;
    }

    private async Task<bool> TryFetchAsync(string folder, StoredFile file, string path, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var content = File.Create(path);
        for (var part = 0; content.Position < file.Size; part++)
        {
            if (await PartAsync(folder, file.Name, part, cancellationToken) is not { } bytes)
                return false;
            digest.AppendData(bytes);
            await content.WriteAsync(bytes, cancellationToken);
        }
        return file.Sha256.SequenceEqual(digest.GetHashAndReset());
    }

    private Task<byte[]?> PartAsync(string folder, string name, int part, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, token) =>
            {
                await using var command = connection.Command(ReadPart, folder, name, part);
                return await command.ScalarAsync(token) as byte[];
            },
            cancellationToken);

    private static void Replace(string unfinished, string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (System.IO.Directory.Exists(path))
                {
                    // What is there is damaged. It is moved away first, so that nobody ever finds half of a folder under its name.
                    var damaged = unfinished + ".damaged";
                    System.IO.Directory.Move(path, damaged);
                    System.IO.Directory.Delete(damaged, recursive: true);
                }
                System.IO.Directory.Move(unfinished, path);
                return;
            }
            catch (IOException) when (attempt == 0)
            {
                // Another silo of this machine has just put it there: its is as good, but which of the two it is nobody knows.
            }
        }
    }

    private sealed record StoredFile(string Name, long Size, byte[] Sha256);
}
