using System.Text;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Leads;

/// <summary>What a request may say of one person: the limits of every dialect.</summary>
internal static class FieldLimits
{
    /// <summary>The longest body of one lead.</summary>
    public const int BodyBytes = 1024 * 1024;

    /// <summary>How many custom fields a request may carry.</summary>
    public const int CustomFields = LeadProfile.MaxCustomFields;

    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 255;

    /// <summary>The longest value, in bytes of UTF-8.</summary>
    public const int ValueBytes = 4 * 1024;

    /// <summary>How deep JSON may be nested.</summary>
    public const int JsonDepth = 32;

    public static bool IsTooLong(string value) =>
        value.Length > ValueBytes || (value.Length > ValueBytes / 3 && Encoding.UTF8.GetByteCount(value) > ValueBytes);
}
