using Microsoft.Extensions.Options;

namespace AgentRec.LanguageModel;

/// <summary>Names every wrong setting at once, with its value and what is allowed; never the key.</summary>
internal sealed class LanguageOptionsValidation : IValidateOptions<LanguageOptions>
{
    public ValidateOptionsResult Validate(string? name, LanguageOptions options)
    {
        var errors = new List<string>();
        if (options.Endpoint is { } endpoint && !(endpoint.IsAbsoluteUri && endpoint.Scheme is "http" or "https"))
            errors.Add($"{LanguageOptions.Section}:{nameof(options.Endpoint)} {(endpoint.IsAbsoluteUri ? $"begins with '{endpoint.Scheme}:'" : "is no absolute address")}; it must be an http or https address, such as http://127.0.0.1:8000/v1.");
        if (options.Endpoint is { IsAbsoluteUri: true, UserInfo.Length: > 0 })
            errors.Add($"{LanguageOptions.Section}:{nameof(options.Endpoint)} holds a user or password; give the key as {LanguageOptions.Section}:{nameof(options.ApiKey)}.");
        if (options.IsOn && string.IsNullOrWhiteSpace(options.Model))
            errors.Add($"{LanguageOptions.Section}:{nameof(options.Model)} is empty; it must be the name that the endpoint uses.");
        if (options.ApiKey.Any(char.IsControl))
            errors.Add($"{LanguageOptions.Section}:{nameof(options.ApiKey)} holds control characters, such as a line break at its end.");
        if (!string.IsNullOrWhiteSpace(options.Record) && !string.IsNullOrWhiteSpace(options.Replay))
            errors.Add($"{LanguageOptions.Section}:{nameof(options.Record)} and {LanguageOptions.Section}:{nameof(options.Replay)} are both given; it must be one of them.");
        if (!string.IsNullOrWhiteSpace(options.Record) && string.IsNullOrWhiteSpace(options.Replay) && Unwritable(options.Record) is { } problem)
            errors.Add($"{LanguageOptions.Section}:{nameof(options.Record)} is '{options.Record}', which cannot be written ({problem}).");
        if (!string.IsNullOrWhiteSpace(options.Replay) && !Directory.Exists(options.Replay))
            errors.Add($"{LanguageOptions.Section}:{nameof(options.Replay)} is '{options.Replay}'; it must be a folder of recorded files.");
        Range(nameof(options.TurnMilliseconds), options.TurnMilliseconds, 10, 60_000);
        Range(nameof(options.TurnRequests), options.TurnRequests, 1, 32);
        Range(nameof(options.TurnTokens), options.TurnTokens, 256, 1_000_000);
        Range(nameof(options.TurnToolCalls), options.TurnToolCalls, 0, 64);
        Range(nameof(options.AnswerTokens), options.AnswerTokens, 64, 16_384);
        Range(nameof(options.TenantRequestsPerMinute), options.TenantRequestsPerMinute, 1, 1_000_000);
        Range(nameof(options.TenantTokensPerMinute), options.TenantTokensPerMinute, 256, 1_000_000_000);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        static string? Unwritable(string folder)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return exception.Message;
            }
        }

        void Range(string setting, long value, long least, long greatest)
        {
            if (value < least || value > greatest)
                errors.Add($"{LanguageOptions.Section}:{setting} is {value}; it must be from {least} to {greatest}.");
        }
    }
}
