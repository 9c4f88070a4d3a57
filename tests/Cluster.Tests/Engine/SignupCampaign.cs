using System.Collections.Immutable;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;

namespace LeadEngine.Cluster.Tests.Engine;

/// <summary>A campaign as people see it who sign up, and as a reader of its table does.</summary>
internal sealed class SignupCampaign(EngineCluster cluster, long id, long accountId)
{
    private const int PageSize = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly EngineCalls _client = new(TimeProvider.System, Random.Shared);

    public long Id => id;

    public long AccountId => accountId;

    public GrainId GrainId { get; } = cluster.Nodes[0].Grains.GetGrain<ICampaignGrain>(id).GetGrainId();

    public ICampaignGrain At(Node node) => node.Grains.GetGrain<ICampaignGrain>(id);

    public IIdentifierGrain Identifier(Node node, IdentifierKind kind, string value) =>
        node.Grains.GetGrain<IIdentifierGrain>(new IdentifierKey(id, kind, value).ToString());

    /// <summary>A sign-up as a dialect makes it of what somebody typed.</summary>
    public UpsertLead SignUp(string? email, string? phone = null) => new()
    {
        CampaignId = id,
        Request = new RequestStamp { Id = Guid.NewGuid(), ReceivedAt = TimeProvider.System.GetUtcNow() },
        Email = email is null ? null : EmailAddress.Normalize(email),
        Phone = phone is null ? null : PhoneNormalizer.Normalize(phone, countryCode: null, defaultRegion: "US"),
        Patch = new LeadPatch(),
    };

    /// <summary>
    /// Sends a request until it is known what became of it: first to one node, then, as the same request, to any that is there.
    /// </summary>
    public Task<LeadReply> Send(UpsertLead command, Node first)
    {
        var patience = new Deadline(TimeProvider.System, TimeProvider.System.GetTimestamp(), Patience);
        return _client.UntilHeard(isRepeat => isRepeat ? Try(AsRepeat(command), AnyNode) : Try(command, first), patience);
    }

    /// <summary>
    /// Adds leads together as a host does: what became of some is not known, or they shall ask again, so all are sent once more as repeats.
    /// </summary>
    public Task<ImmutableArray<AddedLead>> AddMany(AddLeads command, Node first)
    {
        var patience = new Deadline(TimeProvider.System, TimeProvider.System.GetTimestamp(), Patience);
        return _client.UntilHeard(
            async isRepeat =>
            {
                var added = await At(isRepeat ? AnyNode : first).AddMany(isRepeat ? AsRepeat(command) : command);
                return added.All(lead => lead.Refusal is null) ? added : throw new TimeoutException($"{added.First(lead => lead.Refusal is not null)}");
            },
            patience);
    }

    /// <summary>Changes the status as an owner does, again until it is acknowledged.</summary>
    public Task<CampaignReply> SetStatus(CampaignStatus status, Node node)
    {
        var patience = new Deadline(TimeProvider.System, TimeProvider.System.GetTimestamp(), Patience);
        return _client.UntilHeard(
            async _ => await At(node).SetStatus(status) is { Succeeded: true } reply ? reply : throw new TimeoutException(), patience);
    }

    public async Task<Lead[]> Leads()
    {
        List<Lead> leads = [];
        var after = 0L;
        while (true)
        {
            var page = await At(AnyNode).List(after, PageSize);
            leads.AddRange(page.Leads);
            if (page.Next is not { } next) return [.. leads];
            after = next;
        }
    }

    private Node AnyNode => cluster.Nodes[Random.Shared.Next(cluster.Nodes.Length)];

    private static async Task<LeadReply> Try(UpsertLead command, Node node)
    {
        var reply = await node.Upsert(command);
        return reply.Refusal is LeadRefusal.Busy or LeadRefusal.Unknown ? throw new TimeoutException($"{reply.Refusal}") : reply;
    }

    private static AddLeads AsRepeat(AddLeads command) =>
        new() { Leads = [.. command.Leads.Select(lead => lead with { Request = lead.Request with { IsRepeat = true } })] };

    private static UpsertLead AsRepeat(UpsertLead command) => command with { Request = command.Request with { IsRepeat = true } };
}
