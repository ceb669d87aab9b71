namespace AgentRec.Domain;

/// <summary>Whether a turn may be answered with a question in place of a slate. It never is unless the question pays.</summary>
public enum QuestionMode
{
    /// <summary>Where the words leave open what is wanted, and in answer to an answer.</summary>
    Auto,

    /// <summary>Never: every turn gets a slate.</summary>
    Never,

    /// <summary>Whatever was said, or was not.</summary>
    Eager,
}
