using System.Runtime.Versioning;
using LeadEngine.Storage.Sqlite;

namespace LeadEngine.Storage.Tests.Sqlite;

public sealed class SqliteFileModeTests
{
    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Open_NewDatabase_IsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Directory.CreateTempSubdirectory("mode-");
        var path = Path.Combine(folder.FullName, "leads.db");
        await using (var driver = new SqliteDriver(new StoreOptions { ConnectionString = $"Data Source={path}" }, TimeProvider.System))
        {
            await driver.Open(CancellationToken.None);
            await driver.CreateCampaign(1, 1, CancellationToken.None);

            foreach (var file in Directory.GetFiles(folder.FullName))
            {
                if (file.EndsWith(".lock", StringComparison.Ordinal)) continue;
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }

        folder.Delete(recursive: true);
    }
}
