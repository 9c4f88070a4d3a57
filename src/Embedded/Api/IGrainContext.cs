namespace Orleans.Runtime;

/// <summary>An activation, as seen by the grain in it.</summary>
public interface IGrainContext
{
    /// <summary>Which grain it is.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain, once it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of the host. Scoped services are not offered to grains here.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Ends the activation once the requests that run have run.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
