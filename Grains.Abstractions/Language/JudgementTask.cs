using System.Collections.Immutable;

namespace AgentRec.Grains.Abstractions.Language;

/// <summary>A slate that a model is to read in the place of a simulated user. It is asked in simulations alone.</summary>
/// <param name="Party">For whom.</param>
/// <param name="Visit">Tells this reading from every other of the run, so that a replay finds its answer.</param>
/// <param name="Persona">Who reads, in words.</param>
/// <param name="Liked">Titles of what the reader liked in the past.</param>
/// <param name="Slate">The items, the first place first.</param>
public sealed record JudgementTask(LanguageParty Party, string Visit, string Persona, ImmutableArray<string> Liked, ImmutableArray<JudgedItem> Slate);

/// <summary>An item of a slate as it is described to the reader.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Facets">What the catalogue states of it.</param>
/// <param name="IsKnown">Whether the reader knows it already: such an item is not taken again.</param>
public sealed record JudgedItem(string Title, ImmutableSortedDictionary<string, ImmutableArray<string>> Facets, bool IsKnown);

/// <summary>How a slate was read.</summary>
/// <param name="Places">By place: whether it was looked at, and the rating, 0.5 to 5 in halves, that it got; null: it was not taken.</param>
public sealed record AdvisedJudgement(ImmutableArray<JudgedPlace> Places);

/// <summary>What became of a place.</summary>
/// <param name="LooksAt">Whether it was looked at.</param>
/// <param name="Rating">Its rating; null: it was not taken.</param>
public sealed record JudgedPlace(bool LooksAt, double? Rating);
