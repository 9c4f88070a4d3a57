namespace LeadEngine.Benchmarks.Load;

/// <summary>What a request asks for, so that its answers are counted apart.</summary>
internal enum RequestKind
{
    NewLead,
    Update,
    LookUp,
}

/// <summary>Decides what is asked next; called by the generator's thread alone. The bytes are valid until the next call.</summary>
internal delegate ReadOnlySpan<byte> RequestSource(out RequestKind kind);
