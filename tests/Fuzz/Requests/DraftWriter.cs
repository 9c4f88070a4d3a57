using System.Text;

namespace LeadEngine.Fuzz.Requests;

/// <summary>Turns a draft into bytes.</summary>
internal static class DraftWriter
{
    public const string Boundary = "fuzz-boundary";

    // Behind a longer body the server reads no further request.
    private const int MostRead = 6 << 20;

    public static Exchange Write(Draft draft)
    {
        var body = BodyOf(draft);
        var framed = Frames.Of(draft, body);
        var head = HeadOf(draft, framed.Headers);
        var once = framed.Pieces.Count == 0 ? [head] : (List<byte[]>)[[.. head, .. framed.Pieces[0]], .. framed.Pieces.Skip(1)];
        return new Exchange
        {
            Pieces = draft.Copies == 1 ? [.. once] : [[.. Enumerable.Repeat(once.SelectMany(piece => piece), draft.Copies).SelectMany(copy => copy)]],
            Expected = draft.Copies,
            IsBroken = draft.IsBroken || framed.IsBroken || body?.Length > MostRead,
            IsHead = draft.Method == "HEAD",
        };
    }

    private static byte[]? BodyOf(Draft draft)
    {
        var body = draft switch
        {
            { Body: null } => null,
            { Form: BodyForm.Form } => BodyWriter.Form(draft.Body),
            { Form: BodyForm.Multipart } => BodyWriter.Multipart(draft.Body, Boundary),
            _ => BodyWriter.Json(draft.Body),
        };
        return draft.BodyEdits.Count == 0 ? body : draft.BodyEdits.Aggregate(body ?? [], (bytes, edit) => edit(bytes));
    }

    private static byte[] HeadOf(Draft draft, IEnumerable<string> framing)
    {
        var head = new StringBuilder($"{draft.Method} {TargetOf(draft)} {draft.Version}\r\n");
        if (!draft.Headers.Exists(header => header.Name == "Host")) head.Append("Host: 127.0.0.1\r\n");
        foreach (var (name, value) in draft.Headers) head.Append($"{name}: {value}\r\n");
        if (draft.ContentType is { } contentType) head.Append($"Content-Type: {contentType}\r\n");
        foreach (var line in framing) head.Append($"{line}\r\n");
        head.Append("\r\n");
        return draft.HeadEdits.Aggregate(Encoding.Latin1.GetBytes(head.ToString()), (bytes, edit) => edit(bytes));
    }

    private static string TargetOf(Draft draft)
    {
        var query = string.Join('&', draft.Query.Select(pair => BodyWriter.Pair(pair.Name, BodyWriter.Plain(pair.Value))));
        return query.Length + draft.QueryEnd.Length == 0 ? draft.Path : $"{draft.Path}?{query}{draft.QueryEnd}";
    }
}
