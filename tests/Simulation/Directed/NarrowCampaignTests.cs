using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.Simulation.Directed;

/// <summary>Histories at a campaign that has hardly any room for those who wait.</summary>
public sealed class NarrowCampaignTests
{
    [Fact]
    public void Delete_PersonWithMoreLeadsThanMayWait_IsGone()
    {
        var stage = new Stage(new() { MaxWaitingAtCampaign = 1 });
        stage.Play(async () =>
        {
            for (var number = 0; number < 5; number++) await AddByPhone(stage, $"+1206555010{number}", "ann@x.org");
            var person = stage.Database.People.Values.Single();

            var deletion = await stage.Ask(() => stage.Get<IDirectoryGrain>(person.AccountId).Delete([person.Id], force: true));

            Assert.Equal((1, null), (deletion.Deleted, deletion.Refusal));
        });
        Assert.Empty(stage.Leads);
        Assert.Empty(stage.Database.People);
    }

    private static Task<LeadReply> AddByPhone(Stage stage, string phone, string email) => stage.Send(stage.Command(null, phone) with
    {
        IdentifiedBy = Identification.Phone,
        Patch = new LeadPatch { ContactEmail = email },
    });
}
