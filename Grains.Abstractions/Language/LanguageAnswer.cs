namespace AgentRec.Grains.Abstractions.Language;

/// <summary>What came of asking a language model.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">What it answered, checked; null where there is no usable answer.</param>
/// <param name="Reason">Why there is none, as <c>degraded</c> shows it; null with a value.</param>
/// <param name="Attempts">How often it answered, corrections included.</param>
public sealed record LanguageAnswer<T>(T? Value, string? Reason, int Attempts)
    where T : class;
