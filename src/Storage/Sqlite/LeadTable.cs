using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Sqlite;

/// <summary>What has to be known of a row before it is changed.</summary>
internal readonly record struct LeadHead(
    long CampaignId, long Version, string? Email, string? Phone, long? PersonId, long? ParentId, ReferralClass CountsAs);

/// <summary>Leads. One that was removed may leave a row, which only <see cref="MemberTable"/> sees.</summary>
internal sealed class LeadTable(SqliteSession session)
{
    /// <summary>The columns that <see cref="Lead"/> reads, then those of a stored lead.</summary>
    public const string Columns =
        "id, campaign_id, rank, created_at, counter, email, phone, parent_id, profile, version, requests, forgotten_until";

    private readonly SqliteStatement _insert = session.Statement(
        """
        insert into leads (
            id, campaign_id, rank, version, created_at, counter, email, phone, parent_id, profile, requests, person_id, external_created_at,
            account_id, counted_as)
        values (?, ?, ?, 1, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing
        """);

    // Indexes are rewritten whenever a statement names their columns, so most changes must not name the identifiers.
    private readonly SqliteStatement _update = session.Statement(
        "update leads set version = version + 1, counter = ?, profile = ?, requests = ?, forgotten_until = ? where id = ?");

    private readonly SqliteStatement _claimEmail = session.Statement("update leads set email = ? where id = ?");
    private readonly SqliteStatement _claimPhone = session.Statement("update leads set phone = ? where id = ?");
    private readonly SqliteStatement _setPerson = session.Statement("update leads set person_id = ? where id = ?");
    private readonly SqliteStatement _countAs = session.Statement("update leads set counted_as = ? where id = ?");
    private readonly SqliteStatement _delete = session.Statement("delete from leads where id = ?");

    private readonly SqliteStatement _empty = session.Statement(
        """
        update leads
        set version = version + 1, email = null, phone = null, person_id = null, external_created_at = null,
            profile = '{}', requests = x'', forgotten_until = null, member_status = 2
        where id = ?
        """);

    private readonly SqliteStatement _byEmail = session.Statement(
        "select id from leads where account_id = (select account_id from campaigns where id = ?1) and email = ?2 and campaign_id = ?1");

    private readonly SqliteStatement _byPhone = session.Statement("select id from leads where campaign_id = ? and phone = ?");

    private readonly SqliteStatement _head = session.Statement(
        "select campaign_id, version, email, phone, person_id, parent_id, counted_as from leads where id = ? and member_status <> 2");

    private readonly SqliteStatement _parent = session.Statement(
        """
        select (select id from leads parent where parent.id = leads.parent_id and parent.member_status <> 2)
        from leads where id = ? and campaign_id = ? and member_status <> 2
        """);

    private readonly SqliteStatement _read = session.Statement($"select {Columns} from leads where id = ? and member_status <> 2");

    private readonly SqliteStatement _list = session.Statement(
        $"select {Columns} from leads where campaign_id = ? and rank > ? and member_status <> 2 order by rank limit ?");

    private readonly ArrayBufferWriter<byte> _profile = new(1024);
    private Utf8JsonWriter? _profileWriter;

    /// <summary>Adds the lead unless another has its e-mail address or phone number.</summary>
    public bool Insert(long id, long campaignId, long rank, long? parentId, long accountId, long personId, NewLead lead)
    {
        using var insert = _insert.Use();
        insert.Bind(1, id);
        insert.Bind(2, campaignId);
        insert.Bind(3, rank);
        insert.Bind(4, UnixMicroseconds.From(lead.Request.ReceivedAt));
        insert.Bind(5, lead.Email);
        insert.Bind(6, lead.Phone);
        insert.Bind(7, parentId);
        insert.BindText(8, Encode(lead.Profile));
        insert.BindBlob(9, SeenRequestBytes.Of([new SeenRequest(lead.Request.Id, lead.Request.ReceivedAt)]));
        insert.Bind(10, personId);
        insert.Bind(11, lead.Profile.ExternalCreatedAt is { } external ? UnixMicroseconds.From(external) : null);
        insert.Bind(12, accountId);
        insert.Bind(13, (long)ReferralClasses.Of(lead.Profile));
        return insert.Run();
    }

