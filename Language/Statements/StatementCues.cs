using AgentRec.Domain;
using AgentRec.Language.Grammar;

namespace AgentRec.Language.Statements;

/// <summary>Phrases that say what a user thinks of what stands behind them, or before them.</summary>
internal static class StatementCues
{
    /// <summary>What they are about follows.</summary>
    public static CueTable<Attitude> Before { get; } = new(
        ("never show me|never show|never recommend|never suggest|never want|never want to see|never watch|never read|never again|dont show me|do not show me|dont ever show me"
            + "|stop showing me|stop showing|stop recommending|stop suggesting|no more|no longer watch|no longer read|no longer like|no longer want|no longer enjoy|no longer buy"
            + "|dont watch|do not watch|dont read|do not read|dont want|do not want|dont want to see|do not want to see|dont need|do not need|cant stand|cannot stand|can not stand"
            + "|hate|hates|avoid|exclude|allergic to|nothing with|nothing by|nothing from|no|not|without|anything but|quit watching|gave up", Attitude.Never),
        ("dont like|do not like|dont really like|do not really like|dont much like|dont enjoy|do not enjoy|dont really enjoy|dont love|do not love|dislike|less|fewer|not so much|not so many|not too many"
            + "|not as much|not as many|tired of|bored of|bored with|bored by|sick of|had enough of|dont care for|do not care for|not into|not a fan of|not a big fan of|not keen on|cut down on|go easy on", Attitude.Dislike),
        ("love|loves|like|likes|enjoy|adore|into|prefer|fan of|big fan of|more|started watching|started reading|now watch|now like|now read|getting into|keen on|fond of|favourite is|favorite is|favourites are|favorites are", Attitude.Like),
        ("forget that i like|forget that i love|forget that i dislike|forget that i hate|forget that i dont like|forget that i do not like|forget what i said about|forget about|forget"
            + "|dont mind|do not mind|never mind|nevermind|take back|no longer hate|no longer dislike|no longer mind|no longer avoid|ignore what i said about|indifferent to", Attitude.Neutral));

    /// <summary>What they are about stands before them.</summary>
    public static CueTable<Attitude> Behind { get; } = new(
        ("is not for me|are not for me|isnt for me|arent for me|never again", Attitude.Never),
        ("bore me|bores me|is boring|are boring|annoy me|annoys me", Attitude.Dislike),
        ("is my favourite|is my favorite|are my favourite|are my favorite|are my favourites|are my favorites|is great|are great|is the best|are the best", Attitude.Like),
        ("is fine again|are fine again|is fine|are fine|is ok again|are ok again|is ok|are ok|is okay|are okay|is okay again|are okay again", Attitude.Neutral));

    /// <summary>Finds the longest phrase at a place.</summary>
    /// <param name="cues">The phrases.</param>
    /// <param name="words">The text.</param>
    /// <param name="place">Where it must begin.</param>
    /// <returns>The phrase; null where none begins.</returns>
    public static CueTable<Attitude>.Cue? At(this CueTable<Attitude> cues, ReadOnlySpan<Text.Word> words, int place)
    {
        foreach (var cue in cues.From(words[place].Text))
        {
            if (cue.Words.Length > words.Length - place)
                continue;
            var at = 1;
            while (at < cue.Words.Length && string.Equals(cue.Words[at], words[place + at].Text, StringComparison.Ordinal))
                at++;
            if (at == cue.Words.Length)
                return cue;
        }
        return null;
    }
}
