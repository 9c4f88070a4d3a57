namespace LeadEngine.Fuzz.Api;

/// <summary>The parts of the API, each with its own credentials and its own words for errors.</summary>
internal enum Dialect
{
    Administration,
    KickoffLabs,
    Aktify,
    SendKit,

    /// <summary>The pages for people, in HTML.</summary>
    Pages,

    /// <summary>Health, the description, and whatever belongs to none.</summary>
    Common,
}

internal static class Dialects
{
    /// <summary>To which part a path belongs, also when no route is there.</summary>
    public static Dialect Of(string path)
    {
        if (Is(path, "/v2")) return Dialect.KickoffLabs;
        if (Is(path, "/v1/leads") || Is(path, "/v1/campaigns") || Is(path, "/v1/dnc") || Is(path, "/v1/webhooks")) return Dialect.SendKit;
        if (Is(path, "/v1") && path.Contains("/subscribe", StringComparison.OrdinalIgnoreCase)) return Dialect.KickoffLabs;
        if (Is(path, "/api/v1")) return Dialect.Aktify;
        if (Is(path, "/opt-out") || Is(path, "/verify") || Is(path, "/verify-phone")) return Dialect.Pages;
        return Is(path, "/admin") ? Dialect.Administration : Dialect.Common;
    }

    private static bool Is(string path, string start) =>
        path.StartsWith(start, StringComparison.OrdinalIgnoreCase) && (path.Length == start.Length || path[start.Length] == '/');
}
