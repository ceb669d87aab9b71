using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Language;

/// <summary>Sentences of a memory that are to be told shorter. Nothing may be added to them.</summary>
/// <param name="Party">For whom.</param>
/// <param name="Sentences">The sentences.</param>
/// <param name="Most">The greatest number of sentences of the summary.</param>
/// <param name="Check">
/// Says what is wrong with a sentence for one of the task's, given by its place, for whoever wrote it; null where it says nothing but what
/// that one says. What it accepts may be shown as it stands.
/// </param>
public sealed record SummaryTask(LanguageParty Party, ImmutableArray<string> Sentences, int Most, Func<int, string, string?> Check);

/// <summary>What a language model made of a memory.</summary>
/// <param name="Sentences">Sentences that passed the check, in the model's order; at least one, and each of another sentence of the task.</param>
public sealed record AdvisedSummary(ImmutableArray<string> Sentences);
