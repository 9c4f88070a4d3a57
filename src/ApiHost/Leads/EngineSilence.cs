namespace LeadEngine.ApiHost.Leads;

/// <summary>Exceptions that mean no more than that the engine, or its store, gave no answer.</summary>
internal static class EngineSilence
{
    public static bool IsSilence(Exception exception) => exception is StoreBusyException or StoreOutcomeUnknownException || IsLost(exception);

    /// <summary>
    /// The call or its answer was lost between hosts. (Whoever looks up where a grain is cancels that when silos come and go.)
    /// </summary>
    public static bool IsLost(Exception exception) => exception is TimeoutException or OrleansException or OperationCanceledException;
}
