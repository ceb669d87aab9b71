using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace AgentRec.Simulation;

/// <summary>Writes every place of every slate as a row, as CSV and as Parquet: a row group for each period of an arm.</summary>
internal sealed class EventTables : IAsyncDisposable
{
    private static readonly DataField<string> Run = new("run", false);
    private static readonly DataField<string> Arm = new("arm", false);
    private static readonly DataField<int> Seed = new("seed");
    private static readonly DataField<int> Period = new("period");
    private static readonly DataField<string> User = new("user", false);
    private static readonly DataField<int> Turn = new("turn");
    private static readonly DataField<string> ItemId = new("item", false);
    private static readonly DataField<int> Position = new("position");
    private static readonly DataField<double> Utility = new("utility");
    private static readonly DataField<bool> Looked = new("looked");
    private static readonly DataField<string> ActionName = new("action", false);
    private static readonly DataField<double> Rating = new("rating", true);

    private readonly StreamWriter _csv;
    private readonly FileStream _file;
    private readonly ParquetWriter _parquet;

    private EventTables(StreamWriter csv, FileStream file, ParquetWriter parquet) => (_csv, _file, _parquet) = (csv, file, parquet);

    /// <summary>Starts the tables of an output folder.</summary>
    public static async Task<EventTables> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var csv = new StreamWriter(Path.Combine(folder, "events.csv"), append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        await csv.WriteLineAsync("run,arm,seed,period,user,turn,item,position,utility,looked,action,rating");
        var file = File.Create(Path.Combine(folder, "events.parquet"));
        var schema = new ParquetSchema(Run, Arm, Seed, Period, User, Turn, ItemId, Position, Utility, Looked, ActionName, Rating);
        return new EventTables(csv, file, await ParquetWriter.CreateAsync(schema, file, cancellationToken: cancellationToken));
    }

    /// <summary>Adds a period.</summary>
    public async Task AddAsync(Scenario scenario, World world, int seed, string arm, int period, PeriodRows rows, CancellationToken cancellationToken)
    {
        foreach (var (user, turn, position, reading) in rows.Items)
        {
            await _csv.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{scenario.Name},{arm},{seed},{period},{Field(world.Users[user])},{turn},{Field(world.Items[reading.Item].ItemId)},{position},{reading.Utility:R},{(reading.LookedAt ? 1 : 0)},{Action(reading)},{reading.Rating}"));
        }
        if (rows.Items.Length == 0)
            return;
        using var group = _parquet.CreateRowGroup();
        await Texts(Run, _ => scenario.Name);
        await Texts(Arm, _ => arm);
        await Values(Seed, _ => seed);
        await Values(Period, _ => period);
        await Texts(User, row => world.Users[row.User]);
        await Values(Turn, row => row.Turn);
        await Texts(ItemId, row => world.Items[row.Reading.Item].ItemId);
        await Values(Position, row => row.Position);
        await Values(Utility, row => row.Reading.Utility);
        await Values(Looked, row => row.Reading.LookedAt);
        await Texts(ActionName, row => Action(row.Reading));
        await group.WriteAsync<double>(Rating, (ReadOnlyMemory<double?>)rows.Items.Select(row => row.Reading.Rating).ToArray(), cancellationToken: cancellationToken);

        Task Texts(DataField field, Func<ItemRow, string> of) => group.WriteAsync(field, (IReadOnlyCollection<string>)[.. rows.Items.Select(of)]);

        Task Values<T>(DataField field, Func<ItemRow, T> of)
            where T : struct => group.WriteAsync<T>(field, (ReadOnlyMemory<T>)rows.Items.Select(of).ToArray(), cancellationToken: cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _parquet.DisposeAsync();
        await _file.DisposeAsync();
        await _csv.DisposeAsync();
    }

    /// <summary>An id as a field: ids from data may hold what separates fields (RFC 4180).</summary>
    private static string Field(string id) => id.AsSpan().ContainsAny(',', '"') ? $"\"{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : id;

    private static string Action(Reading reading) => reading.Rating is not null ? "rate" : reading.LookedAt ? "pass" : "none";
}
