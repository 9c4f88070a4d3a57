namespace Orleans.Core
{
    /// <summary>A grain's view of its stored state, whatever its type.</summary>
    public interface IStorage
    {
        /// <summary>The version that was read or written last.</summary>
        string? Etag { get; }

        /// <summary>Whether storage holds a record.</summary>
        bool RecordExists { get; }

        /// <summary>Removes the record.</summary>
        Task ClearStateAsync();

        /// <summary>Writes the state.</summary>
        Task WriteStateAsync();

        /// <summary>Reads the state.</summary>
        Task ReadStateAsync();
    }

    /// <summary>A grain's view of its stored state.</summary>
    public interface IStorage<TState> : IStorage
    {
        /// <summary>The state, as read or as changed since.</summary>
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    using Orleans.Core;

    /// <summary>State that is read before the grain activates; a grain's constructor takes it with <see cref="PersistentStateAttribute"/>.</summary>
    public interface IPersistentState<TState> : IStorage<TState>;

    /// <summary>Says which state a constructor's parameter is, and where it is kept.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        /// <summary>The state's name among those of the grain.</summary>
        public string StateName { get; } = stateName;

        /// <summary>The key under which <see cref="Storage.IGrainStorage"/> is registered; null for the one without a key.</summary>
        public string? StorageName { get; } = storageName;
    }
}

namespace Orleans
{
    /// <summary>A state, its version, and whether it exists, as storage fills them in.</summary>
    public interface IGrainState<T>
    {
        /// <summary>The state.</summary>
        T? State { get; set; }

        /// <summary>Its version.</summary>
        string? ETag { get; set; }

        /// <summary>Whether storage holds a record.</summary>
        bool RecordExists { get; set; }
    }

    /// <summary>A plain <see cref="IGrainState{T}"/>.</summary>
    public sealed class GrainState<T> : IGrainState<T>
    {
        /// <summary>Without a state.</summary>
        public GrainState()
        {
        }

        /// <summary>With a state that was never stored.</summary>
        public GrainState(T? state) => State = state;

        /// <inheritdoc/>
        public T? State { get; set; }

        /// <inheritdoc/>
        public string? ETag { get; set; }

        /// <inheritdoc/>
        public bool RecordExists { get; set; }
    }
}

namespace Orleans.Storage
{
    using Orleans.Runtime;

    /// <summary>Where persistent state is kept. A write whose etag is not the stored one throws <see cref="InconsistentStateException"/>.</summary>
    public interface IGrainStorage
    {
        /// <summary>Fills in what is stored.</summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Stores, and fills in the new version.</summary>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Removes what is stored.</summary>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
    }
}
