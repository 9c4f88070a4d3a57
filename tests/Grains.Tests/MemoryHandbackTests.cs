using LeadEngine.Silo;

namespace LeadEngine.Grains.Tests;

public sealed class MemoryHandbackTests
{
    private const long Megabyte = 1_000_000;

    [Theory]
    [InlineData(0, 300, 0, true)]
    [InlineData(2, 300, 0, true)]
    [InlineData(3, 300, 0, false)]
    [InlineData(0, 40, 0, false)]
    [InlineData(0, 300, 280, false)]
    [InlineData(0, 300, 200, true)]
    public void IsWorthwhile_WhenQuietAndMuchIsKept(int collections, long committed, long floor, bool isWorthwhile) =>
        Assert.Equal(isWorthwhile, MemoryHandback.IsWorthwhile(collections, committed * Megabyte, floor * Megabyte));
}
