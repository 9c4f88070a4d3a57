using LeadEngine.Storage.Sqlite;

namespace LeadEngine.Storage.Tests.Sqlite;

public sealed class SqliteFailureTests
{
    [Theory]
    [InlineData(5, true, false)] // busy
    [InlineData(13, true, false)] // disk full
    [InlineData(10, true, true)] // disk fault
    [InlineData(10 | (4 << 8), true, true)] // fsync failed
    [InlineData(19, false, false)] // constraint
    [InlineData(11, false, false)] // corrupt file
    public void Code_TellsWhetherItPasses_AndWhatACommitLeaves(int code, bool isPassing, bool leavesCommitInDoubt)
    {
        var failure = new SqliteFailureException(code, "");

        Assert.Equal((isPassing, leavesCommitInDoubt), (failure.IsPassing, failure.LeavesCommitInDoubt));
    }
}
