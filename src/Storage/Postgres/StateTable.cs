using System.Globalization;
using System.Security.Cryptography;

namespace LeadEngine.Storage.Postgres;

/// <summary>What the engine keeps beside leads: ids, the state of grains, secrets.</summary>
internal sealed class StateTable(PostgresPool pool)
{
    private const int SecretLength = 32;

    private const string NextNumber = "select nextval('account_and_campaign_ids')";

    private const string ReadOne = "select json, version from grain_state where name = $1 and key = $2";

    // The lead of a lead's state stays until this is committed: so it is removed with it.
    private const string Insert =
        """
        insert into grain_state (name, key, json, version)
        select $1, $2, $3, 1 where $4 is null or exists (select from leads where id = $4 and member_status <> 2 for share)
        on conflict (name, key) do nothing returning version
        """;

    private const string Update =
        "update grain_state set json = $3, version = version + 1 where name = $1 and key = $2 and version = $4 returning version";

    private const string Remove =
        """
        with old as (
            delete from grain_state where (name, key) in (
                select name, key from grain_state
                where name = $1 and (json::jsonb ->> 'ForgetAt')::bigint < $2
                limit $3 for update skip locked)
            returning 1)
        select count(*) from old
        """;

    private const string AddSecret = "insert into secrets (name, value) values ($1, $2) on conflict (name) do nothing";

    private const string ReadSecret = "select value from secrets where name = $1";

    public Task<long> NextId(CancellationToken cancel) => pool.Write(NextNumber, row => row.GetInt64(0), cancel);

    public Task<GrainStateRow?> Read(string stateName, string grainKey, CancellationToken cancel) => pool.Read(
        ReadOne,
        row => new GrainStateRow(row.GetString(0), Etag(row.GetInt64(1))),
        cancel,
        Arguments.Text(stateName),
        Arguments.Text(grainKey));

    public async Task<string?> Write(string stateName, string grainKey, string json, string? expectedEtag, CancellationToken cancel)
    {
        var (name, key, state) = (Arguments.Text(stateName), Arguments.Text(grainKey), Arguments.Text(json));
        if (expectedEtag is null)
        {
            var lead = Arguments.NumberOrNull(LeadStates.LeadOf(stateName, grainKey));
            return await pool.Write(Insert, row => Etag(row.GetInt64(0)), cancel, name, key, state, lead);
        }

        return long.TryParse(expectedEtag, NumberStyles.None, CultureInfo.InvariantCulture, out var expected)
            ? await pool.Write(Update, row => Etag(row.GetInt64(0)), cancel, name, key, state, Arguments.Number(expected))
            : null;
    }

    public async Task<int> Forget(string stateName, DateTimeOffset before, int limit, CancellationToken cancel) => (int)await pool.Write(
        Remove,
        row => row.GetInt64(0),
        cancel,
        Arguments.Text(stateName),
        Arguments.Number(before.ToUnixTimeSeconds()),
        Arguments.Number(limit));

    public async Task<byte[]> Secret(string name, CancellationToken cancel)
    {
        var secret = await ReadSecretOf(name, cancel);
        if (secret is not null) return secret;
        var trip = new RoundTrip();
        trip.Add(AddSecret, Arguments.Text(name), Arguments.Bytes(RandomNumberGenerator.GetBytes(SecretLength)));
        await pool.Write(trip, cancel);
        // Another host may have been faster: what is stored counts.
        return (await ReadSecretOf(name, cancel))!;
    }

    private Task<byte[]?> ReadSecretOf(string name, CancellationToken cancel) =>
        pool.Read(ReadSecret, row => row.GetFieldValue<byte[]>(0), cancel, Arguments.Text(name));

    private static string Etag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
