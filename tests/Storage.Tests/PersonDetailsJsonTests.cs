using System.Text.Json;
using LeadEngine.People;
using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Storage.Tests;

public sealed class PersonDetailsJsonTests
{
    [Fact]
    public void Write_FullDetails_ReadBackTheSame() =>
        SamePerson.Assert(SamplePeople.Full, PersonDetailsJson.Read(PersonDetailsJson.ToText(SamplePeople.Full)));

    [Fact]
    public void Write_NothingKnown_IsAnEmptyObject()
    {
        Assert.Equal("{}", PersonDetailsJson.ToText(new() { Tags = default, CustomFields = default }));
        SamePerson.Assert(new PersonDetails(), PersonDetailsJson.Read("{}"));
        Assert.False(PersonDetailsJson.Read("{}").Tags.IsDefault);
    }

    /// <summary>Databases in the field hold these names.</summary>
    [Fact]
    public void Write_EveryMember_HasItsLastingName()
    {
        var details = new PersonDetails
        {
            FirstName = "1",
            LastName = "2",
            CompanyName = "3",
            JobTitle = "4",
            LinkedinUrl = "5",
            City = "6",
            State = "7",
            Country = "8",
            Tags = ["vip"],
            CustomFields = [new("size", "1.50")],
            EmailVerified = true,
            EmailVerificationResult = "9",
        };

        Assert.Equal(
            """
            {"first_name":"1","last_name":"2","company_name":"3","job_title":"4","linkedin_url":"5","city":"6","state":"7","country":"8",
            "tags":["vip"],"custom":{"size":1.50},"email_verified":true,"email_verification_result":"9"}
            """.Replace("\n", "", StringComparison.Ordinal),
            PersonDetailsJson.ToText(details));
    }

    /// <summary>A member of which the converter was not told would be lost without a word.</summary>
    [Fact]
    public void Write_EveryMember_IsCovered()
    {
        foreach (var member in typeof(PersonDetails).GetProperties().Where(property => property.CanWrite))
        {
            var details = new PersonDetails();
            member.SetValue(details, member.GetValue(SamplePeople.Full));
            var text = PersonDetailsJson.ToText(details);
            Assert.NotEqual("{}", text);
            SamePerson.Assert(details, PersonDetailsJson.Read(text));
        }
    }

    [Fact]
    public void Read_MemberOfANewerVersion_IsRefused() =>
        Assert.Throws<JsonException>(() => PersonDetailsJson.Read("""{"first_name":"Ada","shoe_size":38}"""));
}
