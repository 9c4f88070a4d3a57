using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Idempotency;

[Collection(EngineCollection.Name)]
public sealed class IdempotencyGrainTests(EngineFixture engine)
{
    private readonly string _key = Guid.NewGuid().ToString("N");

    private IIdempotencyGrain Grain => engine.Grains.GetGrain<IIdempotencyGrain>(_key);

    [Fact]
    public async Task Begin_AfterComplete_ReplaysTheFirstAnswer()
    {
        Assert.Equal(BeginOutcome.Run, (await Grain.Begin("print")).Outcome);
        Assert.True(await Grain.Complete(new StoredAnswer("print", 0, 200, [1, 2, 3])));

        var reply = await Grain.Begin("print");

        Assert.Equal(BeginOutcome.Replay, reply.Outcome);
        Assert.Equal<byte>([1, 2, 3], reply.Answer!.Body);
    }

    [Fact]
    public async Task Begin_OtherRequest_IsAMismatch()
    {
        await Grain.Begin("print");
        Assert.Equal(BeginOutcome.Mismatch, (await Grain.Begin("other")).Outcome);
        await Grain.Complete(new StoredAnswer("print", 0, 200, []));
        Assert.Equal(BeginOutcome.Mismatch, (await Grain.Begin("other")).Outcome);
    }

    [Fact]
    public async Task Begin_WhileTheFirstRuns_IsRefused()
    {
        await Grain.Begin("print");

        Assert.Equal(BeginOutcome.Running, (await Grain.Begin("print")).Outcome);
    }

    [Fact]
    public async Task Begin_AfterAbandon_RunsAgain()
    {
        var first = await Grain.Begin("print");
        await Grain.Abandon();

        var second = await Grain.Begin("other");

        Assert.Equal((BeginOutcome.Run, false), (first.Outcome, first.IsRepeat));
        Assert.Equal((BeginOutcome.Run, true), (second.Outcome, second.IsRepeat));
    }

    [Fact]
    public async Task Begin_ManyAtOnce_LetOneRun()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Grain.Begin("print")));

        Assert.Single(replies, reply => reply.Outcome is BeginOutcome.Run);
        Assert.Equal(49, replies.Count(reply => reply.Outcome is BeginOutcome.Running));
    }

    [Fact]
    public async Task Begin_ChangeOnDiskButAnswerLost_TellsWhichLead()
    {
        var campaign = await engine.CreateCampaign();
        await Grain.Begin("print");
        var upsert = await campaign.Upsert("ada@example.com", change: command => command with
        {
            Request = command.Request with { Idempotency = new IdempotencyClaim(_key, "print") },
        });
        await Grain.Abandon();

        var reply = await Grain.Begin("print");

        Assert.Equal(BeginOutcome.AnswerLost, reply.Outcome);
        Assert.Equal(upsert.Lead!.Id, reply.Answer!.LeadId);
    }

    [Fact]
    public async Task Begin_UpdateOnDiskButAnswerLost_TellsWhichLead()
    {
        var campaign = await engine.CreateCampaign();
        var ada = await campaign.Upsert("ada@example.com");
        await Grain.Begin("print");
        await campaign.Upsert("ada@example.com", change: command => command with
        {
            Request = command.Request with { Idempotency = new IdempotencyClaim(_key, "print") },
        });
        await Grain.Abandon();

        Assert.Equal(ada.Lead!.Id, (await Grain.Begin("print")).Answer?.LeadId);
    }
}
