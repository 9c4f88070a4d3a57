using Npgsql;
using NpgsqlTypes;

namespace LeadEngine.Peers;

internal static class NaiveSql
{
    public const string OpenCampaign = "insert into campaigns (name) values ($1) returning id";

    public const string NextRank = "update campaigns set last_rank = last_rank + 1 where id = $1 returning last_rank";

    public const string Find = $"""
        select {Columns}, (select last_rank from campaigns where id = $1) from leads where campaign_id = $1 and email = $2
        """;

    public const string Update = $"""
        update leads set counter = counter + 1, first_name = coalesce($3, first_name), company = coalesce($4, company)
        where campaign_id = $1 and email = $2
        returning {Columns}, (select last_rank from campaigns where id = $1)
        """;

    public const string Insert = $"""
        insert into leads (campaign_id, email, first_name, company, rank) values ($1, $2, $3, $4, $5) returning {Columns}, rank
        """;

    private const string Columns = "id, rank, counter, email, first_name, company, created_at";

    public static NpgsqlCommand With(this NpgsqlCommand command, long value) =>
        command.With(new NpgsqlParameter<long> { TypedValue = value });

    public static NpgsqlCommand With(this NpgsqlCommand command, string? value) =>
        command.With(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });

    public static LeadAnswer Read(NpgsqlDataReader row, long campaign) => new()
    {
        Id = row.GetInt64(0),
        SocialId = $"{row.GetInt64(0):X6}",
        Rank = row.GetInt64(1),
        Counter = row.GetInt64(2),
        Email = row.GetString(3),
        FirstName = row.IsDBNull(4) ? null : row.GetString(4),
        CustomFields = new(row.IsDBNull(5) ? null : row.GetString(5)),
        When = row.GetFieldValue<DateTimeOffset>(6),
        LeadCount = row.GetInt64(7),
        CampaignId = campaign,
    };

    private static NpgsqlCommand With(this NpgsqlCommand command, NpgsqlParameter parameter)
    {
        command.Parameters.Add(parameter);
        return command;
    }
}
