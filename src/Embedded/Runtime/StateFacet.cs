using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A parameter of a grain's constructor that is persistent state.</summary>
internal sealed record StateFacet(Type ParameterType, Type StateType, PersistentStateAttribute Place)
{
    internal static StateFacet? Of(ParameterInfo parameter) => parameter.GetCustomAttribute<PersistentStateAttribute>() is { } place
        ? new(parameter.ParameterType, parameter.ParameterType.GetGenericArguments()[0], place)
        : null;

    internal IStorage Create(IGrainContext context)
    {
        var storage = Place.StorageName is { } name
            ? context.ActivationServices.GetKeyedService<IGrainStorage>(name)
            : context.ActivationServices.GetService<IGrainStorage>();
        if (storage is null)
            throw new OrleansConfigurationException($"No storage named \"{Place.StorageName}\" is registered for {context.GrainId.Type}.");
        return (IStorage)Activator.CreateInstance(typeof(PersistentState<>).MakeGenericType(StateType), Place.StateName, storage, context)!;
    }
}

/// <summary>A grain's state in a storage.</summary>
internal sealed class PersistentState<T>(string name, IGrainStorage storage, IGrainContext context) : IPersistentState<T>
{
    private readonly GrainState<T> _state = new() { State = New() };

    public T State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task ReadStateAsync() => Guard(() => storage.ReadStateAsync(name, context.GrainId, _state));

    public Task WriteStateAsync() => Guard(() => storage.WriteStateAsync(name, context.GrainId, _state));

    public Task ClearStateAsync() => Guard(() => storage.ClearStateAsync(name, context.GrainId, _state));

    private async Task Guard(Func<Task> operation, [CallerMemberName] string? what = null)
    {
        try
        {
            await operation();
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            var where = $"{storage.GetType().Name}.{name}";
            throw new OrleansException($"{where}: {what} failed for {context.GrainId}: {exception.Message}", exception);
        }
    }

    private static T New() => typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is not null
        ? Activator.CreateInstance<T>()
        : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
