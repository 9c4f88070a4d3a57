using LeadEngine.Fuzz.Api;
using LeadEngine.Fuzz.Clients;

namespace LeadEngine.Fuzz.Requests;

/// <summary>A request in the making: first as it should be, then as mutations leave it.</summary>
internal sealed class Draft
{
    public required int Number { get; init; }

    public required ApiOperation Operation { get; init; }

    /// <summary>Whose credentials, people and campaigns it is made of.</summary>
    public required Account Account { get; init; }

    /// <summary>The number of the campaign that it is made for.</summary>
    public required string CampaignId { get; init; }

    /// <summary>That campaign, when it is one that was there from the start.</summary>
    public required Campaign? Campaign { get; init; }

    public required string Method { get; set; }

    /// <summary>The path as it is sent.</summary>
    public required string Path { get; set; }

    /// <summary>Names and values, before they are percent-encoded.</summary>
    public List<Member> Query { get; } = [];

    /// <summary>What is put behind the query as it is.</summary>
    public string QueryEnd { get; set; } = "";

    public string Version { get; set; } = "HTTP/1.1";

    public List<(string Name, string Value)> Headers { get; } = [];

    public Node? Body { get; set; }

    /// <summary>What the body says it is; null when it says nothing.</summary>
    public string? ContentType { get; set; }

    /// <summary>In which form the body is written, whatever it says.</summary>
    public BodyForm Form { get; set; }

    /// <summary>What is done to the body's bytes.</summary>
    public List<Func<byte[], byte[]>> BodyEdits { get; } = [];

    /// <summary>What is done to the bytes of request line and headers.</summary>
    public List<Func<byte[], byte[]>> HeadEdits { get; } = [];

    public Framing Framing { get; set; }

    /// <summary>Which of several ways the framing is wrong in.</summary>
    public int Variant { get; set; }

    /// <summary>How often it is sent, without a wait for the answer.</summary>
    public int Copies { get; set; } = 1;

    /// <summary>Whether a server may take it for less, or for more, than one request.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether the path is written in a way that leaves open where it leads.</summary>
    public bool IsOddTarget { get; set; }

    /// <summary>Whether it came with credentials that are good for all that it names.</summary>
    public Trust Trust { get; set; }

    /// <summary>Whether the campaign that it is for shows personal data to strangers.</summary>
    public bool MayShowPeople { get; set; }

    /// <summary>The campaign whose key it came with, where the key says which one is meant.</summary>
    public long? CampaignOfKey { get; set; }

    /// <summary>E-mail addresses, phone numbers and keys that it holds, so that its answer may hold them too.</summary>
    public HashSet<string> Mentioned { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The mutations that it went through.</summary>
    public List<string> Mutations { get; } = [];

    public bool IsPlain => Mutations.Count == 0;
}

/// <summary>What the credentials of a request are good for.</summary>
internal enum Trust
{
    /// <summary>None came, or some that are good for nothing.</summary>
    None,

    /// <summary>Those of the account, or of one of its campaigns.</summary>
    Account,

    /// <summary>The administration's.</summary>
    Everything,
}

/// <summary>The form in which a body is written.</summary>
internal enum BodyForm
{
    Json,
    Form,
    Multipart,
}

/// <summary>How a body says where it ends.</summary>
internal enum Framing
{
    Length,
    Chunked,
    Slow,
    None,
    LengthTooShort,
    LengthTooLong,
    BadLength,
    LengthAndChunked,
    BadChunks,
}
