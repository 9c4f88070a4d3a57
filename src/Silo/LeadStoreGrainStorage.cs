using System.Text.Json;
using LeadEngine.Storage;
using Orleans.Storage;

namespace LeadEngine.Silo;

/// <summary>Keeps the grains' own state in the lead store's database, as JSON under the grain's stable name.</summary>
internal sealed class LeadStoreGrainStorage(ILeadStore store) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await store.ReadState(stateName, grainId.ToString());
        grainState.State = row is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(row.Json)!;
        grainState.ETag = row?.Etag;
        grainState.RecordExists = row is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.Serialize(grainState.State);
        grainState.ETag = await store.WriteState(stateName, grainId.ToString(), json, grainState.ETag)
            ?? throw new InconsistentStateException($"The state '{stateName}' of {grainId} was written by another activation.");
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("No grain of the engine clears its state.");
}
