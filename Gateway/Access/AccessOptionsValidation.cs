using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway.Access;

/// <summary>Checks <see cref="AccessOptions"/> with everything in it, and names every fault at once.</summary>
internal sealed class AccessOptionsValidation : IValidateOptions<AccessOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var faults = new List<ValidationResult>();
        foreach (var part in (object[])[options, options.Jwt, options.Limits])
            Validator.TryValidateObject(part, new ValidationContext(part), faults, validateAllProperties: true);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => fault.ErrorMessage!));
    }
}
