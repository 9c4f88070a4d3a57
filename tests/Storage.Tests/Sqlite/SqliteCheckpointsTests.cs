using LeadEngine.Storage.Sqlite;

namespace LeadEngine.Storage.Tests.Sqlite;

public sealed class SqliteCheckpointsTests : IDisposable
{
    private const int ManyPages = 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lead-checkpoints-");
    private readonly SqliteWorker _writer = new("test-writer", queueLength: 10);
    private readonly SqliteSession _writeSession;

    public SqliteCheckpointsTests()
    {
        _writeSession = SqliteSettings.OpenWriter(DatabasePath, TimeSpan.FromSeconds(1), TimeProvider.System);
        _writeSession.Execute("create table filling (bytes blob)");
        _writeSession.TakePagesWritten();
    }

    private string DatabasePath => Path.Combine(_folder.FullName, "leads.db");

    [Fact]
    public async Task BeginIfDue_LogIsLong_CopiesItSoThatItBeginsAnew()
    {
        using var checkpoints = Checkpoints(pages: ManyPages);
        Fill(ManyPages);

        await await _writer.Run(checkpoints.BeginIfDue);

        Fill(1);
        Assert.InRange(_writeSession.Checkpoint(), 1, ManyPages - 1);
    }

    [Fact]
    public async Task BeginIfDue_LogIsShort_LeavesItAlone()
    {
        using var checkpoints = Checkpoints(pages: 10 * ManyPages);
        Fill(ManyPages);

        await await _writer.Run(checkpoints.BeginIfDue);

        Fill(1);
        Assert.InRange(_writeSession.Checkpoint(), ManyPages, 10 * ManyPages);
    }

    [Fact]
    public async Task BeginIfDue_WriterIsGone_EndsWithoutAFault()
    {
        var gone = new SqliteWorker("test-gone", queueLength: 1);
        gone.Dispose();
        using var checkpoints = Checkpoints(pages: 1, gone);
        Fill(ManyPages);

        await checkpoints.BeginIfDue();
    }

    private SqliteCheckpoints Checkpoints(int pages, SqliteWorker? writer = null) => new(
        SqliteSettings.OpenForCheckpoints(DatabasePath, TimeSpan.FromSeconds(1), TimeProvider.System),
        _writeSession,
        writer ?? _writer,
        pages);

    private void Fill(int pages) => _writeSession.Write(() =>
    {
        _writeSession.Execute($"insert into filling values (randomblob({pages * 4096}))");
        return pages;
    });

    public void Dispose()
    {
        _writer.Dispose();
        _writeSession.Dispose();
        _folder.Delete(recursive: true);
    }
}
