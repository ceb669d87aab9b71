namespace AgentRec.Language.Text;

/// <summary>What a piece of a text is.</summary>
internal enum WordKind
{
    /// <summary>Letters, or letters with digits behind them.</summary>
    Word,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>A mark that ends a thought: a comma, a full stop, a line break.</summary>
    Separator,

    /// <summary>A currency's sign.</summary>
    Currency,

    /// <summary>A dash between two numbers.</summary>
    Dash,

    /// <summary>The number sign.</summary>
    Hash,
}

/// <summary>A piece of a text, in a form that compares.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Lower case, without accents and apostrophes.</param>
/// <param name="Stem">The text in the singular.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Number">The value of a number; not a number where there is none, or where it is beyond reason.</param>
/// <param name="IsGlued">True when nothing stands between this piece and the one before.</param>
internal sealed record Word(WordKind Kind, string Text, string Stem, int Start, int End, double Number, bool IsGlued)
{
    /// <summary>True for what may be part of a phrase.</summary>
    public bool IsSpoken => Kind is WordKind.Word or WordKind.Number or WordKind.Dash;
}
