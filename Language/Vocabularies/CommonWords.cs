using System.Collections.Frozen;

namespace AgentRec.Language.Vocabularies;

/// <summary>Words that hold a sentence together and ask for nothing by themselves.</summary>
internal static class CommonWords
{
    /// <summary>Words that are passed over where nothing else is made of them.</summary>
    public static readonly FrozenSet<string> Fillers = Set(
        "a an the some any i im id ive ill me my mine we us our you your youre youve he she it its this that thats these those they them there theres here",
        "please pls plz thanks thank thx hi hello hey dear welcome ok okay yes yeah yep sure well so then now just only really very quite rather pretty simply",
        "bit little lot much more again maybe actually basically honestly kindly also too already still yet though however",
        "can could would will should must shall may might do does did done is are was were be been being am have has had having get got give show find",
        "recommend suggest tell bring offer sell help looking look looks search searching seeking want wants wanted need needs needed like likes liked love loved feel feeling mood fancy",
        "watch watching see seen read reading buy buying purchase order listen play try enjoy enjoyed make makes made making released published written called titled based set",
        "tonight today tomorrow weekend night evening morning afternoon day moment time",
        "something anything everything someone somebody anyone stuff thing things one ones item items product products title titles film films movie movies book books",
        "novel novels flick flicks picture option options choice choices recommendation recommendations suggestion suggestions pick picks list result results",
        "of in on at to for from by with about as and or nor but if than into out up off over through via per during",
        "what whats which who whos where wheres when how why lets let go going come comes think say know hope believe guess wonder",
        "nice great good decent cool else other others another kinda sorta such same s t d m re ve ll");

    /// <summary>Words that mean something in the grammar, and so are spelt as they are meant.</summary>
    private static readonly FrozenSet<string> Spoken = Set(
        "under below above between after before since until within least most less fewer greater higher lower maximum minimum exactly around about",
        "without never nothing except avoid exclude excluding anything forget ignore remove start similar other apart rather",
        "first second third fourth fifth sixth seventh eighth ninth tenth last three seven eight eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen couple twenties thirties forties fifties sixties seventies eighties nineties",
        "minutes minute hours hour pages dollars bucks euros pounds stars grams inches years",
        "short shorter shortest long longer longest cheap cheaper cheapest newer newest latest recent older oldest lighter lightest heavier heaviest bigger biggest smaller smallest",
        "larger largest better worse best worst expensive popular rated limit range again later earlier onwards ideally preferably possible perhaps hopefully prefer");

    /// <summary>
    /// Words that hold sentences of other languages together. They stand in titles, which are looked for as a whole, and say nothing by
    /// themselves; those that mean something in English are left out.
    /// </summary>
    private static readonly FrozenSet<string> Elsewhere = Set(
        "el la los las un una unos unas lo le les du des de del der das dem des ein eine einen einem einer il gli uno della dello dei degli al alla et und oder e y o ou ed",
        "que qui quoi dans avec pour sur und von vom zu zum zur auf fur im ist ich du er sie wir ihr mir mich nicht kein keine auch nur wie",
        "je tu il elle nous vous ils mon ma mes ta tes sa ses ce cette est sont pas ne en por para su sus mi mis es esta este muy yo mas como",
        "di da per che non mio mia sono uma um dos das na nas nos com sem eu meu minha het een voor met niet ik wij jij zijn og av til det som jag ett och");

    /// <summary>All of them: none is taken for a misspelt value.</summary>
    public static readonly FrozenSet<string> All = Fillers.Concat(Spoken).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a word that says nothing of what is looked for, wherever it stands.</summary>
    /// <param name="word">Lower case letters without accents.</param>
    public static bool SaysNothing(string word) => All.Contains(word) || Elsewhere.Contains(word);

    private static FrozenSet<string> Set(params ReadOnlySpan<string> lines)
    {
        var words = new List<string>();
        foreach (var line in lines)
            words.AddRange(line.Split(' '));
        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
