using System.Runtime.InteropServices;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>Rows of leads and scores as they are read.</summary>
internal static class LeadRow
{
    /// <summary>The columns that <see cref="Lead"/> takes, then those that <see cref="Stored"/> takes.</summary>
    public const string Columns =
        """
        l.id, l.campaign_id, l.rank, l.created_at, l.counter, l.email, l.phone, l.parent_id, l.profile,
        l.version, l.requests, l.forgotten_until
        """;

    public static StoredLead Stored(NpgsqlDataReader row) => new()
    {
        Lead = Lead(row),
        Version = row.GetInt64(9),
        Requests = new()
        {
            Recent = SeenRequestBytes.Read(row.GetFieldValue<byte[]>(10)),
            ForgottenUntil = row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
        },
    };

    public static Lead Lead(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        CampaignId = row.GetInt64(1),
        Rank = row.GetInt64(2),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(3),
        Counter = row.GetInt64(4),
        Email = row.IsDBNull(5) ? null : row.GetString(5),
        Phone = row.IsDBNull(6) ? null : row.GetString(6),
        ParentId = row.IsDBNull(7) ? null : row.GetInt64(7),
        // Read as bytes: it is parsed as UTF-8, and a text would have to be turned back.
        Profile = LeadProfileJson.Read(row.GetFieldValue<byte[]>(8)),
    };

    /// <summary>The parts of a score, from the column <paramref name="first"/> on.</summary>
    public static LeadScore Score(NpgsqlDataReader row, int first) => new()
    {
        Points = row.GetInt32(first),
        DirectReferrals = row.GetInt32(first + 1),
        IndirectReferrals = row.GetInt32(first + 2),
        VerifiedReferrals = row.GetInt32(first + 3),
        VerifiedIndirectReferrals = row.GetInt32(first + 4),
        IsExcluded = row.GetBoolean(first + 5),
        Earned = ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<long[]>(first + 6)),
    };
}