    public void Update(long id, LeadChange change)
    {
        using var update = _update.Use();
        update.Bind(1, change.After.Counter);
        update.BindText(2, Encode(change.After.Profile));
        update.BindBlob(3, SeenRequestBytes.Of(change.Requests.Recent));
        update.Bind(4, change.Requests.ForgottenUntil is { } until ? UnixMicroseconds.Ceiling(until) : null);
        update.Bind(5, id);
        update.Run();
    }

    public void SetPerson(long id, long personId)
    {
        using var set = _setPerson.Use();
        set.Bind(1, personId);
        set.Bind(2, id);
        set.Run();
    }

    public void CountAs(long id, ReferralClass leadClass)
    {
        using var count = _countAs.Use();
        count.Bind(1, (long)leadClass);
        count.Bind(2, id);
        count.Run();
    }

    public void Delete(long id)
    {
        using var delete = _delete.Use();
        delete.Bind(1, id);
        delete.Run();
    }

    /// <summary>Leaves a row without personal data.</summary>
    public void Empty(long id)
    {
        using var empty = _empty.Use();
        empty.Bind(1, id);
        empty.Run();
    }

    public void ClaimEmail(long id, string email) => Claim(_claimEmail, id, email);

    public void ClaimPhone(long id, string phone) => Claim(_claimPhone, id, phone);

    public long? Find(IdentifierKey identifier) => identifier.Kind switch
    {
        IdentifierKind.Email => Find(_byEmail, identifier),
        IdentifierKind.Phone => Find(_byPhone, identifier),
        _ => throw new ArgumentOutOfRangeException(nameof(identifier)),
    };

    public LeadHead? Head(long id)
    {
        using var head = _head.Use();
        head.Bind(1, id);
        if (!head.Step()) return null;
        return new(
            head.Number(0), head.Number(1), head.TextOrNull(2), head.TextOrNull(3), head.NumberOrNull(4), head.NumberOrNull(5),
            (ReferralClass)head.Number(6));
    }

    /// <summary>Who referrers are when it is said that this lead is the first of them: nobody if it is not in the campaign.</summary>
    public Referrers ReferrersFrom(long campaignId, long? parentId)
    {
        if (parentId is not { } id) return default;
        using var parent = _parent.Use();
        parent.Bind(1, id);
        parent.Bind(2, campaignId);
        return parent.Step() ? new(id, parent.NumberOrNull(0)) : default;
    }

    public StoredLead? Read(long id)
    {
        using var read = _read.Use();
        read.Bind(1, id);
        if (!read.Step()) return null;
        return new()
        {
            Lead = Lead(read),
            Version = read.Number(9),
            Requests = new()
            {
                Recent = SeenRequestBytes.Read(read.Bytes(10)),
                ForgottenUntil = read.NumberOrNull(11) is { } until ? UnixMicroseconds.To(until) : null,
            },
        };
    }

    public ImmutableArray<Lead> List(long campaignId, long afterRank, int limit)
    {
        using var list = _list.Use();
        list.Bind(1, campaignId);
        list.Bind(2, afterRank);
        list.Bind(3, limit);
        var leads = ImmutableArray.CreateBuilder<Lead>();
        while (list.Step()) leads.Add(Lead(list));
        return leads.DrainToImmutable();
    }

    private static long? Find(SqliteStatement by, IdentifierKey identifier)
    {
        using var find = by.Use();
        find.Bind(1, identifier.CampaignId);
        find.Bind(2, identifier.Value);
        return find.Step() ? find.Number(0) : null;
    }

    private static void Claim(SqliteStatement statement, long id, string value)
    {
        using var claim = statement.Use();
        claim.Bind(1, value);
        claim.Bind(2, id);
        claim.Run();
    }

    public static Lead Lead(SqliteUse row) => new()
    {
        Id = row.Number(0),
        CampaignId = row.Number(1),
        Rank = row.Number(2),
        CreatedAt = UnixMicroseconds.To(row.Number(3)),
        Counter = row.Number(4),
        Email = row.TextOrNull(5),
        Phone = row.TextOrNull(6),
        ParentId = row.NumberOrNull(7),
        Profile = LeadProfileJson.Read(row.Bytes(8)),
    };

    private ReadOnlySpan<byte> Encode(LeadProfile profile)
    {
        _profile.ResetWrittenCount();
        _profileWriter ??= LeadProfileJson.CreateWriter(_profile);
        _profileWriter.Reset();
        LeadProfileJson.Write(_profileWriter, profile);
        return _profile.WrittenSpan;
    }
}
