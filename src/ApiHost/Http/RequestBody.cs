using System.Buffers;
using System.IO.Pipelines;

namespace LeadEngine.ApiHost.Http;

/// <summary>The whole body of a request, held in the server's own memory where it came in one piece.</summary>
internal sealed class RequestBody : IDisposable
{
    private readonly PipeReader _reader;
    private readonly ReadOnlySequence<byte> _buffer;
    private readonly byte[]? _rented;

    private RequestBody(PipeReader reader, ReadOnlySequence<byte> buffer)
    {
        _reader = reader;
        _buffer = buffer;
        if (buffer.IsSingleSegment)
        {
            Bytes = buffer.First;
            return;
        }

        _rented = ArrayPool<byte>.Shared.Rent((int)buffer.Length);
        buffer.CopyTo(_rented);
        Bytes = _rented.AsMemory(0, (int)buffer.Length);
    }

    /// <summary>The body; good until this is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Reads a body to its end.</summary>
    /// <returns>Null when it is longer than the limit.</returns>
    /// <exception cref="BadHttpRequestException">It does not come as HTTP says, or not to its end.</exception>
    public static async ValueTask<RequestBody?> Read(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit) return null;
        var reader = request.BodyReader;
        while (true)
        {
            var result = await ReadMore(reader, request.HttpContext.RequestAborted);
            if (result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted) return new RequestBody(reader, result.Buffer);
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    // For some broken bodies the server has an exception of its own, for others only that reading failed.
    private static async ValueTask<ReadResult> ReadMore(PipeReader reader, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadAsync(cancel);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The body could not be read.", broken);
        }
    }

    public void Dispose()
    {
        _reader.AdvanceTo(_buffer.End);
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }
}
