using System.Text;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Texts;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Web;

/// <summary>Verifying a phone number by the code of a text message.</summary>
internal sealed class PhonePages(LinkVisits visits, PhoneCodes codes)
{
    public const string CodeField = "code";

    private const int MaxBody = 1_024;
    private const string WrongCode = "This code is not valid, or not any more. Please look again, or sign up again for a new one.";

    public async Task<Checked<Page>> Ask(HttpContext context)
    {
        var visit = await visits.Open(context, LinkPurpose.PhoneVerification);
        if (!visit.IsGood) return visit.Fault;
        var lead = await Find(visit.Value);
        if (!lead.IsGood) return lead.Fault;
        return lead.Value.Profile.VerifiedPhone
            ? Verified(visit.Value)
            : Ask(StatusCodes.Status200OK, "Please type in the code that we sent you.");
    }

    public async Task<Checked<Page>> Verify(HttpContext context)
    {
        var visit = await visits.Open(context, LinkPurpose.PhoneVerification);
        if (!visit.IsGood) return visit.Fault;
        using var body = await RequestBody.Read(context.Request, MaxBody);
        if (body is null) return Faults.BodyTooLarge;
        if (ContentTypes.FormatOf(context.Request.ContentType) is not BodyFormat.Form) return Faults.UnsupportedContentType;

        var lead = await Find(visit.Value);
        if (lead is { IsGood: true, Value.Profile.VerifiedPhone: false })
        {
            if (await codes.Check(lead.Value.Id, CodeIn(body.Bytes.Span), visit.Value.Deadline) is { } fault)
            {
                return fault == PhoneCodes.Wrong
                    ? Ask(StatusCodes.Status422UnprocessableEntity, WrongCode)
                    : fault;
            }

            lead = await visits.Do(visit.Value, LeadOrder.VerifyPhone);
        }

        if (!lead.IsGood) return lead.Fault;
        return ThankyouPage.Of(visit.Value) ?? Verified(visit.Value);
    }

    private async Task<Checked<Lead>> Find(LinkVisit visit)
    {
        var lead = await visits.Find(visit);
        return lead is { IsGood: true, Value.Phone: null } ? PageFaults.Gone : lead;
    }

    private static string CodeIn(ReadOnlySpan<byte> form)
    {
        var pairs = FormText.Split(Encoding.UTF8.GetString(form));
        while (pairs.Next())
        {
            if (pairs.Name is CodeField && FormText.TryDecode(pairs.Value, out var code)) return code;
        }

        return "";
    }

    private static Page Ask(int status, string text) => new(status, "Confirm your phone number", text)
    {
        Form = new PageForm("Confirm", Field: new PageField(CodeField, "Code", PhoneCodes.Digits)),
    };

    private static Page Verified(LinkVisit visit) =>
        Page.Of("Your phone number is confirmed", $"Thank you for joining {visit.Campaign.Settings.Name}.");
}
