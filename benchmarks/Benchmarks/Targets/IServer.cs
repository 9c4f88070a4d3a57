using System.Net;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>What stands behind a target: one process, or several that work together. Disposing ends it.</summary>
internal interface IServer : IAsyncDisposable
{
    /// <summary>Where it takes requests; they may go to any of these.</summary>
    IReadOnlyList<IPEndPoint> Addresses { get; }

    /// <summary>The key of its administration.</summary>
    string AdminKey { get; }

    /// <summary>All of its processes but the database's.</summary>
    IReadOnlyList<int> ProcessIds { get; }

    /// <summary>Where its processes talk to each other; none where there is but one.</summary>
    IReadOnlyList<int> InnerPorts { get; }

    /// <summary>What it said last, where a process of it has ended; null while all run.</summary>
    string? WhyEnded { get; }
}
