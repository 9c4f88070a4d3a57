using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Tests.Http;

public sealed class ContentTypesTests
{
    [Theory]
    [InlineData(null, nameof(BodyFormat.None))]
    [InlineData("", nameof(BodyFormat.None))]
    [InlineData("application/json", nameof(BodyFormat.Json))]
    [InlineData("Application/JSON; charset=UTF-8", nameof(BodyFormat.Json))]
    [InlineData("application/vnd.api+json", nameof(BodyFormat.Json))]
    [InlineData("application/json; charset=\"utf-8\"", nameof(BodyFormat.Json))]
    [InlineData("application/json; charset=iso-8859-1", nameof(BodyFormat.Unsupported))]
    [InlineData("application/x-www-form-urlencoded", nameof(BodyFormat.Form))]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16", nameof(BodyFormat.Unsupported))]
    [InlineData("multipart/form-data; boundary=x", nameof(BodyFormat.Multipart))]
    [InlineData("text/plain", nameof(BodyFormat.Unsupported))]
    [InlineData("application/xml", nameof(BodyFormat.Unsupported))]
    [InlineData("nonsense", nameof(BodyFormat.Unsupported))]
    public void FormatOf_ContentType_GivesFormat(string? contentType, string expected) =>
        Assert.Equal(expected, ContentTypes.FormatOf(contentType).ToString());
}
