using System.Text;
using LeadEngine.Idempotency;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Idempotency keys: spent with the change, answered once, forgotten when old.</summary>
public abstract class IdempotencyContract(TestDatabase database) : StoreContract(database)
{
    private static readonly TimeSpan Age = new StoreOptions().IdempotencyAge;

    [ContractFact]
    public async Task Commit_NewLeadWithClaim_SpendsTheKey()
    {
        var unit = await NewUnit();

        var added = (await Commit(unit, Make.Person("a@x.org", claim: new("key", "print")))).Adds.Single();

        var answer = await Driver.ReadAnswer("key", Make.Noon, default);
        Assert.Equal("print", answer!.Fingerprint);
        Assert.Equal(added.LeadId, answer.LeadId);
        Assert.Null(answer.Status);
        Assert.Empty(answer.Body);
    }

    [ContractFact]
    public async Task Commit_ExistingOrRefusedLeadWithClaim_LeavesTheKey()
    {
        var unit = await NewUnit();
        await Commit(unit, Make.Person("a@x.org"));
        await Commit(unit, Make.Person("a@x.org", claim: new("exists", "print")));
        await SetStatus(unit, Campaigns.CampaignStatus.Ended);
        await Commit(unit, Make.Person("b@x.org", claim: new("refused", "print")));

        Assert.Null(await Driver.ReadAnswer("exists", Make.Noon, default));
        Assert.Null(await Driver.ReadAnswer("refused", Make.Noon, default));
    }

    [ContractFact]
    public async Task Write_WithClaims_SpendsAllKeys()
    {
        var ann = (await Add(await NewUnit(), Make.Person("a@x.org"))).Single();

        await Write(Make.Change(ann) with { Idempotency = [new("k1", "p1"), new("k2", "p2")] });

        Assert.Equal("p1", (await Driver.ReadAnswer("k1", Make.Noon, default))!.Fingerprint);
        Assert.Equal("p2", (await Driver.ReadAnswer("k2", Make.Noon, default))!.Fingerprint);
        Assert.Equal(ann.Lead.Id, (await Driver.ReadAnswer("k2", Make.Noon, default))!.LeadId);
    }

    [ContractFact]
    public async Task Write_RefusedWithClaim_LeavesTheKey()
    {
        var ann = (await Add(await NewUnit(), Make.Person("a@x.org"))).Single();
        await Write(Make.Change(ann));

        await Write(Make.Change(ann) with { Idempotency = [new("key", "print")] });

        Assert.Null(await Driver.ReadAnswer("key", Make.Noon, default));
    }

    [ContractFact]
    public async Task Write_ClaimOfAKeyThatIsKept_KeepsTheFirst()
    {
        var ann = (await Add(await NewUnit(), Make.Person("a@x.org", claim: new("key", "first")))).Single();

        var reply = await Write(Make.Change(ann) with { Idempotency = [new("key", "second")] });

        Assert.NotNull(reply.Stored);
        Assert.Equal("first", (await Driver.ReadAnswer("key", Make.Noon, default))!.Fingerprint);
    }

    [ContractFact]
    public async Task Write_ClaimOfAKeyThatIsTooOld_ReplacesIt()
    {
        var ann = (await Add(await NewUnit(), Make.Person("a@x.org", claim: new("key", "first")))).Single();
        await SaveAnswer("key", Make.Answer(ann.Lead.Id, fingerprint: "first"), Make.Noon);
        var later = Make.Noon + Age + TimeSpan.FromSeconds(1);

        await Driver.Commit(
            Make.Batch(later) with { Changes = [Make.Change(ann) with { Idempotency = [new("key", "second")] }] }, default);

        var answer = await Driver.ReadAnswer("key", later, default);
        Assert.Equal("second", answer!.Fingerprint);
        Assert.Null(answer.Status);
        Assert.Empty(answer.Body);
    }

    [ContractFact]
    public async Task SaveAnswer_SpentKey_CompletesIt()
    {
        var added = (await Commit(await NewUnit(), Make.Person("a@x.org", claim: new("key", "f")))).Adds.Single();

        await SaveAnswer("key", Make.Answer(added.LeadId, 201, "{\"é\":1}"), Make.Noon.AddSeconds(1));

        var answer = await Driver.ReadAnswer("key", Make.Noon, default);
        Assert.Equal(201, answer!.Status);
        Assert.Equal("{\"é\":1}", Encoding.UTF8.GetString(answer.Body.AsSpan()));
        Assert.Equal(added.LeadId, answer.LeadId);
    }

