using System.ComponentModel.DataAnnotations;
using AgentRec.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AgentRec.Silo;

/// <summary>Reads the options of a store before there is a host that could.</summary>
public static class StoreSettings
{
    /// <summary>Reads and checks options.</summary>
    /// <param name="configuration">Holds the section <see cref="StoreOptions.Section"/>.</param>
    /// <param name="provider">The kind of store where something else decides it; null: as configured.</param>
    /// <exception cref="OptionsValidationException">A value is wrong.</exception>
    public static StoreOptions Read(IConfiguration configuration, StoreProvider? provider = null)
    {
        var options = configuration.GetSection(StoreOptions.Section).Get<StoreOptions>() ?? new StoreOptions();
        options.Provider = provider ?? options.Provider;
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
            ? options
            : throw new OptionsValidationException(StoreOptions.Section, typeof(StoreOptions), faults.Select(fault => fault.ErrorMessage ?? fault.ToString()));
    }

    /// <summary>Opens a store.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Store> OpenAsync(StoreOptions options, CancellationToken cancellationToken) => options.Provider switch
    {
        StoreProvider.PostgreSql => await PostgreSqlStore.OpenAsync(options, TimeProvider.System, cancellationToken),
        _ => await EmbeddedStore.OpenAsync(options.Directory, TimeProvider.System, cancellationToken),
    };
}
