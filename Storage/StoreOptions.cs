using System.ComponentModel.DataAnnotations;

namespace AgentRec.Storage;

/// <summary>Which store is used, and how.</summary>
public sealed class StoreOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Store";

    /// <summary>The connections of a silo beside its writer lanes and its pool: one that says that the store is in use, and two for membership.</summary>
    internal const int Reserved = 3;

    private const int LeastPool = 4;

    /// <summary>The kind of store.</summary>
    /// <value>The default is <see cref="StoreProvider.Embedded"/>.</value>
    [EnumDataType(typeof(StoreProvider), ErrorMessage = "Store:Provider must be 'embedded' or 'postgresql'.")]
    public StoreProvider Provider { get; set; }

    /// <summary>The folder of the embedded store.</summary>
    /// <value>The default is <c>.agentrec/store</c>, below the current folder.</value>
    [Required(ErrorMessage = "Store:Directory must name a folder.")]
    public string Directory { get; set; } = Path.Combine(".agentrec", "store");

    /// <summary>
    /// The database, in Npgsql's form (<c>Host=db;Username=agentrec;Password=...;Database=agentrec</c>). It is a secret: set it in the
    /// environment (<c>AGENTREC_Store__ConnectionString</c>) or in a file that only the silo can read. Silos hold locks of their
    /// session and prepared statements, so a pooler in between must pool sessions, not transactions.
    /// </summary>
    /// <value>There is no default; it is needed for <see cref="StoreProvider.PostgreSql"/>.</value>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The connections that one silo opens at most: <see cref="WriterLanes"/>, one that says that the store is in use, two for
    /// membership, and the rest for reading and grain state. All silos together must stay below the server's
    /// <c>max_connections</c>, which is 100 by default; PostgreSQL is at its best with a few connections per core, so more of them
    /// rarely help.
    /// </summary>
    /// <value>The default is 24, so that four silos fit a server as it comes; from 8 to 1,000, and at least 7 more than the lanes.</value>
    [Range(8, 1_000, ErrorMessage = "Store:MaximumConnections must be from 8 to 1000.")]
    public int MaximumConnections { get; set; } = 24;

    /// <summary>
    /// How many transactions of appends a silo has under way at once. One alone leaves the disk idle while the next is sent; each
    /// further one makes groups smaller, so that more of them have to be flushed.
    /// </summary>
    /// <value>The default is 2; from 1 to 16.</value>
    [Range(1, 16, ErrorMessage = "Store:WriterLanes must be from 1 to 16.")]
    public int WriterLanes { get; set; } = 2;

    /// <summary>After how many seconds a statement is given up. Imports, migrations and reading for training are not limited.</summary>
    /// <value>The default is 15; from 1 to 600.</value>
    [Range(1, 600, ErrorMessage = "Store:CommandTimeoutSeconds must be from 1 to 600.")]
    public int CommandTimeoutSeconds { get; set; } = 15;

    /// <summary>Where models from the database lie on this machine. Silos of one machine may share it; it can be deleted at any time.</summary>
    /// <value>The default is <c>.agentrec/models</c>, below the current folder.</value>
    [Required(ErrorMessage = "Store:ModelDirectory must name a folder.")]
    public string ModelDirectory { get; set; } = Path.Combine(".agentrec", "models");

    /// <summary>Says what is wrong where several options meet.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider is StoreProvider.PostgreSql && string.IsNullOrWhiteSpace(ConnectionString))
            yield return new ValidationResult("Store:ConnectionString is needed for PostgreSQL: set AGENTREC_Store__ConnectionString, such as 'Host=localhost;Database=agentrec'.");
        if (MaximumConnections < WriterLanes + Reserved + LeastPool)
            yield return new ValidationResult($"Store:MaximumConnections is {MaximumConnections}: it must be at least {WriterLanes + Reserved + LeastPool} with {WriterLanes} writer lanes.");
    }

    /// <summary>The kind of store alone: the connection string must never reach a log.</summary>
    public override string ToString() => $"StoreOptions {Provider}";
}

/// <summary>The kinds of store.</summary>
public enum StoreProvider
{
    /// <summary>A folder, for one process.</summary>
    Embedded,

    /// <summary>A PostgreSQL database, for any number of silos.</summary>
    PostgreSql,
}
