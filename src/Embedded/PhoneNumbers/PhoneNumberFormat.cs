namespace PhoneNumbers;

/// <summary>The ways to write a number.</summary>
public enum PhoneNumberFormat
{
    /// <summary>A plus sign and digits, nothing else: <c>+41446681800</c>.</summary>
    E164,
}
