using System.Globalization;
using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>What a leaderboard shall show.</summary>
internal sealed record LeaderboardQuery
{
    public const int MaxLeaders = 50;

    private static readonly string[] AvatarDefaults = ["identicon", "icon", "ui"];

    /// <summary>How many leads at most.</summary>
    public required int Limit { get; init; }

    /// <summary>By what a lead is called: first_name, full_name, social_id or a custom field.</summary>
    public required string Description { get; init; }

    /// <summary>What those get who have no picture: identicon, icon or ui.</summary>
    public required string AvatarDefault { get; init; }

    /// <summary>The lead to flag; null for none.</summary>
    public string? SocialId { get; init; }

    public static Checked<LeaderboardQuery> Read(ParameterSet parameters)
    {
        if (Missing(parameters) is { } missing) return missing;
        var avatar = parameters.Text(Parameter.AvatarDefault)?.Trim().ToLowerInvariant();
        if (!AvatarDefaults.Contains(avatar))
        {
            parameters.Problems.Add(Parameter.AvatarDefault, "invalid_parameter", "must be identicon, icon or ui");
        }

        if (!int.TryParse(parameters.Text(Parameter.Limit), NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            || limit is < 1 or > MaxLeaders)
        {
            parameters.Problems.Add(Parameter.Limit, "invalid_limit", $"must be a whole number from 1 to {MaxLeaders}");
        }

        var query = new LeaderboardQuery
        {
            Limit = limit,
            Description = parameters.Text(Parameter.LeadDescription)?.Trim().ToLowerInvariant() ?? "",
            AvatarDefault = avatar ?? "",
            SocialId = parameters.Text(Parameter.SocialId, Parameter.Kid)?.Trim(),
        };
        return parameters.Problems.ToFault() is { } fault ? fault : query;
    }

    private static Fault? Missing(ParameterSet parameters)
    {
        foreach (var required in (Parameter[])[Parameter.Limit, Parameter.LeadDescription, Parameter.AvatarDefault])
        {
            if (!parameters.IsSent(required)) return CommandFaults.Missing(ParameterNames.Of(required));
        }

        return null;
    }
}
