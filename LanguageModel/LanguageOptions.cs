namespace AgentRec.LanguageModel;

/// <summary>Where a language model is served and what may be spent on it, bound to the section <c>Language</c> and checked at start.</summary>
/// <remarks>A turn asks at most five questions, to read its message, to speak for either side, to pick its slate and to word its reasons: what a turn may spend counts for each of them, and for a summary of a memory.</remarks>
public sealed class LanguageOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Language";

    /// <summary>An OpenAI-compatible endpoint, with its version, for example <c>http://gpu-host:8000/v1</c>.</summary>
    /// <value>The default is null: there is no language model. An absolute <c>http</c> or <c>https</c> address.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>The model's name at the endpoint.</summary>
    /// <value>The default is empty; it must be given with an endpoint or a replay.</value>
    public string Model { get; set; } = "";

    /// <summary>The key that the endpoint asks for. Give it by the environment (<c>AGENTREC_Language__ApiKey</c>), not in a file.</summary>
    /// <value>The default is empty: none.</value>
    public string ApiKey { get; set; } = "";

    /// <summary>How many milliseconds a question of a turn may wait for the model in all.</summary>
    /// <value>The default is 3,000; from 10 to 60,000. Keep it well below <c>Silo:ResponseSeconds</c>.</value>
    public int TurnMilliseconds { get; set; } = 3_000;

    /// <summary>How many requests a question of a turn may send, corrections and rounds of tool calls included.</summary>
    /// <value>The default is 4; from 1 to 32.</value>
    public int TurnRequests { get; set; } = 4;

    /// <summary>How many tokens a question of a turn may spend, in both directions. A request that could exceed it is not sent.</summary>
    /// <value>The default is 12,000; from 256 to 1,000,000.</value>
    public int TurnTokens { get; set; } = 12_000;

    /// <summary>How many tool calls a question of a turn may make.</summary>
    /// <value>The default is 4; from 0 to 64.</value>
    public int TurnToolCalls { get; set; } = 4;

    /// <summary>How many tokens an answer may have.</summary>
    /// <value>The default is 600; from 64 to 16,384.</value>
    public int AnswerTokens { get; set; } = 600;

    /// <summary>How many requests a tenant may send in a minute through one silo.</summary>
    /// <value>The default is 600; from 1 to 1,000,000.</value>
    public int TenantRequestsPerMinute { get; set; } = 600;

    /// <summary>How many tokens a tenant may spend in a minute through one silo.</summary>
    /// <value>The default is 500,000; from 256 to 1,000,000,000.</value>
    public long TenantTokensPerMinute { get; set; } = 500_000;

    /// <summary>A folder that receives every request and answer as a file. They hold what users said: keep it as you keep the store.</summary>
    /// <value>The default is null: nothing is recorded.</value>
    public string? Record { get; set; }

    /// <summary>A folder of recorded files that answer in place of the endpoint, which is never asked.</summary>
    /// <value>The default is null.</value>
    public string? Replay { get; set; }

    /// <summary>True when there is something to ask.</summary>
    internal bool IsOn => Endpoint is not null || !string.IsNullOrWhiteSpace(Replay);
}
