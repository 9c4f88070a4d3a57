using System.Text.RegularExpressions;

namespace LeadEngine.Silo.Logging;

/// <summary>
/// Takes people and keys out of texts that go into the log. Exceptions of the actor system name the grain that they happened at, and a
/// grain may be named after an e-mail address.
/// </summary>
internal static partial class PrivateText
{
    public static string Hide(string text)
    {
        text = Emails().Replace(text, "(e-mail)");
        text = Phones().Replace(text, "(phone)");
        return Keys().Replace(text, "(key)");
    }

    [GeneratedRegex("""[^\s/"'<>()\[\]{},;:=]+@[^\s/"'<>()\[\]{},;:=]+""", RegexOptions.CultureInvariant)]
    private static partial Regex Emails();

    [GeneratedRegex(@"\+\d{6,15}", RegexOptions.CultureInvariant)]
    private static partial Regex Phones();

    [GeneratedRegex(@"sk_\d+_\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Keys();
}
