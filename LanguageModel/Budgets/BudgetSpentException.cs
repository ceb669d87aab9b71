namespace AgentRec.LanguageModel.Budgets;

/// <summary>A request was not sent, because what may be spent is spent.</summary>
/// <param name="message">Which budget, as <c>degraded</c> shows it.</param>
internal sealed class BudgetSpentException(string message) : Exception(message);
