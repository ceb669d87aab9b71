using AgentRec.LanguageModel;
using AgentRec.LanguageModel.Guards;

namespace AgentRec.Tests.Unit.LanguageModels;

/// <summary>Settings that make no sense stop the start, and are named; the key never is.</summary>
public sealed class LanguageOptionsTests
{
    [Fact]
    public void Validate_TheDefaults_Succeeds() => Assert.True(new LanguageOptionsValidation().Validate(null, new LanguageOptions()).Succeeded);

    [Fact]
    public void Validate_EverythingWrong_NamesEachSettingAndNoKey()
    {
        var result = new LanguageOptionsValidation().Validate(null, new LanguageOptions
        {
            Endpoint = new Uri("ftp://user:secret@host/v1"), ApiKey = "sk-1234\n", TurnMilliseconds = 0, TurnRequests = 99, TurnTokens = 1, TurnToolCalls = -1,
            AnswerTokens = 1, TenantRequestsPerMinute = 0, TenantTokensPerMinute = 0, Record = "a", Replay = "b",
        });

        string[] named = ["Endpoint", "Model", "ApiKey", "TurnMilliseconds", "TurnRequests", "TurnTokens", "TurnToolCalls", "AnswerTokens", "TenantRequestsPerMinute", "TenantTokensPerMinute", "Record", "Replay"];
        Assert.All(named, setting => Assert.Contains(result.Failures!, failure => failure.Contains($"Language:{setting}", StringComparison.Ordinal)));
        Assert.DoesNotContain("sk-1234", result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ARecordThatCannotBeWritten_IsRefused()
    {
        using var folder = new TempFolder();
        var file = folder.Write("file", "");
        Assert.Contains("Language:Record", new LanguageOptionsValidation().Validate(null, new LanguageOptions { Record = Path.Combine(file, "below") }).FailureMessage, StringComparison.Ordinal);
        Assert.True(new LanguageOptionsValidation().Validate(null, new LanguageOptions { Record = Path.Combine(folder.Path, "made") }).Succeeded);
    }

    [Theory]
    [InlineData("ask ANNA@example.org, please", "ask user, please")]
    [InlineData("anna@example.organic", "anna@example.organic")]
    [InlineData("nothing of the kind", "nothing of the kind")]
    public void Hide_AnIdThatWasSaid_PutsAnAliasInItsPlace(string said, string sent) => Assert.Equal(sent, new Aliases(("anna@example.org", "user")).Hide(said));

    [Fact]
    public void Hide_ANumber_LeavesIt() => Assert.Equal("films of 1995", new Aliases(("1995", "user")).Hide("films of 1995"));
}
