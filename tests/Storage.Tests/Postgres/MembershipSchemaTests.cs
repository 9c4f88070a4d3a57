using System.Net;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;
using Npgsql;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>The statements by which silos find each other, run as Orleans runs them: by key, with its parameters.</summary>
public sealed class MembershipSchemaTests() : StoreContract(new PostgresTestDatabase())
{
    private const string Cluster = "blue";
    private const int Active = 3;
    private const int Dead = 6;

    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private new PostgresTestDatabase Database => (PostgresTestDatabase)base.Database;

    [PostgresFact]
    public async Task InsertMembershipVersion_Repeated_IsTrueOnce()
    {
        Assert.True(await Decide("InsertMembershipVersionKey"));
        Assert.False(await Decide("InsertMembershipVersionKey"));
        var row = Assert.Single(await Read("MembershipReadAllKey"));
        Assert.Equal((0, DBNull.Value), (row["Version"], row["StartTime"]));
    }

    [PostgresFact]
    public async Task InsertMembership_VersionThatWasRead_AddsTheSiloAndMovesTheVersionOn()
    {
        await Decide("InsertMembershipVersionKey");
        Assert.True(await Insert(port: 1, version: 0));

        var row = Assert.Single(await Read("MembershipReadRowKey", Silo(1)));
        Assert.Equal((1, "10.0.0.1", 1, 7), (row["Version"], row["Address"], row["Port"], row["Generation"]));
        Assert.Equal(("silo", "host", Active, 30001), (row["SiloName"], row["HostName"], row["Status"], row["ProxyPort"]));
        Assert.Equal((Noon, Noon, DBNull.Value), (row["StartTime"], row["IAmAliveTime"], row["SuspectTimes"]));
    }

    [PostgresFact]
    public async Task InsertMembership_OtherVersionOrSameSilo_ChangesNothing()
    {
        await Decide("InsertMembershipVersionKey");
        Assert.True(await Insert(port: 1, version: 0));
        Assert.False(await Insert(port: 2, version: 0));
        Assert.False(await Insert(port: 1, version: 1));
        Assert.Equal(1, Assert.Single(await Read("MembershipReadAllKey"))["Version"]);
    }

    [PostgresFact]
    public async Task InsertMembership_ManyAtOnce_OneWinsEachVersion()
    {
        await Decide("InsertMembershipVersionKey");
        var won = await Task.WhenAll(Enumerable.Range(1, 8).Select(port => Insert(port, version: 0)));
        Assert.Single(won, true);
        Assert.Equal(1, Assert.Single(await Read("MembershipReadAllKey"))["Version"]);
    }

    [PostgresFact]
    public async Task UpdateMembership_VersionThatWasRead_ChangesTheSilo()
    {
        await Decide("InsertMembershipVersionKey");
        await Insert(port: 1, version: 0);
        Assert.False(await Update(port: 1, version: 0, Dead, "10.0.0.2:1@7,2026"));
        Assert.False(await Update(port: 2, version: 1, Dead, null));
        Assert.True(await Update(port: 1, version: 1, Dead, "10.0.0.2:1@7,2026"));

        var row = Assert.Single(await Read("MembershipReadAllKey"));
        Assert.Equal((2, Dead, "10.0.0.2:1@7,2026"), (row["Version"], row["Status"], row["SuspectTimes"]));
    }

