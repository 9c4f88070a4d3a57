using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.OpenApi;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Lists the leads of a campaign in rank order.</summary>
internal static class AdminLeads
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    /// <summary>What the API's description says of it: the answer is written by hand.</summary>
    public static readonly ApiOperation Operation = new()
    {
        Id = "listLeads",
        Tag = AdminEndpoints.Tag,
        Summary = "Lists leads in rank order.",
        Description = $"From the first whose rank is greater than `after`, up to `limit` of them (1 to {MaxLimit}, default {DefaultLimit}).",
        Answers =
        [
            new(StatusCodes.Status200OK, "A page of leads, and the rank to ask after for the next one.",
                [new("leads", ApiType.Objects), new("next", ApiType.Integer, true)]),
            new(StatusCodes.Status400BadRequest, "The page is out of range.", []),
            new(StatusCodes.Status401Unauthorized, "The key is missing or wrong.", []),
            new(StatusCodes.Status404NotFound, "There is no such campaign.", []),
        ],
    };

    public static async Task<IResult> List(
        long id, IGrainFactory grains, InstallationKeyring keyring, AnswerBuffers buffers, long after = 0, int limit = DefaultLimit)
    {
        if (after < 0) return Invalid("after", "after must be 0 or the rank of a lead.");
        if (limit is < 1 or > MaxLimit) return Invalid("limit", $"limit must be from 1 to {MaxLimit}.");

        var campaign = grains.GetGrain<ICampaignGrain>(id);
        var reply = await campaign.Get();
        if (!reply.Succeeded) return new FaultResult(AdminFaults.Of(reply.Refusal!.Value));

        var (page, keys) = (await campaign.List(after, limit), await keyring.Get());
        return new LeadListing(page, keys.SocialIds, buffers);
    }

    private static FaultResult Invalid(string name, string message) =>
        new(AdminFaults.Invalid([new FaultDetail(name, "invalid_parameter", message)]));
}

/// <summary>Writes a page of leads.</summary>
internal sealed class LeadListing(LeadPage page, SocialIds socialIds, AnswerBuffers buffers) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var answer = buffers.Rent();
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteStartArray("leads"u8);
        foreach (var lead in page.Leads) Write(json, lead);
        json.WriteEndArray();
        WriteNumber(json, "next"u8, page.Next);
        json.WriteEndObject();
        await answer.Send(httpContext.Response, StatusCodes.Status200OK);
    }

    private void Write(Utf8JsonWriter json, Lead lead)
    {
        var profile = lead.Profile;
        json.WriteStartObject();
        json.WriteNumber("rank"u8, lead.Rank);
        json.WriteNumber("id"u8, lead.Id);
        json.WriteString("social_id"u8, socialIds.Encode(lead.Id));
        json.WriteString("email"u8, lead.Email);
        json.WriteString("phone_number"u8, lead.Phone);
        json.WriteNumber("counter"u8, lead.Counter);
        json.WriteString("created_at"u8, lead.CreatedAt);
        WriteNumber(json, "parent_id"u8, lead.ParentId);
        WriteProfile(json, profile);
        json.WriteStartObject("custom_fields"u8);
        foreach (var field in profile.CustomFields)
        {
            json.WritePropertyName(field.Name);
            json.WriteRawValue(field.Json, skipInputValidation: true);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProfile(Utf8JsonWriter json, LeadProfile profile)
    {
        json.WriteString("first_name"u8, profile.FirstName);
        json.WriteString("last_name"u8, profile.LastName);
        json.WriteString("uid"u8, profile.Uid);
        json.WriteString("ip"u8, profile.Ip);
        json.WriteString("referrer"u8, profile.Referrer);
        json.WriteString("signup_url"u8, profile.SignupUrl);
        json.WriteString("source"u8, profile.Source);
        json.WriteString("session_id"u8, profile.SessionId);
        json.WriteString("request_id"u8, profile.ClientRequestId);
        json.WriteString("redirect_url"u8, profile.RedirectUrl);
        json.WriteBoolean("opted_out"u8, profile.OptedOut);
        json.WriteBoolean("sms_opted_out"u8, profile.SmsOptedOut);
        json.WriteBoolean("verified_email"u8, profile.VerifiedEmail);
        json.WriteBoolean("verified_phone_number"u8, profile.VerifiedPhone);
        json.WriteBoolean("waitlisted"u8, profile.Waitlisted);
        json.WriteBoolean("fraudulent"u8, profile.Fraudulent);
        json.WriteStartArray("tags"u8);
        foreach (var tag in profile.Tags) json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteStartObject("utm"u8);
        foreach (var parameter in profile.Utm) json.WriteString(parameter.Name, parameter.Value);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
