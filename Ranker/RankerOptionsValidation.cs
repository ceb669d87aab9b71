using System.Net;
using Microsoft.Extensions.Options;

namespace AgentRec.Ranker;

/// <summary>Names every wrong setting at once, with its value and what is allowed.</summary>
internal sealed class RankerOptionsValidation : IValidateOptions<RankerOptions>
{
    public ValidateOptionsResult Validate(string? name, RankerOptions options)
    {
        var errors = new List<string>();
        if (!Directory.Exists(options.Repository))
            errors.Add($"{RankerOptions.Section}:{nameof(options.Repository)} is '{options.Repository}'; it must be an existing folder of models (--repository DIR).");
        if (!IPAddress.TryParse(options.Address, out _))
            errors.Add($"{RankerOptions.Section}:{nameof(options.Address)} is '{options.Address}'; it must be an IP address, such as 127.0.0.1.");
        Range(nameof(options.HttpPort), options.HttpPort, 0, 65_535);
        Range(nameof(options.GrpcPort), options.GrpcPort, 0, 65_535);
        if (options.HttpPort != 0 && options.HttpPort == options.GrpcPort)
            errors.Add($"{RankerOptions.Section}:{nameof(options.GrpcPort)} is {options.GrpcPort}, as is {nameof(options.HttpPort)}; each needs its own.");
        Range(nameof(options.MaximumBatchRows), options.MaximumBatchRows, 1, 65_536);
        Range(nameof(options.MaximumDelayMicroseconds), options.MaximumDelayMicroseconds, 0, 100_000);
        Range(nameof(options.MaximumQueuedRows), options.MaximumQueuedRows, options.MaximumBatchRows, 1_048_576);
        Range(nameof(options.ParallelRuns), options.ParallelRuns, 1, 64);
        Range(nameof(options.MaximumRequestBytes), options.MaximumRequestBytes, 1_024, 256 * 1024 * 1024);
        Range(nameof(options.PollMilliseconds), options.PollMilliseconds, 10, 3_600_000);
        Range(nameof(options.KeptVersions), options.KeptVersions, 1, 16);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Range(string setting, int value, int least, int greatest)
        {
            if (value < least || value > greatest)
                errors.Add($"{RankerOptions.Section}:{setting} is {value}; it must be from {least} to {greatest}.");
        }
    }
}
