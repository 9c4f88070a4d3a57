using System.Diagnostics;

namespace Orleans.Runtime;

/// <summary>Spans of grain calls, under the names that Orleans gives them. They travel with the request's context.</summary>
internal sealed class CallTraces
{
    private const string Key = "span";

    private static readonly ActivitySource Source = new("Microsoft.Orleans.Application");

    /// <summary>Whether a call made now is part of a trace that somebody records.</summary>
    internal static bool IsCallerTraced => Activity.Current is { Recorded: true } && Source.HasListeners();

    /// <summary>Makes the call. What this sets is undone when it returns, as all async locals are.</summary>
    internal static async Task<TResult> Trace<TArgs, TResult>(GrainReference target, GrainMethod<TArgs, TResult> method, TArgs args)
    {
        using var span = Source.StartActivity(method.Name, ActivityKind.Client);
        if (span is not null) RequestContext.Set(Key, span);
        span?.SetTag("rpc.system", "orleans");
        try
        {
            return await target.Dispatch(method, args);
        }
        catch
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    /// <summary>In the callee's turn: what it does belongs to the call's span.</summary>
    internal static void Resume(Dictionary<string, object>? context)
    {
        if (context is not null && context.GetValueOrDefault(Key) is Activity span) Activity.Current = span;
    }
}
