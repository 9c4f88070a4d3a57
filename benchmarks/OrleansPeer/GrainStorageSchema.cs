using Npgsql;

namespace LeadEngine.OrleansPeer;

/// <summary>The table in which the grains keep their state, and the statements that Orleans' ADO.NET provider looks up.</summary>
internal static class GrainStorageSchema
{
    public const string ProviderName = "leads";

    private const string Script = "grain-storage.sql";

    public static async Task CreateAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var create = database.CreateCommand(await ReadScriptAsync());
        await create.ExecuteNonQueryAsync();
    }

    private static async Task<string> ReadScriptAsync()
    {
        using var script = new StreamReader(typeof(GrainStorageSchema).Assembly.GetManifestResourceStream(Script)!);
        return await script.ReadToEndAsync();
    }
}
