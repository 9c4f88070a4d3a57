using System.Globalization;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>The query of a request. Of values under one name the last counts; names that mean nothing are passed over.</summary>
internal sealed class QueryValues
{
    private const int DefaultLimit = 25;
    private const int MaxLimit = 100;

    // As far as a list may be skipped.
    private const int MaxPage = 1_000;

    private readonly Dictionary<string, string> _values = [];

    public static Checked<QueryValues> Read(HttpRequest request)
    {
        var values = new QueryValues();
        var query = request.QueryString.Value.AsSpan();
        if (query.IsEmpty) return values;

        var pairs = FormText.Split(query[1..]);
        while (pairs.Next())
        {
            if (!FormText.TryDecode(pairs.Name, out var name)) return Faults.InvalidQuery;
            if (!FormText.TryDecode(pairs.Value, out var value) || value.Contains('\0', StringComparison.Ordinal)) return Faults.InvalidQuery;
            values._values[name] = value;
        }

        return values;
    }

    /// <summary>A value that was sent and is not blank.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Which page of a list was asked for.</summary>
    /// <param name="kind">What its cursors name.</param>
    /// <param name="ids">The installation's public ids.</param>
    public Checked<PageRequest> Page(ObjectKind kind, ObjectIds ids)
    {
        if (!TryNumber("limit", MaxLimit, DefaultLimit, out var limit)) return SendKitFaults.Invalid($"limit must be from 1 to {MaxLimit}");
        if (!TryNumber("page", MaxPage, null, out var page))
        {
            return SendKitFaults.Invalid($"page must be from 1 to {MaxPage}; use cursor to go further");
        }

        if (this["cursor"] is not { } cursor) return new PageRequest(limit!.Value, null, page);
        if (page is not null) return SendKitFaults.Invalid("Use cursor or page, not both");
        return ids.TryDecode(kind, cursor, out var after)
            ? new PageRequest(limit!.Value, after, null)
            : SendKitFaults.Invalid("cursor is not one that a page of this list came with");
    }

    private bool TryNumber(string name, int most, int? otherwise, out int? number)
    {
        number = otherwise;
        if (this[name] is not { } text) return true;
        number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return number >= 1 && number <= most;
    }
}

/// <summary>A page of a list.</summary>
/// <param name="Limit">How many at most.</param>
/// <param name="After">What the last item of the page before was; null for the first page.</param>
/// <param name="Page">The number of the page, from 1, where it was asked for so.</param>
internal sealed record PageRequest(int Limit, long? After, int? Page)
{
    /// <summary>How many to leave out before the page.</summary>
    public int Skip => Page is { } page ? (page - 1) * Limit : 0;
}
