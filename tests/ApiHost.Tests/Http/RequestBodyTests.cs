using System.IO.Pipelines;
using LeadEngine.ApiHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LeadEngine.ApiHost.Tests.Http;

public sealed class RequestBodyTests
{
    private const int Limit = 20_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Limit)]
    public async Task Read_UpToLimit_GivesAllOfIt(int length)
    {
        var sent = Bytes(length);
        using var body = await RequestBody.Read(RequestWith(sent), Limit);
        Assert.Equal(sent, body!.Bytes.ToArray());
    }

    [Fact]
    public async Task Read_OverLimit_GivesNothing() => Assert.Null(await RequestBody.Read(RequestWith(Bytes(Limit + 1)), Limit));

    [Fact]
    public async Task Read_AnnouncedOverLimit_GivesNothingWithoutReading()
    {
        var request = RequestWith([]);
        request.ContentLength = Limit + 1;
        Assert.Null(await RequestBody.Read(request, Limit));
    }

    // What the server says of a chunk whose length is beyond an int.
    [Fact]
    public async Task Read_BodyCannotBeRead_IsABadRequest()
    {
        var pipe = new Pipe();
        await pipe.Writer.CompleteAsync(new IOException("Bad chunk size data."));
        var request = RequestWith(pipe.Reader);
        var refused = await Assert.ThrowsAsync<BadHttpRequestException>(async () => await RequestBody.Read(request, Limit));
        Assert.Equal(StatusCodes.Status400BadRequest, refused.StatusCode);
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(number => (byte)number)];

    private static HttpRequest RequestWith(byte[] body) =>
        RequestWith(PipeReader.Create(new MemoryStream(body), new StreamPipeReaderOptions(bufferSize: 4_096)));

    private static HttpRequest RequestWith(PipeReader body)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IRequestBodyPipeFeature>(new BodyPipe(body));
        return context.Request;
    }

    private sealed record BodyPipe(PipeReader Reader) : IRequestBodyPipeFeature;
}
