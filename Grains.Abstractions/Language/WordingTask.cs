using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Language;

/// <summary>Claims that are to be put into other words. All of them were verified; nothing may be added to them.</summary>
/// <param name="Party">For whom.</param>
/// <param name="Reasons">What speaks for each item, in claims of one sentence each; at least one claim for each.</param>
/// <param name="Check">
/// Says what is wrong with a sentence for a claim, given as the places of reason and claim, for whoever wrote it; null where it says what the
/// claim says. What it accepts may be shown as it stands.
/// </param>
public sealed record WordingTask(LanguageParty Party, ImmutableArray<ReasonOutline> Reasons, Func<int, int, string, string?> Check);

/// <summary>A reason as it is described to a language model.</summary>
/// <param name="Title">The title of the item that it speaks for.</param>
/// <param name="Claims">The claims, a sentence each.</param>
public sealed record ReasonOutline(string Title, ImmutableArray<string> Claims);

/// <summary>What a language model made of claims.</summary>
/// <param name="Sentences">By the task's reasons: a sentence for each claim, all of which passed the check; empty where the claims stay as they are. At least one is not.</param>
public sealed record AdvisedWording(ImmutableArray<ImmutableArray<string>> Sentences);
