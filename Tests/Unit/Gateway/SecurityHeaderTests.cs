using AgentRec.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentRec.Tests.Unit.Gateway;

/// <summary>Every answer tells browsers to be careful; over TLS also to come back that way alone.</summary>
public sealed class SecurityHeaderTests
{
    [Theory]
    [InlineData("https", 200, "max-age=31536000")]
    [InlineData("https", 404, "max-age=31536000")]
    [InlineData("http", 200, "")]
    [InlineData("http", 404, "")]
    public async Task Answer_ByScheme_CarriesSecurityHeaders(string scheme, int status, string strict)
    {
        var headers = await AnswerAsync(scheme, context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        Assert.Equal(strict, headers.StrictTransportSecurity.ToString());
        Assert.Equal(("nosniff", "DENY", "no-referrer"), (headers.XContentTypeOptions.ToString(), headers.XFrameOptions.ToString(), headers["Referrer-Policy"].ToString()));
    }

    [Fact]
    public async Task Answer_OfAFault_KeepsTheHeadersThatWereCleared()
    {
        var headers = await AnswerAsync("https", static _ => throw new InvalidOperationException("broken"));

        Assert.Equal("max-age=31536000", headers.StrictTransportSecurity.ToString());
        Assert.Equal("nosniff", headers.XContentTypeOptions.ToString());
    }

    private static async Task<IHeaderDictionary> AnswerAsync(string scheme, RequestDelegate rest)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = scheme;
        await new ProblemAnswers(rest, NullLogger<ProblemAnswers>.Instance).InvokeAsync(context);
        return context.Response.Headers;
    }
}
