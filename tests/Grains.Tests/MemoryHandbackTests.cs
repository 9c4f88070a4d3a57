using LeadEngine.Silo;

namespace LeadEngine.Grains.Tests;

public sealed class MemoryHandbackTests
{
    private const long Megabyte = 1_000_000;

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void IsQuiet_WhenNextToNothingIsCollected(int collections, bool isQuiet) =>
        Assert.Equal(isQuiet, MemoryHandback.IsQuiet(collections));

    [Theory]
    [InlineData(2, 300, 0, true)]
    [InlineData(9, 300, 0, true)]
    [InlineData(1, 300, 0, false)]
    [InlineData(0, 300, 0, false)]
    [InlineData(2, 40, 0, false)]
    [InlineData(2, 300, 280, false)]
    [InlineData(2, 300, 200, true)]
    public void IsWorthwhile_WhenQuietForLongAndMuchIsKept(int quietLooks, long committed, long floor, bool isWorthwhile) =>
        Assert.Equal(isWorthwhile, MemoryHandback.IsWorthwhile(quietLooks, committed * Megabyte, floor * Megabyte));
}
