namespace LeadEngine.Benchmarks.Targets;

/// <summary>What a webhook's receiver does with what it is told.</summary>
internal enum ReceiverConduct
{
    /// <summary>Answers 200 at once.</summary>
    Listens,

    /// <summary>Refuses connections.</summary>
    Refuses,

    /// <summary>Takes requests and never answers.</summary>
    IsSilent,

    /// <summary>Answers 500 at once, with bytes that mean nothing.</summary>
    Babbles,
}

internal static class ReceiverAnswers
{
    private const int Seed = 7;
    private const int Garbage = 4 * 1024;

    /// <summary>Empty where there is none.</summary>
    public static byte[] Answer(this ReceiverConduct conduct) => conduct switch
    {
        ReceiverConduct.Listens => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
        ReceiverConduct.Babbles => Babble(),
        _ => [],
    };

    private static byte[] Babble()
    {
        var garbage = new byte[Garbage];
        new Random(Seed).NextBytes(garbage);
        return [.. "HTTP/1.1 500 ?\r\nContent-Type: application/json\r\nContent-Length: 4096\r\n\r\n"u8, .. garbage];
    }
}
