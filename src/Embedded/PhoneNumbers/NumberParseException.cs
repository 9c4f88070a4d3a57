using System.Diagnostics.CodeAnalysis;

namespace PhoneNumbers;

/// <summary>Why a text could not be read as a telephone number.</summary>
[SuppressMessage("Naming", "CA1707", Justification = "The names are libphonenumber's.")]
public enum ErrorType
{
    /// <summary>The calling code belongs to no region, or there is neither one nor a default region.</summary>
    INVALID_COUNTRY_CODE,

    /// <summary>The text does not look like a telephone number.</summary>
    NOT_A_NUMBER,

    /// <summary>Too few digits follow the international prefix.</summary>
    TOO_SHORT_AFTER_IDD,

    /// <summary>Too few digits follow the calling code.</summary>
    TOO_SHORT_NSN,

    /// <summary>The text has more digits, or characters, than any telephone number.</summary>
    TOO_LONG,
}

/// <summary>Thrown for a text that cannot be read as a telephone number.</summary>
public class NumberParseException(ErrorType errorType, string message) : Exception(message)
{
    /// <summary>Why it cannot.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "A field in libphonenumber-csharp.")]
    public readonly ErrorType ErrorType = errorType;
}
