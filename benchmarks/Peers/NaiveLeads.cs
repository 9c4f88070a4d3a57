using Npgsql;

namespace LeadEngine.Peers;

/// <summary>
/// What a competent team writes in an afternoon: one transaction a request, ranks from a counter in the campaign's row. Connections are
/// pooled and statements prepared, so that it is slow for its design alone.
/// </summary>
internal sealed class NaiveLeads(NpgsqlDataSource database) : IPeerLeads
{
    // More than this, and PostgreSQL spends its time on the queue for the campaign's row.
    private const int PoolSize = 16;

    private const string Schema = """
        create table if not exists campaigns (
            id bigint generated always as identity primary key, name text not null, last_rank bigint not null default 0);
        create table if not exists leads (
            id bigint generated always as identity primary key, campaign_id bigint not null references campaigns, rank bigint not null,
            email text not null, first_name text, company text, counter bigint not null default 1,
            created_at timestamptz not null default now());
        create unique index if not exists leads_by_email on leads (campaign_id, email);
        """;

    public static async Task<NaiveLeads> OpenAsync(string? connectionString)
    {
        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = PoolSize,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 1,
        });
        await using var create = database.CreateCommand(Schema);
        await create.ExecuteNonQueryAsync();
        return new(database);
    }

    public async Task<long> OpenCampaignAsync(string name, CancellationToken token)
    {
        await using var insert = database.CreateCommand(NaiveSql.OpenCampaign).With(name);
        return (long)(await insert.ExecuteScalarAsync(token))!;
    }

    public async Task<LeadAnswer?> FindAsync(long campaign, string email, CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        await using var find = new NpgsqlCommand(NaiveSql.Find, connection).With(campaign).With(email);
        return await ReadAsync(find, campaign, token);
    }

    public async Task<LeadAnswer?> UpsertAsync(long campaign, SignUp person, CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        try
        {
            return await UpsertOnceAsync(connection, campaign, person, token);
        }
        catch (PostgresException twin) when (twin.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return await UpsertOnceAsync(connection, campaign, person, token);
        }
    }

    private static async Task<LeadAnswer?> UpsertOnceAsync(
        NpgsqlConnection connection, long campaign, SignUp person, CancellationToken token)
    {
        await using var transaction = await connection.BeginTransactionAsync(token);
        var lead = await UpdateAsync(connection, campaign, person, token) ?? await InsertAsync(connection, campaign, person, token);
        await transaction.CommitAsync(token);
        return lead;
    }

    private static async Task<LeadAnswer?> UpdateAsync(NpgsqlConnection connection, long campaign, SignUp person, CancellationToken token)
    {
        await using var update = new NpgsqlCommand(NaiveSql.Update, connection)
            .With(campaign).With(person.Email).With(person.FirstName).With(person.Company);
        return await ReadAsync(update, campaign, token);
    }

    private static async Task<LeadAnswer?> InsertAsync(NpgsqlConnection connection, long campaign, SignUp person, CancellationToken token)
    {
        await using var next = new NpgsqlCommand(NaiveSql.NextRank, connection).With(campaign);
        if (await next.ExecuteScalarAsync(token) is not long rank) return null;
        await using var insert = new NpgsqlCommand(NaiveSql.Insert, connection)
            .With(campaign).With(person.Email).With(person.FirstName).With(person.Company).With(rank);
        return await ReadAsync(insert, campaign, token);
    }

    private static async Task<LeadAnswer?> ReadAsync(NpgsqlCommand command, long campaign, CancellationToken token)
    {
        await using var row = await command.ExecuteReaderAsync(token);
        return await row.ReadAsync(token) ? NaiveSql.Read(row, campaign) : null;
    }
}
