namespace Orleans.Runtime;

/// <summary>Base of the emitted references: who is meant. It holds no activation, since those come and go.</summary>
internal abstract class GrainReference(GrainClass grainClass, string key) : IAddressable, IEquatable<GrainReference>
{
    internal GrainClass Class => grainClass;

    internal string Key => key;

    internal GrainId GrainId => grainClass.IdOf(key);

    public bool Equals(GrainReference? other) => other is not null && other.Class == grainClass && other.Key == key;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"GrainReference:{GrainId}";

    /// <summary>What each emitted method calls.</summary>
    internal Task<TResult> Call<TArgs, TResult>(GrainMethod<TArgs, TResult> method, TArgs args)
    {
        if (grainClass.Runtime.Traces is not null && CallTraces.IsCallerTraced) return CallTraces.Trace(this, method, args);
        return Dispatch(method, args);
    }

    internal Task<TResult> Dispatch<TArgs, TResult>(GrainMethod<TArgs, TResult> method, TArgs args)
    {
        var call = new Call<TArgs, TResult>(this, method, args);
        Send(call);
        return call.Reply;
    }

    internal void Send(Request request)
    {
        if (grainClass.Runtime.IsStopped) request.Fail(new SiloUnavailableException("The host has stopped."));
        else grainClass.Find(key).Post(request);
    }
}
