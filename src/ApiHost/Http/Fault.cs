using System.Collections.Immutable;

namespace LeadEngine.ApiHost.Http;

/// <summary>Why a request is not served, before a dialect gives it a shape.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">A stable name for programs.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record Fault(int Status, string Code, string Message)
{
    /// <summary>One for each parameter that is wrong.</summary>
    public ImmutableArray<FaultDetail> Details { get; init; } = [];

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the log calls the request, with a fault of ours.</summary>
    public string? TraceId { get; init; }
}

/// <summary>What is wrong with one parameter.</summary>
internal readonly record struct FaultDetail(string Parameter, string Code, string Message);
