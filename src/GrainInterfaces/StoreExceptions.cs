namespace LeadEngine;

/// <summary>The store is away or behind. Nothing changed; a later try may succeed.</summary>
[GenerateSerializer, Alias("StoreBusyException")]
public sealed class StoreBusyException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The store was lost while a change was under way: it may have taken effect. Repeating the same change is safe.</summary>
[GenerateSerializer, Alias("StoreOutcomeUnknownException")]
public sealed class StoreOutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);
