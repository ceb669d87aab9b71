using AgentRec.Language.Text;
using CsCheck;

namespace AgentRec.Tests.Unit.Language;

/// <summary>Words: how a text is cut, what plurals come to, and which spellings are near.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("Sci-Fi", "sci fi")]
    [InlineData("I don't, Amélie’s!", "i dont , amelies !")]
    [InlineData("80's 1,000.5 1990-1995", "80 s 1000.5 1990 - 1995")]
    [InlineData("under $30 or 20€", "under $ 30 or 20 €")]
    [InlineData("ps5 2nd #3", "ps5 2 nd # 3")]
    [InlineData("🎬 ★ \ud800", "")]
    [InlineData("90 - 120 min", "90 - 120 min")]
    [InlineData("e\u0301te\u0301", "ete")]
    public void Scan_OfAText_CutsItIntoWords(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', WordScanner.Scan(text).Select(word => word.Text)));

    [Theory]
    [InlineData("comedies", "comedy")]
    [InlineData("movies", "movie")]
    [InlineData("boxes", "box")]
    [InlineData("dresses", "dress")]
    [InlineData("shoes", "shoe")]
    [InlineData("superheroes", "superhero")]
    [InlineData("thrillers", "thriller")]
    [InlineData("watches", "watch")]
    public void Stem_OfAPlural_IsThatOfTheSingular(string plural, string singular) => Assert.Equal(WordForms.Stem(singular), WordForms.Stem(plural));

    [Theory]
    [InlineData("bus")]
    [InlineData("princess")]
    [InlineData("tennis")]
    [InlineData("gas")]
    public void Stem_OfASingular_IsTheWord(string word) => Assert.Equal(word, WordForms.Stem(word));

    [Fact]
    public void Near_OfAMisspeltWord_FindsExactlyWhatIsOneEditAway() =>
        Gen.Select(Word.Array[1, 8], Word).Sample((words, misspelt) =>
        {
            var found = new Spelling(words.Distinct(StringComparer.Ordinal)).Near(misspelt);
            var expected = words.Where(word => word.Length >= Spelling.ShortestWord && misspelt.Length >= Spelling.ShortestWord && Distance(word, misspelt) == 1)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            Assert.Equal(expected, found);
        });

    /// <summary>Few letters, so that neighbours are common.</summary>
    private static readonly Gen<string> Word = Gen.Char['a', 'c'].Array[4, 7].Select(letters => new string(letters));

    /// <summary>Optimal string alignment (Damerau), by the book.</summary>
    private static int Distance(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }
                var change = one[i - 1] == other[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[one.Length, other.Length];
    }
}
