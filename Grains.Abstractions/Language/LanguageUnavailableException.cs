namespace AgentRec.Grains.Abstractions.Language;

/// <summary>
/// The language model cannot be had now. The turn goes on without it and names this message as the reason, so the message holds nothing
/// that was said, asked or answered, and no key. There is no inner exception for the same reason.
/// </summary>
/// <param name="message">What failed, in the same words whenever it is the same.</param>
public sealed class LanguageUnavailableException(string message) : Exception(message);
