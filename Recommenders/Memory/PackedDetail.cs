using System.Runtime.InteropServices;
using AgentRec.Domain;

namespace AgentRec.Recommenders.Memory;

/// <summary>
/// A <see cref="MemoryDetail"/> as one run of bytes, a small part of what lists of it take: agents at rest keep this, and a silo
/// holds very many of them. Nothing is rounded. It is for the process that packed it, since facets and values are numbers of
/// <see cref="FacetVocabulary"/>; what is stored is a <see cref="MemorySnapshot"/>.
/// </summary>
/// <remarks>
/// First come the distinct moments, newest first, by whose places all else names its times, then items known as steps from one to the next, items taken to, interactions and
/// leanings, each list behind its length. A leaning's mass is left out while it is the magnitude of its signal, as it is until a
/// user contradicts an earlier signal; and a signal in twentieths, as single ones are, takes one byte.
/// </remarks>
internal static class PackedDetail
{
    // A value in half steps up to five is its code; 0 says that there is none, and the last code that its bits follow.
    private const int ValueCodes = 12;
    private const int OtherValue = ValueCodes - 1;
    private const double ValueSteps = 2;

    private const double SignalSteps = 20;
    private const ulong SignalAndMass = 0;
    private const ulong SignalOnly = 1;
    private const ulong SignalInSteps = 2;
    private const ulong FigureKinds = 3;

    /// <summary>Packs.</summary>
    public static byte[] Pack(MemoryDetail detail)
    {
        var moments = Moments(detail);
        var writer = new PackWriter();
        writer.Number((ulong)moments.Length);
        for (var place = moments.Length - 1; place >= 0; place--)
            writer.Signed(place == moments.Length - 1 ? moments[place] : moments[place + 1] - moments[place]);
        writer.Number((ulong)detail.Consumed.Count);
        var last = 0;
        foreach (var item in detail.Consumed)
        {
            writer.Signed(item - last);
            last = item;
        }
        writer.Number((ulong)detail.Positives.Count);
        foreach (var positive in detail.Positives)
        {
            writer.Signed(positive.Item);
            writer.Number(Place(moments, positive.At));
        }
        writer.Number((ulong)detail.Recent.Count);
        foreach (var entry in detail.Recent)
            Write(ref writer, entry, moments);
        writer.Number((ulong)detail.Affinities.Leanings.Length);
        foreach (var leaning in detail.Affinities.Leanings)
            Write(ref writer, leaning, moments);
        return writer.Done();
    }

    /// <summary>Unpacks.</summary>
    /// <param name="packed">What <see cref="Pack"/> gave.</param>
    public static MemoryDetail Open(byte[] packed)
    {
        var reader = new PackReader(packed);
        var moments = new long[reader.Number()];
        for (var place = 0; place < moments.Length; place++)
            moments[place] = place == 0 ? reader.Signed() : moments[place - 1] - reader.Signed();
        var consumed = ReadConsumed(ref reader);
        var positives = Room<TimedItem>(reader.Number());
        foreach (ref var positive in CollectionsMarshal.AsSpan(positives))
            positive = new TimedItem((int)reader.Signed(), moments[reader.Number()]);
        var recent = Room<EpisodicEntry>(reader.Number());
        foreach (ref var entry in CollectionsMarshal.AsSpan(recent))
            entry = ReadEntry(ref reader, moments);
        var leanings = Room<Leaning>(reader.Number());
        foreach (ref var leaning in CollectionsMarshal.AsSpan(leanings))
            leaning = ReadLeaning(ref reader, moments);
        return new MemoryDetail(consumed, positives, recent, AffinityTable.OfOrdered(leanings));
    }

    private static ItemSet ReadConsumed(ref PackReader reader)
    {
        var consumed = new ItemSet();
        var item = 0;
        for (var left = reader.Number(); left > 0; left--)
        {
            item += (int)reader.Signed();
            consumed.Append(item);
        }
        return consumed;
    }

