using System.Text;
using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Tests.Http;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"a":[1,"é","\ud83d\ude80",null]}""", true)]
    [InlineData("""{"a":"\u0000"}""", false)]
    [InlineData("""{"\u0000":1}""", false)]
    [InlineData("""{"a":"\ud83d"}""", false)]
    [InlineData("""{"a":1e999}""", false)]
    [InlineData("""{"a":1}x""", false)]
    [InlineData("""[[[[1]]]]""", false)]
    [InlineData("", false)]
    public void IsSound_Text_TakesOnlyWhatCanBeStored(string json, bool expected) =>
        Assert.Equal(expected, JsonText.IsSound(Encoding.UTF8.GetBytes(json), maxDepth: 3));

    [Fact]
    public void IsSound_BrokenUtf8_IsNot() => Assert.False(JsonText.IsSound([(byte)'"', 0xC3, (byte)'"'], maxDepth: 3));
}
