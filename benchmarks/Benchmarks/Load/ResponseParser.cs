using System.Buffers.Text;
using System.Text;

namespace LeadEngine.Benchmarks.Load;

/// <summary>Finds where a response ends, and its status; nothing else of it is looked at.</summary>
internal sealed class ResponseParser
{
    private const int StatusOffset = 9;

    private enum Expect
    {
        Head,
        Body,
        ChunkSize,
        Chunk,
        LastLine,
        Nothing,
    }

    private Expect expect;
    private long remaining;

    public int Status { get; private set; }

    /// <summary>The server will close the connection after this response.</summary>
    public bool Closes { get; private set; }

    public bool IsComplete => expect == Expect.Nothing;

    public void Reset() => expect = Expect.Head;

    /// <summary>Takes what it can use; the rest has to be offered again, with more behind it.</summary>
    public int Consume(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (expect != Expect.Nothing)
        {
            var step = Step(bytes[taken..]);
            if (step == 0) break;
            taken += step;
        }

        return taken;
    }

    private int Step(ReadOnlySpan<byte> bytes) => expect switch
    {
        Expect.Head => Head(bytes),
        Expect.Body => Skip(bytes, Expect.Nothing),
        Expect.ChunkSize => ChunkSize(bytes),
        Expect.Chunk => Skip(bytes, Expect.ChunkSize),
        _ => LastLine(bytes),
    };

    private int Head(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return 0;
        if (!Utf8Parser.TryParse(bytes.Slice(StatusOffset, 3), out int status, out _)) throw new InvalidDataException("No HTTP status.");
        Status = status;
        Closes = false;
        remaining = 0;
        expect = Expect.Body;
        foreach (var line in bytes[StatusOffset..(end + 2)].Split("\r\n"u8)) Header(bytes[StatusOffset..][line]);
        if (expect == Expect.Body && remaining == 0) expect = Expect.Nothing;
        return end + 4;
    }

    private void Header(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0) return;
        var value = line[(colon + 1)..].TrimStart((byte)' ');
        switch (colon)
        {
            case 14 when Ascii.EqualsIgnoreCase(line[..colon], "content-length"u8):
                if (!Utf8Parser.TryParse(value, out remaining, out _)) throw new InvalidDataException("No content length.");
                break;
            case 17 when Ascii.EqualsIgnoreCase(line[..colon], "transfer-encoding"u8):
                expect = Expect.ChunkSize;
                break;
            case 10 when Ascii.EqualsIgnoreCase(line[..colon], "connection"u8):
                Closes = Ascii.EqualsIgnoreCase(value, "close"u8);
                break;
        }
    }

    private int Skip(ReadOnlySpan<byte> bytes, Expect next)
    {
        var step = (int)Math.Min(remaining, bytes.Length);
        remaining -= step;
        if (remaining == 0) expect = next;
        return step;
    }

    private int ChunkSize(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n"u8);
        if (end < 0) return 0;
        if (!Utf8Parser.TryParse(bytes[..end], out long size, out _, 'x')) throw new InvalidDataException("No chunk size.");
        remaining = size + 2;
        expect = size == 0 ? Expect.LastLine : Expect.Chunk;
        return end + 2;
    }

    private int LastLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n"u8);
        if (end < 0) return 0;
        if (end == 0) expect = Expect.Nothing;
        return end + 2;
    }
}
