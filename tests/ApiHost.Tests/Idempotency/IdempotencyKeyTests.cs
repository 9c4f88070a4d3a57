using LeadEngine.Accounts;
using LeadEngine.ApiHost.Idempotency;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace LeadEngine.ApiHost.Tests.Idempotency;

public sealed class IdempotencyKeyTests
{
    private static readonly KeyGrant Grant = new(7, null);

    [Fact]
    public void Read_NoHeader_GivesNone() => Assert.Null(IdempotencyKey.Read(Request(), null, 1, []));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("a\u007f")]
    [InlineData("é")]
    public void Read_NotVisibleAscii_IsAFault(string key) => Assert.False(IdempotencyKey.Read(Request(key), null, 1, [])!.Value.IsGood);

    [Fact]
    public void Read_TwoHeaders_AreAFault() => Assert.False(IdempotencyKey.Read(Request("a", "b"), null, 1, [])!.Value.IsGood);

    [Fact]
    public void Read_SameRequest_GivesTheSame() =>
        Assert.Equal(Read(Request("a"), Grant, 1, "body"u8), Read(Request("a"), Grant, 1, "body"u8));

    [Fact]
    public void Read_OtherKeyCredentialOrCampaign_IsAnotherGrain()
    {
        string[] keys =
        [
            Read(Request("a"), Grant, 1, []).GrainKey, Read(Request("b"), Grant, 1, []).GrainKey, Read(Request("a"), null, 1, []).GrainKey,
            Read(Request("a"), Grant with { CampaignId = 1 }, 1, []).GrainKey, Read(Request("a"), Grant, 2, []).GrainKey,
        ];
        Assert.Distinct(keys);
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{64}$", key));
    }

    [Fact]
    public void Read_AnyPartOfTheRequestChanged_HasAnotherFingerprint()
    {
        var (get, path, query, type) = (Request("a"), Request("a"), Request("a"), Request("a"));
        get.Method = "GET";
        path.Path = "/v2/2";
        query.QueryString = new QueryString("?x=1");
        type.ContentType = "application/x-www-form-urlencoded";
        var keys = ((HttpRequest[])[Request("a"), get, path, query, type]).Select(request => Read(request, Grant, 1, "body"u8))
            .Append(Read(Request("a"), Grant, 1, "other"u8)).ToArray();
        Assert.Distinct(keys.Select(key => key.Fingerprint));
        Assert.Distinct(keys.Select(key => key.RequestId));
        Assert.Single(keys.Select(key => key.GrainKey).Distinct());
    }

    private static IdempotencyKey Read(HttpRequest request, KeyGrant? grant, long campaignId, ReadOnlySpan<byte> body) =>
        IdempotencyKey.Read(request, grant, campaignId, body)!.Value.Value!;

    private static HttpRequest Request(params string[] keys)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.ContentType) = ("POST", "/v2/1", "application/json");
        if (keys.Length > 0) request.Headers[IdempotencyKey.Header] = new StringValues(keys);
        return request;
    }
}
