using System.Collections.Immutable;
using LeadEngine.ApiHost.Http;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>The leads that a command is about, named by identifiers of one kind, each once.</summary>
internal sealed record NamedLeads
{
    /// <summary>E-mail addresses or phone numbers.</summary>
    public ImmutableArray<IdentifierKey> Identifiers { get; private init; } = [];

    /// <summary>Leads by id.</summary>
    public ImmutableArray<long> LeadIds { get; private init; } = [];

    /// <summary>How many names there are: no more leads than these.</summary>
    public int Count => Identifiers.Length + LeadIds.Length;

    /// <summary>Reads them. What cannot be read names nobody.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">How many there may be.</param>
    public static Checked<NamedLeads> Read(CommandRequest request, int limit)
    {
        var parameters = request.Parameters;
        var byEmail = parameters.IsSent(Parameter.Email, Parameter.Emails);
        var byPhone = parameters.IsSent(Parameter.PhoneNumber);
        var byId = parameters.IsSent(Parameter.SocialId, Parameter.Kid, Parameter.Kolid);
        if (!byEmail && !byPhone && !byId) return CommandFaults.NoLeadNamed;
        if ((byEmail ? 1 : 0) + (byPhone ? 1 : 0) + (byId ? 1 : 0) > 1) return CommandFaults.MixedIdentifiers;

        var texts = byEmail ? parameters.Texts(Parameter.Email, Parameter.Emails)
            : byPhone ? parameters.Texts(Parameter.PhoneNumber)
            : parameters.Texts(Parameter.SocialId, Parameter.Kid, Parameter.Kolid);
        if (texts.Count > limit) return CommandFaults.TooManyItems;
        if (parameters.Problems.ToFault() is { } fault) return fault;
        if (byId) return new NamedLeads { LeadIds = [.. ReadIds(texts, request.Keys.SocialIds).Distinct()] };
        var campaignId = request.Campaign.Id;
        return new NamedLeads
        {
            Identifiers = byEmail
                ? KeysOf(campaignId, IdentifierKind.Email, texts.Select(EmailAddress.Normalize))
                : KeysOf(campaignId, IdentifierKind.Phone, ReadPhones(texts, request)),
        };
    }

    private static IEnumerable<long> ReadIds(IEnumerable<string> texts, SocialIds socialIds)
    {
        foreach (var text in texts)
        {
            if (socialIds.TryDecode(text, out var leadId)) yield return leadId;
        }
    }

    private static IEnumerable<string?> ReadPhones(IEnumerable<string> texts, CommandRequest request)
    {
        var country = request.Parameters.Text(Parameter.CountryCode);
        return texts.Select(text => PhoneNormalizer.Normalize(text, country, request.Campaign.Settings.DefaultRegion));
    }

    private static ImmutableArray<IdentifierKey> KeysOf(long campaignId, IdentifierKind kind, IEnumerable<string?> values) =>
        [.. values.OfType<string>().Distinct().Select(value => new IdentifierKey(campaignId, kind, value))];
}
