using LeadEngine.People;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>Rows of people as they are read.</summary>
internal static class PersonRow
{
    public const string Columns = "p.id, p.account_id, p.version, p.email, p.phone, p.created_at, p.updated_at, p.details";

    /// <summary>A person, from the column <paramref name="first"/> on.</summary>
    public static Person Person(NpgsqlDataReader row, int first = 0) => new()
    {
        Id = row.GetInt64(first),
        AccountId = row.GetInt64(first + 1),
        Version = row.GetInt64(first + 2),
        Email = row.IsDBNull(first + 3) ? null : row.GetString(first + 3),
        Phone = row.IsDBNull(first + 4) ? null : row.GetString(first + 4),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(first + 5),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(first + 6),
        Details = PersonDetailsJson.Read(row.GetFieldValue<byte[]>(first + 7)),
    };
}
