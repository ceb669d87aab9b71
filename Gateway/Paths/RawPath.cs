using System.Text;
using AgentRec.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AgentRec.Gateway.Paths;

/// <summary>
/// Lets any id stand in a path. The server's own decoding leaves <c>%2F</c> as it is but turns <c>%252F</c> into the same text,
/// and takes <c>%2E%2E</c> for a step upwards, so two ids could meet in one path. Here the path of an API call is taken from the
/// request line, each segment is decoded once and strictly, and routing sees the segments in one encoded form, which
/// <see cref="RouteIds"/> decodes again.
/// </summary>
internal sealed class RawPath(RequestDelegate next)
{
    private const string Prefix = "/v1/";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Rewrites the path, or refuses it.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (raw is null || PathOf(raw) is not { } path || !path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return next(context);
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (Decode(segments[i]) is not { } segment)
                return Refusals.InvalidParameter("path", $"must be percent-encoded UTF-8, which segment {i} is not").ExecuteAsync(context);
            segments[i] = Encode(segment);
        }
        context.Request.Path = new PathString(string.Join('/', segments));
        return next(context);
    }

    /// <summary>Decodes what <see cref="Encode"/> made.</summary>
    /// <param name="segment">An encoded segment.</param>
    /// <returns>The text; null when the segment is not percent-encoded UTF-8.</returns>
    public static string? Decode(string segment)
    {
        if (!segment.Contains('%', StringComparison.Ordinal))
            return segment;
        var bytes = new List<byte>(segment.Length);
        Span<byte> encoded = stackalloc byte[4];
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] is not '%')
            {
                if (!Rune.TryGetRuneAt(segment, i, out var rune))
                    return null;
                bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
                i += rune.Utf16SequenceLength - 1;
            }
            else if (i + 2 < segment.Length && char.IsAsciiHexDigit(segment[i + 1]) && char.IsAsciiHexDigit(segment[i + 2]))
            {
                bytes.Add(Convert.FromHexString(segment.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                return null;
            }
        }
        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Encodes a segment so that routing neither splits it nor takes it for a step.</summary>
    /// <param name="segment">The text.</param>
    public static string Encode(string segment) => segment switch
    {
        "." => "%2E",
        ".." => "%2E%2E",
        _ => Uri.EscapeDataString(segment),
    };

    private static string? PathOf(string rawTarget)
    {
        var end = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var path = end < 0 ? rawTarget : rawTarget[..end];
        if (path.StartsWith('/'))
            return path;
        var authority = path.IndexOf("://", StringComparison.Ordinal);
        var slash = authority < 0 ? -1 : path.IndexOf('/', authority + 3);
        return slash < 0 ? null : path[slash..];
    }
}
