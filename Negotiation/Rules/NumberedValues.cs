namespace AgentRec.Negotiation.Rules;

/// <summary>The facet values of candidates as small numbers, in the order in which they first occur.</summary>
internal sealed class NumberedValues
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <param name="source">The candidates.</param>
    /// <param name="known">Values that have a number even where no candidate carries them; they come last.</param>
    public NumberedValues(ColumnSource source, IEnumerable<string>? known = null)
    {
        ByCandidate = new int[source.Count][];
        for (var i = 0; i < source.Count; i++)
        {
            var texts = source.Values(i);
            var own = new int[texts.Length];
            for (var j = 0; j < own.Length; j++)
                own[j] = NumberOf(texts[j]);
            ByCandidate[i] = Once(own);
            Most = Math.Max(Most, ByCandidate[i].Length);
        }
        foreach (var value in known ?? [])
            NumberOf(value);
        Words = Math.Max(1, (_numbers.Count + 63) / 64);
        Masks = new ulong[source.Count * Words];
        for (var i = 0; i < source.Count; i++)
        {
            foreach (var value in ByCandidate[i])
                Masks[(i * Words) + (value >> 6)] |= 1UL << (value & 63);
        }
    }

    /// <summary>The numbers by candidate, each once.</summary>
    public int[][] ByCandidate { get; }

    /// <summary>The same as bit sets of <see cref="Words"/> words a candidate.</summary>
    public ulong[] Masks { get; }

    public int Words { get; }

    public int Count => _numbers.Count;

    /// <summary>The greatest number of values of one candidate.</summary>
    public int Most { get; }

    public int Number(string value) => _numbers[value];

    private int NumberOf(string value)
    {
        if (!_numbers.TryGetValue(value, out var number))
            _numbers.Add(value, number = _numbers.Count);
        return number;
    }

    /// <summary>Each number once; nearly always they are already.</summary>
    private static int[] Once(int[] numbers)
    {
        for (var i = 1; i < numbers.Length; i++)
        {
            if (numbers.AsSpan(0, i).Contains(numbers[i]))
                return [.. numbers.Distinct()];
        }
        return numbers;
    }
}
