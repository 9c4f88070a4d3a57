namespace Orleans.Runtime
{
    /// <summary>Base of the runtime's own exceptions.</summary>
    public class OrleansException : Exception
    {
        /// <summary>An unexpected error.</summary>
        public OrleansException()
            : base("Unexpected error.")
        {
        }

        /// <summary>An error.</summary>
        public OrleansException(string message)
            : base(message)
        {
        }

        /// <summary>An error caused by another.</summary>
        public OrleansException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>A request that no activation took; it may or may not have been begun.</summary>
    public class OrleansMessageRejectionException : OrleansException
    {
        internal OrleansMessageRejectionException(string message)
            : base(message)
        {
        }
    }

    /// <summary>The silo that would have answered is gone.</summary>
    public sealed class SiloUnavailableException : OrleansMessageRejectionException
    {
        /// <summary>The silo is gone.</summary>
        public SiloUnavailableException()
            : base("Silo unavailable")
        {
        }

        /// <summary>The silo is gone.</summary>
        public SiloUnavailableException(string msg)
            : base(msg)
        {
        }
    }

    /// <summary>The configuration cannot work.</summary>
    public sealed class OrleansConfigurationException : Exception
    {
        /// <summary>What is wrong with it.</summary>
        public OrleansConfigurationException(string message)
            : base(message)
        {
        }
    }
}

namespace Orleans.Storage
{
    using Orleans.Runtime;

    /// <summary>Storage holds another version than the writer believed. A grain whose request throws it is deactivated.</summary>
    public class InconsistentStateException : OrleansException
    {
        /// <summary>Without details.</summary>
        public InconsistentStateException()
        {
        }

        /// <summary>With a message.</summary>
        public InconsistentStateException(string message)
            : base(message)
        {
        }

        /// <summary>With the two versions.</summary>
        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
            : base(errorMsg) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        /// <summary>The version in storage.</summary>
        public string? StoredEtag { get; }

        /// <summary>The version that the writer believed to be there.</summary>
        public string? CurrentEtag { get; }

        // Callers further up, through whom it passes, are not inconsistent.
        internal bool IsSourceActivation { get; set; } = true;
    }
}
