using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>New leads of whose values one alone identifies: the other becomes an identifier only if it is free.</summary>
public abstract class IdentificationContract(TestDatabase database) : StoreContract(database)
{
    private const string Phone = "+15551230001";
    private const string OtherPhone = "+15551230002";

    [ContractTheory]
    [InlineData(Identification.Phone)]
    [InlineData(Identification.Email)]
    public async Task Commit_BothAreFree_BothIdentify(Identification by)
    {
        var unit = await NewUnit();

        var added = (await Commit(unit, Lead(by, "ann@x.org", Phone))).Adds.Single();

        Assert.Equal(AddOutcome.Added(added.LeadId, 1, null), added);
        Assert.Equal(added.LeadId, await Find(unit, IdentifierKind.Email, "ann@x.org"));
        Assert.Equal(added.LeadId, await Find(unit, IdentifierKind.Phone, Phone));
    }

    [ContractFact]
    public async Task Commit_PhoneIdentifiesAndTheEmailIsAnothers_IsNewWithoutTheEmail()
    {
        var unit = await NewUnit();
        var first = (await Add(unit, Make.Person("ann@x.org"))).Single();

        var added = (await Commit(unit, Lead(Identification.Phone, "ann@x.org", Phone))).Adds.Single();

        Assert.Equal(AddOutcome.Added(added.LeadId, 2, null, lostClaim: true), added);
        await AssertIdentifiers(added.LeadId, null, Phone);
        Assert.Equal(first.Lead.Id, await Find(unit, IdentifierKind.Email, "ann@x.org"));
    }

    [ContractFact]
    public async Task Commit_EmailIdentifiesAndThePhoneIsAnothers_IsNewWithoutThePhone()
    {
        var unit = await NewUnit();
        var first = (await Add(unit, Make.Person(phone: Phone))).Single();

        var added = (await Commit(unit, Lead(Identification.Email, "ann@x.org", Phone))).Adds.Single();

        Assert.Equal(AddOutcome.Added(added.LeadId, 2, null, lostClaim: true), added);
        await AssertIdentifiers(added.LeadId, "ann@x.org", null);
        Assert.Equal(first.Lead.Id, await Find(unit, IdentifierKind.Phone, Phone));
    }

    [ContractFact]
    public async Task Commit_WhatIdentifiesIsThere_ExistsWhateverComesWithIt()
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person("ann@x.org", Phone), Make.Person("bob@x.org", OtherPhone));

        var byPhone = await Commit(
            unit, Lead(Identification.Phone, "new@x.org", Phone), Lead(Identification.Phone, "ann@x.org", OtherPhone));
        var byEmail = await Commit(
            unit, Lead(Identification.Email, "ann@x.org", "+15551230003"), Lead(Identification.Email, "bob@x.org", Phone));

        AddOutcome[] existing = [.. stored.Select(lead => AddOutcome.Exists(lead.Lead.Id))];
        Assert.Equal(existing, byPhone.Adds.AsEnumerable());
        Assert.Equal(existing, byEmail.Adds.AsEnumerable());
        Assert.Equal(2, (await AllLeads(unit.CampaignId)).Length);
        Assert.Equal(2, (await People()).Length);
    }

    [ContractFact]
    public async Task Commit_EitherIdentifiesAndThePhoneIsThere_Exists()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org", Phone))).Single();

        var reply = await Commit(unit, Lead(Identification.EmailThenPhone, "new@x.org", Phone));

        Assert.Equal([AddOutcome.Exists(ann.Lead.Id)], reply.Adds.AsEnumerable());
    }

    [ContractFact]
    public async Task Commit_EndedAndOnlyTheContactDataIsThere_IsRefused()
    {
        var unit = await NewUnit();
        await Add(unit, Make.Person("ann@x.org", Phone));
        await SetStatus(unit, CampaignStatus.Ended);

        var reply = await Commit(
            unit, Lead(Identification.Phone, "ann@x.org", OtherPhone), Lead(Identification.Email, "new@x.org", Phone));

        Assert.All(reply.Adds, added => Assert.Equal(LeadRefusal.Ended, added.Refusal));
    }

    /// <summary>One phone number of a company: the first of the colleagues has it as an identifier.</summary>
    [ContractFact]
    public async Task Commit_ManyWithOneContactPhone_AreAllNew()
    {
        var unit = await NewUnit();
        await Commit(unit, Lead(Identification.Email, "0@x.org", Phone));

        var reply = await Commit(unit, [.. Enumerable.Range(1, 600).Select(i => Lead(Identification.Email, $"{i}@x.org", null))]);
        var late = await Commit(unit, Lead(Identification.Email, "late@x.org", Phone));

        Assert.All(reply.Adds, added => Assert.NotEqual(0, added.Rank));
        Assert.True(late.Adds.Single().LostClaim);
        Assert.Equal(602, (await People()).Length);
        Assert.Equal(602, (await AllLeads(unit.CampaignId)).Length);
    }

    [ContractFact]
    public async Task Commit_LostClaimWithAnIdempotencyKey_SpendsTheKeyAndScores()
    {
        var unit = await NewUnit();
        await Add(unit, Make.Person("ann@x.org"));
        var lead = Lead(Identification.Phone, "ann@x.org", Phone) with { Request = Make.Request(new("key", "print")), Points = 4 };

        var reply = await Commit(unit, lead);

        Assert.Equal(reply.Adds.Single().LeadId, (await Driver.ReadAnswer("key", Make.Noon, default))!.LeadId);
        Assert.Equal([new ScoreRow(reply.Adds.Single().LeadId, new() { Points = 4 })], reply.Scores.AsEnumerable());
    }

    private static NewLead Lead(Identification by, string? email, string? phone)
    {
        var lead = Make.Person(email, phone) with { IdentifiedBy = by };
        return by switch
        {
            Identification.Phone => lead with { Profile = lead.Profile with { ContactEmail = email } },
            Identification.Email => lead with { Profile = lead.Profile with { ContactPhone = phone ?? Phone } },
            _ => lead,
        };
    }

    private async Task<long?> Find(CampaignUnit unit, IdentifierKind kind, string value) =>
        (await Driver.Find([new(unit.CampaignId, kind, value)], default)).Single();

    private async Task AssertIdentifiers(long leadId, string? email, string? phone)
    {
        var lead = (await Read(leadId))!.Lead;
        Assert.Equal((email, phone), (lead.Email, lead.Phone));
    }
}
