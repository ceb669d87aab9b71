namespace AgentRec.Recommenders.Evaluation.Dialogues;

/// <summary>What one dialogue came to.</summary>
/// <param name="FoundAt">The turn whose slate held the target, from 1; 0: none did.</param>
/// <param name="Place">The target's place in that slate, from 1; 0: none.</param>
/// <param name="Questions">How many questions were asked.</param>
/// <param name="Leaks">How many replies named the target.</param>
public readonly record struct DialogueOutcome(int FoundAt, int Place, int Questions, int Leaks);
