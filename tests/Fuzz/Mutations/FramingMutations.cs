using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Mutations;

/// <summary>Spoils how a request says where it ends, how fast it comes, and what comes behind it.</summary>
internal static class FramingMutations
{
    private static readonly string[] Codings = ["gzip", "identity", "chunked, gzip", "xchunked", "chunked\u0001"];
    private static readonly byte[] Spoilers = [0, (byte)'\r', (byte)'\n', (byte)' ', 0x80, 1, (byte)':', (byte)'\t'];

    public static readonly Mutation[] All =
    [
        Framed("chunked", 3, Framing.Chunked),
        Framed("slow", 0.3, Framing.Slow),
        Framed("no length", 0.5, Framing.None),
        Framed("length too short", 0.5, Framing.LengthTooShort),
        Framed("length too long", 0.5, Framing.LengthTooLong),
        Framed("bad length", 0.7, Framing.BadLength),
        Framed("length and chunks", 0.5, Framing.LengthAndChunked),
        Framed("bad chunks", 0.7, Framing.BadChunks),
        Mutation.Of("pipelined", 1.5, (draft, chance) => draft.Copies = chance.Between(2, 8)),
        Mutation.Of("lengths that differ", 0.3, (draft, chance) => Head(draft, "Content-Length", chance.Between(0, 99).ToString())),
        Mutation.Of("transfer coding", 0.4, (draft, chance) => Head(draft, "Transfer-Encoding", chance.Of(Codings))),
        Mutation.Of("head spoiled", 1, SpoilHead),
        Mutation.Of("head cut", 0.3, CutHead),
    ];

    private static Mutation Framed(string name, double weight, Framing framing) => Mutation.Of(name, weight, (draft, chance) =>
    {
        draft.Framing = framing;
        draft.Variant = chance.Random.Next();
    });

    private static void Head(Draft draft, string name, string value)
    {
        draft.Headers.Add((name, value));
        draft.IsBroken = true;
    }

    // Something put in, nothing replaced: the id of a campaign must not become that of another.
    private static void SpoilHead(Draft draft, Chance chance)
    {
        var (at, put) = (chance.Random.NextDouble(), chance.Of(Spoilers));
        draft.IsBroken = draft.IsOddTarget = true;
        draft.HeadEdits.Add(head =>
        {
            var line = Math.Max(0, head.AsSpan().IndexOf("\r\n"u8));
            var place = line + (int)(at * (head.Length - line));
            return [.. head[..place], put, .. head[place..]];
        });
    }

    private static void CutHead(Draft draft, Chance chance)
    {
        var at = chance.Random.NextDouble();
        draft.IsBroken = true;
        draft.HeadEdits.Add(head => head[..(int)(at * head.Length)]);
    }
}