    [ContractFact]
    public async Task SaveAnswer_SecondAnswer_TheFirstStays()
    {
        await SaveAnswer("key", Make.Answer(0, 201, "first"), Make.Noon);
        await SaveAnswer("key", Make.Answer(0, 500, "second"), Make.Noon);

        var answer = await Driver.ReadAnswer("key", Make.Noon, default);
        Assert.Equal(201, answer!.Status);
        Assert.Equal("first", Encoding.UTF8.GetString(answer.Body.AsSpan()));
    }

    [ContractFact]
    public async Task SaveAnswer_OtherFingerprint_LeavesTheKey()
    {
        var added = (await Commit(await NewUnit(), Make.Person("a@x.org", claim: new("key", "f")))).Adds.Single();

        await SaveAnswer("key", Make.Answer(added.LeadId, fingerprint: "other"), Make.Noon);
        await SaveAnswer("key", Make.Answer(0, fingerprint: "other"), Make.Noon);

        Assert.Null((await Driver.ReadAnswer("key", Make.Noon, default))!.Status);
    }

    /// <summary>What is told of a lead goes with it, also when it is kept only afterwards.</summary>
    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaveAnswer_LeadRemovedMeanwhile_KeepsNothing(bool leaveMember)
    {
        var unit = await NewUnit();
        var added = (await Commit(unit, Make.Person("a@x.org", claim: new("key", "f")))).Adds.Single();
        await Remove(unit, new Campaigns.LeadRemoval(added.LeadId, leaveMember));

        await SaveAnswer("key", Make.Answer(added.LeadId, 201, "of a@x.org"), Make.Noon);

        Assert.Null(await Driver.ReadAnswer("key", Make.Noon, default));
    }

    [ContractFact]
    public async Task SaveAnswer_ClaimIsTooOld_KeepsNothing()
    {
        var added = (await Commit(await NewUnit(), Make.Person("a@x.org", claim: new("key", "f")))).Adds.Single();

        await SaveAnswer("key", Make.Answer(added.LeadId), Make.Noon + Age + TimeSpan.FromSeconds(1));

        Assert.Null((await Driver.ReadAnswer("key", Make.Noon, default))!.Status);
    }

    [ContractFact]
    public async Task SaveAnswer_OldAnswer_IsReplaced()
    {
        await SaveAnswer("key", Make.Answer(0, 201, "first", "f1"), Make.Noon);
        var later = Make.Noon + Age + TimeSpan.FromSeconds(1);
        await SaveAnswer("key", Make.Answer(0, 200, "second", "f2"), later);

        var answer = await Driver.ReadAnswer("key", later, default);
        Assert.Equal(("f2", 0, 200), (answer!.Fingerprint, answer.LeadId, answer.Status));
    }

    [ContractFact]
    public async Task SaveAnswer_NoBody_IsEmpty()
    {
        await SaveAnswer("key", Make.Answer(0, 204, ""), Make.Noon);

        var answer = await Driver.ReadAnswer("key", Make.Noon, default);
        Assert.Equal(204, answer!.Status);
        Assert.Empty(answer.Body);
    }

    [ContractFact]
    public async Task ReadAnswer_TooOldOrAbsent_IsNull()
    {
        await SaveAnswer("key", Make.Answer(0), Make.Noon);

        Assert.NotNull(await Driver.ReadAnswer("key", Make.Noon, default));
        Assert.Null(await Driver.ReadAnswer("key", Make.Noon.AddMilliseconds(1), default));
        Assert.Null(await Driver.ReadAnswer("other", Make.Noon, default));
    }

    [ContractFact]
    public async Task ForgetAnswers_OldOnes_RemovesUpToTheLimit()
    {
        for (var i = 0; i < 5; i++) await SaveAnswer($"old{i}", Make.Answer(0), Make.Noon);
        await SaveAnswer("young", Make.Answer(0), Make.Noon.AddSeconds(1));

        Assert.Equal(3, await Driver.ForgetAnswers(Make.Noon.AddSeconds(1), 3, default));
        Assert.Equal(2, await Driver.ForgetAnswers(Make.Noon.AddSeconds(1), 3, default));
        Assert.Equal(0, await Driver.ForgetAnswers(Make.Noon.AddSeconds(1), 3, default));
        Assert.NotNull(await Driver.ReadAnswer("young", Make.Noon, default));
    }

    private Task<BatchReply> SaveAnswer(string key, StoredAnswer answer, DateTimeOffset now) =>
        Driver.Commit(Make.Batch(now) with { Answers = [new(key, answer)] }, default);
}
