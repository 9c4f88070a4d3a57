using System.Data.Common;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Reads the connection string, of which only the place of the file is ours to choose.</summary>
internal static class SqlitePath
{
    private const string Default = "data/leads.db";
    private static readonly string[] Names = ["Data Source", "DataSource", "Filename"];

    /// <exception cref="ArgumentException">It is no connection string, or says more than where the file is.</exception>
    public static string From(string? connectionString)
    {
        var settings = new DbConnectionStringBuilder { ConnectionString = connectionString ?? $"Data Source={Default}" };
        foreach (string name in settings.Keys)
        {
            if (Names.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            throw new ArgumentException($"Storage:ConnectionString: SQLite has no setting '{name}' here.");
        }
        var path = settings.Keys.Count == 1 ? settings.Values.Cast<string>().Single() : "";
        return path.Length > 0 && !path.StartsWith(':')
            ? Path.GetFullPath(path)
            : throw new ArgumentException($"Storage:ConnectionString: SQLite needs a file, as in 'Data Source={Default}'.");
    }
}
