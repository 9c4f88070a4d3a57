using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.ObjectPool;

namespace LeadEngine.ApiHost.Http;

/// <summary>Lends the buffers in which answers are written before they are sent.</summary>
internal sealed class AnswerBuffers
{
    private readonly ObjectPool<AnswerBuffer> _pool;

    public AnswerBuffers() => _pool = new DefaultObjectPool<AnswerBuffer>(new Policy(this), maximumRetained: 256);

    public AnswerBuffer Rent() => _pool.Get();

    public void Return(AnswerBuffer buffer) => _pool.Return(buffer);

    private sealed class Policy(AnswerBuffers owner) : PooledObjectPolicy<AnswerBuffer>
    {
        public override AnswerBuffer Create() => new(owner);

        public override bool Return(AnswerBuffer buffer) => buffer.TryReset();
    }
}

/// <summary>A JSON answer in the making: whole before its first byte is sent, so that its length and status are right.</summary>
internal sealed class AnswerBuffer : IDisposable
{
    // One long listing must not stay in the pool for good.
    private const int MaxKept = 64 * 1024;

    // Answers are JSON documents, never parts of a page, so only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly AnswerBuffers _owner;
    private readonly ArrayBufferWriter<byte> _bytes = new(4 * 1024);

    public AnswerBuffer(AnswerBuffers owner)
    {
        _owner = owner;
        Json = new Utf8JsonWriter(_bytes, Options);
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            Json.Flush();
            return _bytes.WrittenMemory;
        }
    }

    public ValueTask Send(HttpResponse response, int status, string contentType = ContentTypes.Json) =>
        Send(response, status, Written, contentType);

    public static async ValueTask Send(
        HttpResponse response, int status, ReadOnlyMemory<byte> body, string contentType = ContentTypes.Json)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    public void Dispose() => _owner.Return(this);

    internal bool TryReset()
    {
        if (_bytes.Capacity > MaxKept) return false;
        _bytes.ResetWrittenCount();
        Json.Reset();
        return true;
    }
}
