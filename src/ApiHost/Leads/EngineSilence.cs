namespace LeadEngine.ApiHost.Leads;

/// <summary>Exceptions that mean no more than that the engine, or its store, gave no answer.</summary>
internal static class EngineSilence
{
    public static bool IsSilence(Exception exception) =>
        exception is StoreBusyException or StoreOutcomeUnknownException or TimeoutException or OrleansException;
}
