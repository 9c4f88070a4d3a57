using System.Text;
using System.Text.Unicode;
using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Reads the parameters of a request from its body, its query and the page address that either names.</summary>
internal static class ParameterReader
{
    public static ValueTask<Checked<ParameterSet>> Read(HttpRequest request, ReadOnlyMemory<byte> body) =>
        Read(request, body, Vocabulary.Lead);

    public static ValueTask<Checked<ParameterSet>> Read(HttpRequest request, ReadOnlyMemory<byte> body, Vocabulary vocabulary)
    {
        var parameters = new ParameterSet(vocabulary);
        switch (ContentTypes.FormatOf(request.ContentType))
        {
            case BodyFormat.None when body.IsEmpty:
                return new(Complete(request, parameters, vocabulary));
            case BodyFormat.Json:
                return new(JsonParameters.TryRead(body.Span, parameters) ? Complete(request, parameters, vocabulary) : Faults.InvalidJson);
            case BodyFormat.Form:
                return new(TryReadForm(body.Span, parameters) ? Complete(request, parameters, vocabulary) : Faults.InvalidForm);
            case BodyFormat.Multipart:
                return ReadMultipart(request, body, parameters, vocabulary);
            default:
                return new(Faults.UnsupportedContentType);
        }
    }

    /// <summary>Reads the parameters of a request whose body, if any, says nothing.</summary>
    public static Checked<ParameterSet> ReadQuery(HttpRequest request) => ReadQuery(request, Vocabulary.Lead);

    /// <inheritdoc cref="ReadQuery(HttpRequest)"/>
    public static Checked<ParameterSet> ReadQuery(HttpRequest request, Vocabulary vocabulary) =>
        Complete(request, new ParameterSet(vocabulary), vocabulary);

    private static Checked<ParameterSet> Complete(HttpRequest request, ParameterSet parameters, Vocabulary vocabulary)
    {
        var query = request.QueryString.Value.AsSpan();
        if (!query.IsEmpty && !TryReadPairs(query[1..], parameters, Origin.Query)) return Faults.InvalidQuery;
        if (vocabulary.KeepsOthers && parameters[Parameter.PageUrl].Text is { } pageUrl) parameters.AddLink(pageUrl);
        return parameters;
    }

    private static bool TryReadForm(ReadOnlySpan<byte> body, ParameterSet parameters) =>
        Utf8.IsValid(body) && TryReadPairs(Encoding.UTF8.GetString(body), parameters, Origin.Body);

    private static bool TryReadPairs(ReadOnlySpan<char> text, ParameterSet parameters, Origin origin)
    {
        var pairs = FormText.Split(text);
        while (pairs.Next() && parameters.Count())
        {
            if (!FormText.TryDecode(pairs.Name, out var name) || !FormText.TryDecode(pairs.Value, out var value)) return false;
            parameters.AddText(name, value, origin);
        }

        return true;
    }

    private static async ValueTask<Checked<ParameterSet>> ReadMultipart(
        HttpRequest request, ReadOnlyMemory<byte> body, ParameterSet parameters, Vocabulary vocabulary)
    {
        if (await MultipartFields.Read(request.ContentType!, body, request.HttpContext.RequestAborted) is not { } fields)
        {
            return Faults.InvalidForm;
        }

        foreach (var (name, value) in fields)
        {
            if (!parameters.Count()) break;
            parameters.AddText(name, value, Origin.Body);
        }

        return Complete(request, parameters, vocabulary);
    }
}
