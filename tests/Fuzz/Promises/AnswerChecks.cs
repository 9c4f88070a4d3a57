using System.Text;
using System.Text.Json;
using LeadEngine.Fuzz.Api;
using LeadEngine.Fuzz.Requests;
using LeadEngine.Fuzz.Wire;

namespace LeadEngine.Fuzz.Promises;

/// <summary>What must hold of every answer, whatever the request was.</summary>
internal static class AnswerChecks
{
    private const string Problem = "application/problem+json";
    private const string JsonType = "application/json;charset=utf-8";

    private const string PageType = "text/html;charset=utf-8";

    // What a server says of a request that is no HTTP, or too long to be read: it has no body, and the connection ends.
    private static readonly int[] OfServer = [400, 405, 408, 411, 413, 414, 417, 431, 501, 505];

    private static readonly string[] Inner =
    [
        "LeadEngine.", "System.", "Microsoft.", "Npgsql", "SQLitePCL", "Exception", "   at ", "/src/", ".cs:line",
    ];

    /// <summary>What is wrong with an answer; nothing as a rule.</summary>
    public static IEnumerable<string> Of(Draft draft, Answer answer)
    {
        if (answer.Status >= 500 && !MayFail(answer)) yield return $"The status is {answer.Status}.";
        if (answer.Status is 503 or 504 && answer.Header("Retry-After") is null) yield return $"{answer.Status} without Retry-After.";
        if (answer.Header("X-Injected") is not null) yield return "A header was injected.";
        if (draft.Method != "HEAD" && WhatIsWrongWithShape(draft, answer) is { } wrong) yield return wrong;
        if (Inner.FirstOrDefault(inner => Tells(draft, answer, inner)) is { } told) yield return $"The answer tells of our inside: {told}";
        foreach (var leak in Privacy.Leaks(draft, answer)) yield return leak;
    }

    private static bool MayFail(Answer answer) => answer.Status is 503 || (answer.Status is 501 or 505 && IsOfServer(answer));

    private static bool IsOfServer(Answer answer) => OfServer.Contains(answer.Status) && answer.Body.Length == 0 && answer.IsLast;

    // What was sent may come back: in a success what others sent before.
    private static bool Tells(Draft draft, Answer answer, string inner) =>
        !answer.IsSuccess
        && answer.Text.Contains(inner, StringComparison.Ordinal)
        && DraftWriter.Write(draft).Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(inner)) < 0;

    private static string? WhatIsWrongWithShape(Draft draft, Answer answer)
    {
        if (IsOfServer(answer) || answer.Status is 204 or 304) return answer.Body.Length == 0 ? null : "A body came where there is none.";
        if (answer.Status is >= 300 and < 400) return answer.Header("Location") is null ? "A redirect to nowhere." : null;
        var type = answer.Header("Content-Type");
        if (type == "text/plain" && answer.Text is "Healthy" or "Unhealthy") return null;
        if (IsPage(type, answer) && (draft.IsOddTarget || Dialects.Of(draft.Path) is Dialect.Pages)) return null;
        if (!draft.IsOddTarget && Dialects.Of(draft.Path) is Dialect.Pages) return $"A page of the type {type}";
        if (answer.Json() is not { } body) return $"The body is no JSON; its type is {type}.";
        if (answer.IsSuccess) return type?.Replace("; ", ";", StringComparison.Ordinal) == JsonType ? null : $"An answer of the type {type}";
        if (!draft.IsOddTarget) return WhatIsWrongWithError(Dialects.Of(draft.Path), answer.Status, type, body);
        var isKnown = Enum.GetValues<Dialect>().Any(dialect => WhatIsWrongWithError(dialect, answer.Status, type, body) is null);
        return isKnown ? null : "The error has no known shape.";
    }

    private static bool IsPage(string? type, Answer answer) => type?.Replace("; ", ";", StringComparison.Ordinal) == PageType
        && answer.Text.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal)
        && !answer.Text.Contains("<script", StringComparison.OrdinalIgnoreCase)
        && answer.Header("Content-Security-Policy") is not null;

    private static string? WhatIsWrongWithError(Dialect dialect, int status, string? type, JsonElement body)
    {
        var wanted = dialect is Dialect.Administration or Dialect.Common ? Problem : JsonType;
        if (type?.Replace("; ", ";", StringComparison.Ordinal) != wanted) return $"An error of the type {type}";
        if (body.ValueKind != JsonValueKind.Object) return "An error that is no object";
        var isGood = dialect switch
        {
            Dialect.Administration or Dialect.Common => IsText(body, "title") && IsText(body, "code")
                && body.TryGetProperty("status", out var told) && told.GetInt32() == status,
            Dialect.KickoffLabs or Dialect.Aktify => IsText(body, "message") && IsText(body, "code"),
            _ => body.TryGetProperty("success", out var success) && success.ValueKind is JsonValueKind.False
                && body.TryGetProperty("error", out var error) && IsText(error, "code") && IsText(error, "message"),
        };
        return isGood ? null : $"An error that is not in the words of {dialect}";
    }

    private static bool IsText(JsonElement body, string name) =>
        body.ValueKind is JsonValueKind.Object
        && body.TryGetProperty(name, out var text)
        && text.ValueKind is JsonValueKind.String
        && text.GetString()!.Length > 0;
}
