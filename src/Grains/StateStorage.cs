
namespace LeadEngine.Grains;

/// <summary>The storage of the grains' own state.</summary>
internal static class StateStorage
{
    /// <summary>The name of the storage provider.</summary>
    public const string Name = "leads";

    /// <summary>Writes a state. After a failure the store may hold either version, so the grain leaves and reads it again.</summary>
    public static async Task Save<T>(this IPersistentState<T> record, T next, Action leave)
    {
        record.State = next;
        try
        {
            await record.WriteStateAsync();
        }
        catch
        {
            leave();
            throw;
        }
    }
}
