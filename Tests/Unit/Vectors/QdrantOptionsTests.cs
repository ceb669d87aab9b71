using System.ComponentModel.DataAnnotations;
using AgentRec.Qdrant;

namespace AgentRec.Tests.Unit.Vectors;

public sealed class QdrantOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.Empty(Problems(new QdrantOptions()));

    [Theory]
    [InlineData("qdrant:6333")]
    [InlineData("/qdrant")]
    [InlineData("ftp://qdrant")]
    [InlineData("http://qdrant?key=1")]
    [InlineData("http://user:word@qdrant")]
    [InlineData("")]
    public void Endpoint_ThatIsNoAddress_IsNamed(string endpoint) =>
        Assert.StartsWith("Tools:Vectors:Endpoint must be", Assert.Single(Problems(new QdrantOptions { Endpoint = endpoint })), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("schlüssel")]
    public void ApiKey_ThatNoHeaderCarries_IsNamedAndNotShown(string key) =>
        Assert.Equal(["Tools:Vectors:ApiKey must consist of printable ASCII characters without blanks; leave it out where Qdrant asks for none."], Problems(new QdrantOptions { ApiKey = key }));

    [Fact]
    public void Prefix_WithADot_IsNamed() =>
        Assert.Equal(["Tools:Vectors:Prefix must be 1 to 40 of a-z, 0-9 and '-'."], Problems(new QdrantOptions { Prefix = "a.b" }));

    private static string[] Problems(QdrantOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return [.. results.Select(result => result.ErrorMessage!)];
    }
}
