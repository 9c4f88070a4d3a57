using Orleans.Core;
using Orleans.Runtime;

namespace Orleans.Core
{
    public interface IStorage
    {
        string? Etag { get; }

        bool RecordExists { get; }

        Task ClearStateAsync();

        Task WriteStateAsync();

        Task ReadStateAsync();
    }

    public interface IStorage<TState> : IStorage
    {
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>Read before the grain activates; a grain's constructor takes it with <see cref="PersistentStateAttribute"/>.</summary>
    public interface IPersistentState<TState> : IStorage<TState>;

    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        public string StateName { get; } = stateName;

        /// <summary>The key under which the storage is registered; null for the one without a key.</summary>
        public string? StorageName { get; } = storageName;
    }
}

namespace Orleans
{
    public interface IGrainState<T>
    {
        T? State { get; set; }

        string? ETag { get; set; }

        bool RecordExists { get; set; }
    }

    public sealed class GrainState<T> : IGrainState<T>
    {
        public T? State { get; set; }

        public string? ETag { get; set; }

        public bool RecordExists { get; set; }
    }
}

namespace Orleans.Storage
{
    /// <summary>Where state is kept. A write whose etag is not the stored one throws <see cref="InconsistentStateException"/>.</summary>
    public interface IGrainStorage
    {
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
    }
}
