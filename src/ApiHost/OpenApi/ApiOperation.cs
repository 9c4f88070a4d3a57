using System.Collections.Immutable;

namespace LeadEngine.ApiHost.OpenApi;

/// <summary>What the API's description says of a route whose handler reads and writes by hand.</summary>
internal sealed record ApiOperation
{
    public required string Id { get; init; }

    public required string Tag { get; init; }

    public required string Summary { get; init; }

    public required string Description { get; init; }

    /// <summary>What may come in the query, and in the body as well if there is one; a body may then hold custom fields too.</summary>
    public ImmutableArray<ApiParameter> Parameters { get; init; } = [];

    /// <summary>What comes in the body alone.</summary>
    public ImmutableArray<ApiParameter> Members { get; init; } = [];

    public ImmutableArray<ApiParameter> Headers { get; init; } = [];

    /// <summary>The parts of the path that vary.</summary>
    public ImmutableArray<ApiParameter> PathParts { get; init; } = [];

    /// <summary>The content types of the body; none when there is no body.</summary>
    public ImmutableArray<string> BodyTypes { get; init; } = [];

    public ImmutableArray<ApiAnswer> Answers { get; init; } = [];
}

/// <summary>A parameter, a member of the body or a header of a route.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its JSON type.</param>
/// <param name="Description">What it means.</param>
/// <param name="IsRequired">Whether a request without it is refused.</param>
internal sealed record ApiParameter(string Name, ApiType Type, string Description, bool IsRequired = false)
{
    /// <summary>The members of an object, or of each object of a list.</summary>
    public ImmutableArray<ApiParameter> Members { get; init; } = [];
}

/// <summary>What a route may answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Description">When.</param>
/// <param name="Members">The members of the JSON object that is the body.</param>
/// <param name="IsList">Whether the body is a list of such objects.</param>
internal sealed record ApiAnswer(int Status, string Description, ImmutableArray<ApiMember> Members, bool IsList = false);

/// <summary>A member of an answer.</summary>
internal readonly record struct ApiMember(string Name, ApiType Type, bool IsNullable = false);

/// <summary>The types of parameters and answers.</summary>
internal enum ApiType
{
    Text,
    Integer,
    Flag,
    Object,
    Texts,
    Integers,
    Objects,

    /// <summary>A text or a number.</summary>
    Any,
}
