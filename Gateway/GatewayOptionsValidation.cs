using AgentRec.Domain;
using Microsoft.Extensions.Options;

namespace AgentRec.Gateway;

/// <summary>Names every wrong setting at once, with its value and what is allowed.</summary>
internal sealed class GatewayOptionsValidation : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var errors = new List<string>();
        if (Identifier.Problem(options.Tenant) is { } problem)
            errors.Add($"{GatewayOptions.Section}:{nameof(options.Tenant)} {problem}.");
        Range(nameof(options.MaximumBodyBytes), options.MaximumBodyBytes, 1_024, 16 * 1024 * 1024);
        Range(nameof(options.MaximumBulkBodyBytes), options.MaximumBulkBodyBytes, options.MaximumBodyBytes, 256 * 1024 * 1024);
        Range(nameof(options.MaximumInteractions), options.MaximumInteractions, 1, 1_000_000);
        Range(nameof(options.MaximumItems), options.MaximumItems, 1, 1_000_000);
        Range(nameof(options.MaximumMessageLength), options.MaximumMessageLength, 1, 100_000);
        Range(nameof(options.MaximumConstraints), options.MaximumConstraints, 1, 1_000);
        Range(nameof(options.RecordParallelism), options.RecordParallelism, 1, 1_024);
        Range(nameof(options.MaximumConcurrentTurns), options.MaximumConcurrentTurns, 1, 100_000);
        Range(nameof(options.MaximumWaitingTurns), options.MaximumWaitingTurns, 0, 1_000_000);
        Range(nameof(options.TurnTimeout), options.TurnTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Range(nameof(options.Heartbeat), options.Heartbeat, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(5));
        Range(nameof(options.DrainDelay), options.DrainDelay, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Range(nameof(options.Attempts), options.Attempts, 1, 10);
        Range(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Range<T>(string setting, T value, T least, T greatest)
            where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(greatest) > 0)
                errors.Add($"{GatewayOptions.Section}:{setting} is {value}; it must be from {least} to {greatest}.");
        }
    }
}
