using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Simulation.Directed;

/// <summary>Histories in which a tag is to be given that the campaign does not know: not yet, or not any more.</summary>
public sealed class UnknownTagTests
{
    private const long TagId = 77;

    private readonly Stage _stage = new();

    [Fact]
    public void Queue_TagThatIsNotKnownYet_IsGivenOnceItIs()
    {
        Play(async () =>
        {
            var known = (await _stage.Ask(_stage.Campaign.Get)).Campaign!;
            var vip = new LeadTag { Id = TagId, Name = "vip" };
            await _stage.Ask(() => _stage.Campaign.Configure(known.Revision, known.Settings with { Tags = [vip] }));
            await _stage.Pause(10_000);
        });
        Assert.Equal(["vip"], _stage.Leads.Single().Profile.Tags.AsEnumerable());
    }

    [Fact]
    public void Queue_TagThatIsNotKnownForLong_IsDropped()
    {
        Play(() => _stage.Pause(70_000));
        Assert.Empty(_stage.Leads.Single().Profile.Tags);
        Assert.Empty(_stage.Database.Work);
    }

    private void Play(Func<Task> history) => _stage.Play(async () =>
    {
        await _stage.Upsert("ann@x.org");
        await _stage.Ask(() => _stage.Campaign.Queue(new BulkCommand
        {
            Request = _stage.Command(LeadOrder.Tag).Request,
            Order = LeadOrder.Tag,
            Subject = TagId,
            LeadIds = [1],
        }));
        await _stage.Pause(5_000);
        Assert.Single(_stage.Database.Work);
        await history();
    });
}
