namespace Orleans.Runtime;

/// <summary>An activation, as seen by the grain in it. Its services are the host's: scoped ones are not offered here.</summary>
public interface IGrainContext
{
    GrainId GrainId { get; }

    object? GrainInstance { get; }

    IServiceProvider ActivationServices { get; }

    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
