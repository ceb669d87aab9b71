using System.ComponentModel.DataAnnotations;
using AgentRec.Grains.Models;
using AgentRec.Silo.Models;
using Microsoft.Extensions.Configuration;

namespace AgentRec.Cli.Hosting;

/// <summary>The margin between models as a node would read it, for commands that run without one.</summary>
internal static class ModelTerms
{
    /// <summary>Reads it.</summary>
    /// <param name="force">True to activate a model whatever is lost.</param>
    /// <exception cref="CommandFailure">The option has a wrong value.</exception>
    public static ActivationTerms Read(bool force)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables(Node.EnvironmentPrefix)
            .Build();
        var options = configuration.GetSection(ModelOptions.Section).Get<ModelOptions>() ?? new ModelOptions();
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
            ? new ActivationTerms(options.GreatestLoss, force)
            : throw new CommandFailure(string.Join(' ', faults.Select(fault => fault.ErrorMessage)));
    }
}
