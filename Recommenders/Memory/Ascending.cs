using System.Numerics;

namespace AgentRec.Recommenders.Memory;

/// <summary>Looks into numbers in ascending order, without the calls that a comparer would cost.</summary>
internal static class Ascending
{
    /// <summary>The place of the first number that is not below another; the count of numbers where all are.</summary>
    public static int FirstNotBelow<T>(ReadOnlySpan<T> numbers, T sought)
        where T : struct, IComparisonOperators<T, T, bool>
    {
        var (low, left) = (0, numbers.Length);
        while (left > 0)
        {
            var half = left / 2;
            var isBelow = numbers[low + half] < sought;
            low = isBelow ? low + half + 1 : low;
            left = isBelow ? left - half - 1 : half;
        }
        return low;
    }

    /// <summary>True when a number is among others.</summary>
    public static bool Contains<T>(ReadOnlySpan<T> numbers, T sought)
        where T : struct, IComparisonOperators<T, T, bool> =>
        FirstNotBelow(numbers, sought) is var place && place < numbers.Length && numbers[place] == sought;
}
