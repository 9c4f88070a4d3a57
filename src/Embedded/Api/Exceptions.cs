using Orleans.Runtime;

namespace Orleans.Runtime
{
    public class OrleansException : Exception
    {
        public OrleansException()
            : base("Unexpected error.")
        {
        }

        public OrleansException(string message)
            : base(message)
        {
        }

        public OrleansException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    public class OrleansMessageRejectionException : OrleansException
    {
        internal OrleansMessageRejectionException(string message)
            : base(message)
        {
        }
    }

    /// <summary>Whoever would have answered is gone; the request may or may not have had its effect.</summary>
    public sealed class SiloUnavailableException(string msg) : OrleansMessageRejectionException(msg);

    public sealed class OrleansConfigurationException(string message) : Exception(message);
}

namespace Orleans.Storage
{
    /// <summary>Storage holds another version than the writer believed. A grain whose request throws it is deactivated.</summary>
    public class InconsistentStateException : OrleansException
    {
        public InconsistentStateException(string message)
            : base(message)
        {
        }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
            : base(errorMsg) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        public string? StoredEtag { get; }

        public string? CurrentEtag { get; }

        // Callers further up, through whom it passes, are not inconsistent.
        internal bool IsSourceActivation { get; set; } = true;
    }
}
