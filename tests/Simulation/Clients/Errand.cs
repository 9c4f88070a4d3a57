using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;

namespace LeadEngine.Simulation.Clients;

/// <summary>Something that a client wants done, beside changes of leads, with all tries.</summary>
internal sealed record Errand<TAnswer>(int Number, Command Command)
    where TAnswer : class
{
    public List<Try<TAnswer>> Tries { get; } = [];

    public int From => Tries[0].From;

    public override string ToString() => $"#{Number} {Command}";
}

/// <summary>What an <see cref="Errand{TAnswer}"/> is about.</summary>
internal abstract record Command;

/// <summary>A lead shall go.</summary>
internal sealed record Removal(long CampaignId, long LeadId, bool LeaveMember) : Command
{
    public override string ToString() => $"remove lead {LeadId} of campaign {CampaignId}{(LeaveMember ? ", leaving a member" : "")}";
}

/// <summary>Members are paused, or go on.</summary>
internal sealed record MemberRuling(long CampaignId, ImmutableArray<long> LeadIds, MemberStatus Status) : Command
{
    public override string ToString() => $"set members {string.Join(' ', LeadIds)} of campaign {CampaignId} {Status}";
}

/// <summary>People are put into the directory; those who are there are changed, or left as they are.</summary>
internal sealed record Import(long AccountId, ImmutableArray<NewPerson> People, bool Update) : Command
{
    public override string ToString() =>
        $"import {string.Join(", ", People.Select(person => $"{person.Email} {person.Phone}"))} into account {AccountId}{(Update ? ", update" : "")}";
}

/// <summary>A person of the directory is changed.</summary>
internal sealed record PersonEdit(long AccountId, long PersonId, PersonPatch Patch) : Command
{
    public override string ToString() => $"change person {PersonId} of account {AccountId}: {Patch.FirstName} {Patch.Phone}";
}

/// <summary>People shall go, with all that is known of them.</summary>
internal sealed record Deletion(long AccountId, ImmutableArray<long> PersonIds, bool Force) : Command
{
    public override string ToString() => $"delete people {string.Join(' ', PersonIds)} of account {AccountId}{(Force ? ", by force" : "")}";
}

/// <summary>Somebody follows a short link.</summary>
internal sealed record Click(string Code) : Command
{
    public override string ToString() => $"follow {Code}";
}

/// <summary>People are searched for.</summary>
internal sealed record Search(long AccountId, string Text) : Command
{
    public override string ToString() => $"search account {AccountId} for {Text}";
}

/// <summary>Somebody is not to be contacted.</summary>
internal sealed record Ban(long AccountId, DoNotContact Entry) : Command
{
    public override string ToString() => $"do not contact {Entry.Value}, says account {AccountId}";
}

/// <summary>An answer of one value.</summary>
internal sealed record Told<T>(T Value)
{
    public override string ToString() => $"{Value}";
}
