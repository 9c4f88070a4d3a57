using System.Collections.Immutable;
using LeadEngine.ApiHost.Installation;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Who asks for a lead, and what of it they want to see.</summary>
internal sealed record LeadView
{
    public required Campaign Campaign { get; init; }

    public required InstallationKeys Keys { get; init; }

    /// <summary>The engine's own address, without a slash at its end.</summary>
    public required string EngineAddress { get; init; }

    /// <summary>An API key came with the request.</summary>
    public bool IsAuthorized { get; init; }

    /// <summary>Codes can be sent by text message.</summary>
    public bool TextsAreOn { get; init; }

    public bool SkipUrls { get; init; }

    public bool SkipActions { get; init; }

    /// <summary>Where the request itself wants the person to go next.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>The custom fields of the request itself.</summary>
    public ImmutableArray<CustomField> Submitted { get; init; } = [];

    /// <summary>Whether personal data may be shown.</summary>
    public bool ShowsPersonalData => IsAuthorized || !Campaign.Settings.HidePii;
}
