using System.Collections.Immutable;
using AgentRec.Domain;

namespace AgentRec.Grains.Sessions;

/// <summary>What a session has asked, been answered and shown: a fold over its turns, so that a session that wakes up elsewhere knows it all.</summary>
internal sealed class SessionDialogue
{
    /// <summary>The greatest number of shown items that are remembered; the oldest go first.</summary>
    private const int GreatestShown = 500;

    private ImmutableArray<Question> _asked = [];
    private ImmutableArray<AnswerGiven> _answers = [];
    private ImmutableArray<string> _shown = [];

    /// <summary>The question that awaits an answer.</summary>
    public Question? Open { get; private set; }

    /// <summary>All questions so far, in order.</summary>
    public ImmutableArray<Question> Asked => _asked;

    /// <summary>Takes in a finished turn.</summary>
    /// <param name="record">The turn.</param>
    public void Remember(TurnRecord record)
    {
        if (record.Request.Answer is { } answer && Find(answer.QuestionId) is { } question && question.OptionOf(answer.Value) is >= 0 and var option)
            _answers = [.. _answers.Where(one => !Is(one.Question.Id, question.Id)), new AnswerGiven(question, option)];
        Open = record.Result.Question;
        if (Open is not null)
            _asked = _asked.Add(Open);
        if (record.Result.Slate is { } slate)
        {
            var shown = _shown.Concat(slate.Items.Select(item => item.ItemId)).Distinct(StringComparer.Ordinal).ToArray();
            _shown = [.. shown.Skip(Math.Max(0, shown.Length - GreatestShown))];
        }
    }

    /// <summary>
    /// What was learnt. Sessions that never asked have learnt nothing: what is passed over counts where somebody is being helped to choose,
    /// not where slates are merely shown again. An answer whose constraints were taken back no longer holds.
    /// </summary>
    /// <param name="constraints">The constraints in force.</param>
    /// <param name="given">The answer of the turn that begins; null: none.</param>
    public SessionEvidence Evidence(ImmutableArray<Constraint> constraints, AnswerGiven? given)
    {
        if (_asked.IsEmpty)
            return SessionEvidence.None;
        IEnumerable<AnswerGiven> answers = given is null ? _answers : _answers.Append(given);
        return new SessionEvidence([.. answers.Where(answer => !answer.Constraints.IsEmpty && answer.Constraints.All(constraints.Contains))], _shown);
    }

    /// <summary>Why a question is not open, for people.</summary>
    /// <param name="questionId">The id that an answer names.</param>
    public string WhyNotOpen(string questionId) => Find(questionId) is null
        ? Open is null ? "The session has asked no such question, and none is open." : $"The session has asked no such question; open is '{Open.Id}'."
        : _answers.Any(answer => Is(answer.Question.Id, questionId))
            ? "The question was answered already; withdraw its facet to take the answer back."
            : "The session has moved on since it asked this question.";

    private Question? Find(string questionId) => _asked.FirstOrDefault(question => Is(question.Id, questionId));

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
