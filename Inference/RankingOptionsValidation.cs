using Microsoft.Extensions.Options;

namespace AgentRec.Inference;

/// <summary>Names every wrong setting at once, with its value and what is allowed.</summary>
internal sealed class RankingOptionsValidation : IValidateOptions<RankingOptions>
{
    public ValidateOptionsResult Validate(string? name, RankingOptions options)
    {
        var errors = new List<string>();
        if (options.Endpoint is { } endpoint && !(endpoint.IsAbsoluteUri && endpoint.Scheme is "http" or "https"))
            errors.Add($"{RankingOptions.Section}:{nameof(options.Endpoint)} is '{endpoint}'; it must be an absolute http or https address, such as http://127.0.0.1:8001.");
        if (!Enum.IsDefined(options.Protocol))
            errors.Add($"{RankingOptions.Section}:{nameof(options.Protocol)} is {options.Protocol}; it must be {string.Join(" or ", Enum.GetNames<RankingProtocol>())}.");
        Named(nameof(options.Model), options.Model);
        Named(nameof(options.Input), options.Input);
        Named(nameof(options.Output), options.Output);
        Range(nameof(options.TimeoutMilliseconds), options.TimeoutMilliseconds, 1, 60_000);
        Range(nameof(options.ConnectMilliseconds), options.ConnectMilliseconds, 1, 60_000);
        Range(nameof(options.MaximumConcurrency), options.MaximumConcurrency, 1, 4_096);
        Range(nameof(options.MaximumBatchRows), options.MaximumBatchRows, 1, 65_536);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Named(string setting, string value)
        {
            if (string.IsNullOrWhiteSpace(value))
                errors.Add($"{RankingOptions.Section}:{setting} is empty; it must be the name that the server uses.");
        }

        void Range(string setting, int value, int least, int greatest)
        {
            if (value < least || value > greatest)
                errors.Add($"{RankingOptions.Section}:{setting} is {value}; it must be from {least} to {greatest}.");
        }
    }
}