    [PostgresFact]
    public async Task UpdateMembership_ManyAtOnce_OneWinsEachVersion()
    {
        await Decide("InsertMembershipVersionKey");
        await Insert(port: 1, version: 0);
        var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Update(port: 1, version: 1, Active, $"{i}")));
        Assert.Single(won, true);
        Assert.Equal($"{Array.IndexOf(won, true)}", Assert.Single(await Read("MembershipReadAllKey"))["SuspectTimes"]);
    }

    [PostgresFact]
    public async Task UpdateIAmAlive_Silo_LeavesTheVersion()
    {
        await Decide("InsertMembershipVersionKey");
        await Insert(port: 1, version: 0);
        await Read("UpdateIAmAlivetimeKey", [.. Silo(1), new("IAmAliveTime", Noon.AddMinutes(1))]);
        var row = Assert.Single(await Read("MembershipReadAllKey"));
        Assert.Equal((1, Noon.AddMinutes(1)), (row["Version"], row["IAmAliveTime"]));
    }

    [PostgresFact]
    public async Task Gateways_OnlyActiveSilosThatHaveOne_AreListed()
    {
        await Decide("InsertMembershipVersionKey");
        await Insert(port: 1, version: 0);
        await Insert(port: 2, version: 1, gatewayPort: 0);
        await Insert(port: 3, version: 2);
        await Update(port: 3, version: 3, Dead, null);
        var gateway = Assert.Single(await Read("GatewaysQueryKey", new NpgsqlParameter("Status", Active)));
        Assert.Equal(("10.0.0.1", 30001, 7), (gateway["Address"], gateway["ProxyPort"], gateway["Generation"]));
    }

    [PostgresFact]
    public async Task Cleanup_SilosThatFellSilent_KeepsThoseThatCountAsActive()
    {
        await Decide("InsertMembershipVersionKey");
        await Insert(port: 1, version: 0);
        await Insert(port: 2, version: 1);
        await Update(port: 2, version: 2, Dead, null);
        await Read("CleanupDefunctSiloEntriesKey", new NpgsqlParameter("IAmAliveTime", Noon));
        Assert.Equal(2, (await Read("MembershipReadAllKey")).Count);
        await Read("CleanupDefunctSiloEntriesKey", new NpgsqlParameter("IAmAliveTime", Noon.AddSeconds(1)));
        Assert.Equal(1, Assert.Single(await Read("MembershipReadAllKey"))["Port"]);
    }

    [PostgresFact]
    public async Task DeleteMembership_Cluster_LeavesOthers()
    {
        await Decide("InsertMembershipVersionKey");
        await Insert(port: 1, version: 0);
        await Run("InsertMembershipVersionKey", "green");
        await Run("DeleteMembershipTableEntriesKey", "green");
        Assert.Single(await Read("MembershipReadAllKey"));
        await Run("DeleteMembershipTableEntriesKey", Cluster);
        Assert.Empty(await Read("MembershipReadAllKey"));
    }

    private Task<bool> Insert(int port, int version, int gatewayPort = 30001) => Decide("InsertMembershipKey",
    [
        .. Silo(port), new("SiloName", "silo"), new("HostName", "host"), new("Status", Active), new("ProxyPort", gatewayPort),
        new("StartTime", Noon), new("IAmAliveTime", Noon), new("Version", version),
    ]);

    private Task<bool> Update(int port, int version, int status, string? suspects) => Decide("UpdateMembershipKey",
    [
        .. Silo(port), new("Status", status), new("SuspectTimes", NpgsqlTypes.NpgsqlDbType.Text) { Value = (object?)suspects ?? DBNull.Value },
        new("IAmAliveTime", Noon), new("Version", version),
    ]);

    private static NpgsqlParameter[] Silo(int port) =>
        [new("Address", IPAddress.Parse("10.0.0.1").ToString()), new("Port", port), new("Generation", 7)];

    private async Task<bool> Decide(string key, params NpgsqlParameter[] parameters) => (bool)Assert.Single(await Run(key, Cluster, parameters)).Values.Single();

    private Task<List<Dictionary<string, object>>> Read(string key, params NpgsqlParameter[] parameters) => Run(key, Cluster, parameters);

    private async Task<List<Dictionary<string, object>>> Run(string key, string cluster, params NpgsqlParameter[] parameters)
    {
        _ = Driver; // It brings the tables.
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using var find = new NpgsqlCommand("SELECT QueryText FROM OrleansQuery WHERE QueryKey = $1", connection);
        find.Parameters.Add(new NpgsqlParameter { Value = key });
        await using var command = new NpgsqlCommand((string)(await find.ExecuteScalarAsync())!, connection);
        command.Parameters.AddWithValue("DeploymentId", cluster);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync();
        List<Dictionary<string, object>> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetValue, StringComparer.OrdinalIgnoreCase));
        }

        return rows;
    }
}