    private static void Write(ref PackWriter writer, EpisodicEntry entry, long[] moments)
    {
        var code = entry.Value switch
        {
            null => 0,
            { } value when InSteps(value, ValueSteps) is > 0 and < OtherValue and var steps => steps,
            _ => OtherValue,
        };
        writer.Signed(entry.Item);
        writer.Number((((ulong)entry.Type) * ValueCodes) + (ulong)code);
        if (code == OtherValue)
            writer.Double(entry.Value!.Value);
        writer.Number(Place(moments, entry.At));
    }

    private static EpisodicEntry ReadEntry(ref PackReader reader, long[] moments)
    {
        var item = (int)reader.Signed();
        var (type, code) = Math.DivRem(reader.Number(), ValueCodes);
        double? value = code switch
        {
            0 => null,
            OtherValue => reader.Double(),
            _ => code / ValueSteps,
        };
        return new EpisodicEntry(item, (InteractionType)type, value, moments[reader.Number()]);
    }

    private static void Write(ref PackWriter writer, Leaning leaning, long[] moments)
    {
        var steps = InSteps(leaning.Signal, SignalSteps);
        var kind = !Same(Math.Abs(leaning.Signal), leaning.Mass) ? SignalAndMass : steps is null ? SignalOnly : SignalInSteps;
        writer.Number((ulong)leaning.Number);
        writer.Number(((uint)leaning.Count * FigureKinds) + kind);
        writer.Number(Place(moments, leaning.At));
        if (kind == SignalInSteps)
            writer.Signed(steps!.Value);
        else
            writer.Double(leaning.Signal);
        if (kind == SignalAndMass)
            writer.Double(leaning.Mass);
    }

    private static Leaning ReadLeaning(ref PackReader reader, long[] moments)
    {
        var number = (int)reader.Number();
        var (count, kind) = Math.DivRem(reader.Number(), FigureKinds);
        var at = moments[reader.Number()];
        var signal = kind == SignalInSteps ? reader.Signed() / SignalSteps : reader.Double();
        return new Leaning(number, (int)(uint)count, at, signal, kind == SignalAndMass ? reader.Double() : Math.Abs(signal));
    }

    /// <summary>All moments that occur, each once, oldest first.</summary>
    private static long[] Moments(MemoryDetail detail)
    {
        var leanings = detail.Affinities.Leanings;
        var moments = new long[detail.Positives.Count + detail.Recent.Count + leanings.Length];
        var count = 0;
        foreach (var positive in CollectionsMarshal.AsSpan(detail.Positives))
            moments[count++] = positive.At;
        foreach (var entry in CollectionsMarshal.AsSpan(detail.Recent))
            moments[count++] = entry.At;
        foreach (var leaning in leanings)
            moments[count++] = leaning.At;
        Array.Sort(moments);
        var distinct = 0;
        foreach (var moment in moments)
        {
            if (distinct == 0 || moment != moments[distinct - 1])
                moments[distinct++] = moment;
        }
        return moments[..distinct];
    }

    /// <summary>A moment's place, newest first.</summary>
    private static ulong Place(long[] moments, long at) => (ulong)(moments.Length - 1 - Ascending.FirstNotBelow(moments, at));

    private static List<T> Room<T>(ulong count)
    {
        var room = new List<T>();
        CollectionsMarshal.SetCount(room, (int)count);
        return room;
    }

    /// <summary>A number as so many steps of the size one over <paramref name="perUnit"/>; null where it is not exactly that.</summary>
    private static int? InSteps(double number, double perUnit) =>
        Math.Abs(number) <= 5 && (int)Math.Round(number * perUnit) is var steps && Same(steps / perUnit, number) ? steps : null;

    private static bool Same(double one, double other) => BitConverter.DoubleToInt64Bits(one) == BitConverter.DoubleToInt64Bits(other);
}
