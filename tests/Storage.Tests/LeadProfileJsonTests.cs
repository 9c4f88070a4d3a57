using System.Text.Json;
using LeadEngine.Leads;
using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Storage.Tests;

public sealed class LeadProfileJsonTests
{
    [Fact]
    public void Write_FullProfile_ReadsBackTheSame() =>
        SameLead.Assert(SampleProfiles.Full, LeadProfileJson.Read(LeadProfileJson.ToText(SampleProfiles.Full)));

    [Fact]
    public void Write_NothingKnown_IsAnEmptyObject()
    {
        var nothing = new LeadProfile { CustomFields = default, Utm = default, Tags = default, CompletedActions = default };

        Assert.Equal("{}", LeadProfileJson.ToText(nothing));
        SameLead.Assert(new LeadProfile(), LeadProfileJson.Read("{}"));
        Assert.False(LeadProfileJson.Read("{}").Tags.IsDefault);
    }

    /// <summary>Databases in the field hold these names.</summary>
    [Fact]
    public void Write_EveryMember_HasItsLastingName()
    {
        var profile = new LeadProfile
        {
            FirstName = "1",
            LastName = "2",
            Uid = "3",
            Ip = "4",
            CountedIp = "4a",
            Referrer = "5",
            SignupUrl = "6",
            Source = "7",
            SessionId = "8",
            ClientRequestId = "9",
            RedirectUrl = "10",
            CustomFields = [new("company", "\"Acme\""), new("size", "1.50")],
            Utm = [new("source", "news")],
            Tags = ["vip"],
            CompletedActions = [7],
            OptedOut = true,
            SmsOptedOut = true,
            VerifiedEmail = true,
            VerifiedPhone = true,
            Waitlisted = true,
            Fraudulent = true,
            FraudReasons = ["duplicate_ip"],
            ContactEmail = "11",
            ContactPhone = "12",
            PhoneAsSent = "13",
            Region = "14",
            ZipCode = "15",
            Link = "16",
            ExternalCreatedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)),
        };

        Assert.Equal(
            """
            {"first_name":"1","last_name":"2","uid":"3","ip":"4","counted_ip":"4a","referrer":"5","signup_url":"6","source":"7","session_id":"8",
            "client_request_id":"9","redirect_url":"10","contact_email":"11","contact_phone":"12","phone_as_sent":"13",
            "region":"14","zip_code":"15","link":"16","external_created_at":"2026-03-01T12:00:00+02:00",
            "custom":{"company":"Acme","size":1.50},"utm":{"source":"news"},"tags":["vip"],"actions":[7],"fraud_reasons":["duplicate_ip"],"opted_out":true,"sms_opted_out":true,"verified_email":true,"verified_phone":true,"waitlisted":true,
            "fraudulent":true}
            """.Replace("\n", "", StringComparison.Ordinal),
            LeadProfileJson.ToText(profile));
    }

    /// <summary>A member of which the converter was not told would be lost without a word.</summary>
    [Fact]
    public void Write_EveryMember_IsCovered()
    {
        foreach (var member in typeof(LeadProfile).GetProperties().Where(property => property.CanWrite))
        {
            var profile = new LeadProfile();
            member.SetValue(profile, member.GetValue(SampleProfiles.Full));
            var text = LeadProfileJson.ToText(profile);
            Assert.NotEqual("{}", text);
            SameLead.Assert(profile, LeadProfileJson.Read(text));
        }
    }

    [Fact]
    public void Read_MemberOfANewerVersion_IsRefused() =>
        Assert.Throws<JsonException>(() => LeadProfileJson.Read("""{"first_name":"Ada","shoe_size":38}"""));

    [Fact]
    public void Write_CustomValueThatIsNoJson_IsRefused() =>
        Assert.ThrowsAny<JsonException>(() => LeadProfileJson.ToText(new() { CustomFields = [new("a", "{not json")] }));
}
