using AgentRec.Domain;

namespace AgentRec.Recommenders.Evaluation.Dialogues;

/// <summary>Answers questions in place of a user.</summary>
public interface ISimulatedReply
{
    /// <summary>Answers.</summary>
    /// <param name="question">The question.</param>
    /// <param name="turn">The number of the turn: chance is independent from turn to turn.</param>
    /// <returns>The text of an option.</returns>
    string To(Question question, int turn);
}
