using System.Net;
using LeadEngine.ApiHost.Tests.Fakes;

namespace LeadEngine.ApiHost.Tests.Engine;

[Collection(LeadEngineCollection.Name)]
public sealed class ConcurrencyTests(LeadEngineApplication app)
{
    private static readonly string[] Emails = ["ada@example.com", "Ada@Example.com", " ADA@EXAMPLE.COM ", "ada@EXAMPLE.com"];
    private static readonly string[] Phones = ["+12065550100", "(206) 555-0100", "1-206-555-0100", "206.555.0100"];

    [Fact]
    public async Task SignUp_ThousandAtOnceOfOnePersonInMixedForms_MakeOneLeadAndCountEach()
    {
        var campaign = await app.CreateCampaign();

        var counters = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async number =>
        {
            var body = new { email = Emails[number % 4], phone_number = Phones[number / 4 % 4] };
            return (await campaign.SignUp(body).Json()).Number("counter");
        }));

        Assert.Equal(Enumerable.Range(1, 1_000).Select(count => (long)count), counters.Order());
        var lead = Assert.Single(await campaign.Leads());
        Assert.Equal((1_000, "ada@example.com", "+12065550100"), (lead.Number("counter"), lead.Text("email"), lead.Text("phone_number")));
    }

    [Fact]
    public async Task SignUp_EmailPhoneAndBothAtOnce_NeverMakeAThirdLead()
    {
        var campaign = await app.CreateCampaign();

        await Task.WhenAll(Enumerable.Range(0, 300).Select(async number =>
        {
            object body = (number % 3) switch
            {
                0 => new { email = Emails[number % 4] },
                1 => new { phone_number = Phones[number % 4] },
                _ => new { email = Emails[number % 4], phone_number = Phones[number % 4] },
            };
            using var response = await campaign.SignUp(body);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }));

        var leads = await campaign.Leads();
        Assert.InRange(leads.Length, 1, 2);
        Assert.Equal(300, leads.Sum(lead => lead.Number("counter")));
    }

    [Fact]
    public async Task SignUp_EndDuringABurst_NothingLandsAfterItWasAcknowledged()
    {
        var campaign = await app.CreateCampaign();
        var burst = Enumerable.Range(0, 300).Select(SignUp).ToList();
        await burst[0];

        using var end = await campaign.Change(new { status = "ended" });
        var atTheEnd = (await campaign.Leads()).Length;
        burst.AddRange(Enumerable.Range(300, 100).Select(SignUp));
        var statuses = await Task.WhenAll(burst);

        Assert.Equal(HttpStatusCode.OK, end.StatusCode);
        Assert.Equal(atTheEnd, (await campaign.Leads()).Length);
        Assert.Equal(atTheEnd, statuses.Count(status => status is HttpStatusCode.OK));
        Assert.All(statuses[300..], status => Assert.Equal(HttpStatusCode.Locked, status));

        async Task<HttpStatusCode> SignUp(int number)
        {
            using var response = await campaign.SignUp(new { email = $"p{number}@example.com" });
            return response.StatusCode;
        }
    }
}
