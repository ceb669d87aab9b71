namespace AgentRec.Grains.Abstractions.Language;

/// <summary>
/// A language model that advises. It is not trusted: what it returns is checked against the catalogue before it comes back from
/// here, and again by whoever uses it. It sees what a task states, and nothing else.
/// </summary>
public interface ILanguageModel
{
    /// <summary>Reads what a grammar could not.</summary>
    /// <param name="task">The words, and what may be made of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was read, or why nothing was: a budget that is spent, or no usable answer in the attempts that there are.</returns>
    /// <exception cref="LanguageUnavailableException">The model is away, overloaded, too slow, or fails.</exception>
    Task<LanguageAnswer<AdvisedReading>> ReadAsync(ReadingTask task, CancellationToken cancellationToken);

    /// <summary>Picks a slate.</summary>
    /// <param name="task">What may be picked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The picks, or why there are none.</returns>
    /// <exception cref="LanguageUnavailableException">The model is away, overloaded, too slow, or fails.</exception>
    Task<LanguageAnswer<AdvisedSlate>> ProposeAsync(ProposalTask task, CancellationToken cancellationToken);

    /// <summary>Reads a slate in the place of a simulated user.</summary>
    /// <param name="task">Who reads what.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What became of each place, or why there is no answer.</returns>
    /// <exception cref="LanguageUnavailableException">The model is away, overloaded, too slow, or fails.</exception>
    Task<LanguageAnswer<AdvisedJudgement>> JudgeAsync(JudgementTask task, CancellationToken cancellationToken);

    /// <summary>Puts verified claims into words.</summary>
    /// <param name="task">The claims.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Sentences that passed the task's check, or why there are none.</returns>
    /// <exception cref="LanguageUnavailableException">The model is away, overloaded, too slow, or fails.</exception>
    Task<LanguageAnswer<AdvisedWording>> WordAsync(WordingTask task, CancellationToken cancellationToken);

    /// <summary>Tells a memory shorter.</summary>
    /// <param name="task">The memory's sentences.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Sentences that passed the task's check, or why there are none.</returns>
    /// <exception cref="LanguageUnavailableException">The model is away, overloaded, too slow, or fails.</exception>
    Task<LanguageAnswer<AdvisedSummary>> SummariseAsync(SummaryTask task, CancellationToken cancellationToken);

    /// <summary>Speaks for candidates as an advocate of one side.</summary>
    /// <param name="task">Who may be spoken for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Facts that speak for candidates, or why there are none.</returns>
    /// <exception cref="LanguageUnavailableException">The model is away, overloaded, too slow, or fails.</exception>
    Task<LanguageAnswer<AdvisedArguments>> ArgueAsync(ArgumentTask task, CancellationToken cancellationToken);
}
