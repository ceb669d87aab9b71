using Xunit.Abstractions;

namespace AgentRec.Tests.Unit.Language;

/// <summary>How many requests are read exactly: every constraint, anchor, ordering, number, withdrawal, and every word that nothing was made of.</summary>
public sealed class LabelledRequestTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("labelled.txt", 300, 0.95)]
    [InlineData("held-out.txt", 80, 0.85)]
    public void Requests_OfTheFile_AreReadExactly(string file, int least, double share)
    {
        var requests = LabelledRequest.Of(file);
        var missed = requests.Where(request => !request.IsReadExactly).ToArray();
        foreach (var kind in requests.GroupBy(request => request.Kind, StringComparer.Ordinal))
            output.WriteLine($"{kind.Key,-12} {kind.Count(request => request.IsReadExactly),4} of {kind.Count(),4}");
        output.WriteLine($"{"all",-12} {requests.Length - missed.Length,4} of {requests.Length,4}");

        Assert.True(requests.Length >= least, $"the file has only {requests.Length} requests");
        Assert.Equal(requests.Length, requests.DistinctBy(request => (request.Catalogue, request.Message)).Count());
        Assert.True(
            requests.Length - missed.Length >= share * requests.Length,
            string.Join('\n', missed.Select(request => $"[{request.Catalogue}] {request.Message}: {string.Join("; ", request.Read())}")));
    }
}
