using Superpower;
using Superpower.Model;
using static AgentRec.Language.Grammar.Pieces;

namespace AgentRec.Language.Grammar;

/// <summary>"Just show me": something to look at is wanted now, whatever is known, and no more questions.</summary>
internal static class ImpatienceGrammar
{
    private static readonly CueTable<bool> Cues = new(
        ("just show me|just show me something|just show me anything|just show me some|just show something|just show them|just show me the list|show me already|show me something already|show me something now|just let me see", true),
        ("just recommend|just recommend me|just recommend something|just suggest|just suggest something|just give me something|just give me anything|just give me the list|just pick|just pick something|just pick one|just pick for me", true),
        ("no more questions|no questions|no questions please|without questions|without any questions|without more questions|enough questions|enough of the questions|enough with the questions|enough of your questions|too many questions", true),
        ("stop asking|stop asking me|stop asking questions|stop asking me questions|stop the questions|stop with the questions|dont ask|dont ask me|do not ask|do not ask me|dont ask questions|dont ask me questions|dont ask any questions|dont ask me anything|quit asking", true),
        ("skip the question|skip the questions|skip this question|skip questions|skip that question|never mind the questions|nevermind the questions|get on with it|surprise me|you choose|you decide|you pick|its up to you|up to you|whatever you think|whatever you like", true));

    /// <summary>The clause.</summary>
    public static readonly TokenListParser<Lexeme, Clause> Clause = input =>
    {
        var cue = Phrase(Cues).Select(_ => new Impatient()).Placed()(input);
        // "Just show me one" counts.
        return cue.HasValue && !AmountGrammar.Number(cue.Remainder).HasValue ? cue : TokenListParserResult.Empty<Lexeme, Clause>(input);
    };
}
