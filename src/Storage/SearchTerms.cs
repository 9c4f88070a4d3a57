using System.Globalization;
using System.Text;
using LeadEngine.People;

namespace LeadEngine.Storage;

/// <summary>
/// The terms under which a person is found: words, <c>w:ada</c>, and marks that match as a whole: a tag, <c>t:vip</c>, the country,
/// <c>c:us</c>, and whether the e-mail address is verified, <c>v:1</c> or <c>v:0</c>. All are in lower case and composed (NFC); words hold
/// letters and digits, except that the e-mail address is also a word as a whole; a word that it begins with is not among them, since words
/// are looked for by their beginnings. Databases hold these terms, so a change of the rules needs a migration.
/// </summary>
internal static class SearchTerms
{
    /// <summary>Longer words, tags and countries are cut to so many characters.</summary>
    public const int MaxLength = 255;

    private const int LeastPhoneDigits = 7;
    private const int NorthAmericanDigits = 11;

    /// <summary>The terms of a person, each once.</summary>
    public static IReadOnlySet<string> Of(Person person) => Of(new(person.Email, person.Phone), person.Details);

    /// <summary>The terms of somebody of whom so much is known, each once.</summary>
    public static IReadOnlySet<string> Of(PersonKey key, PersonDetails details)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        if (key.Email is { } email && Fold(email) is { Length: > 0 } whole) terms.Add(Word(whole));
        AddAllButTheEmail(terms, key, details);
        return terms;
    }

    /// <summary>Adds the terms of somebody of whom so much is known, but for the e-mail address as a whole.</summary>
    public static void AddAllButTheEmail(HashSet<string> terms, PersonKey key, PersonDetails details)
    {
        var email = key.Email is null ? "" : Fold(key.Email);
        AddFoldedWords(terms, email, butThoseThatBegin: email);
        AddPhone(terms, key.Phone);
        AddWords(terms, details.FirstName, butThoseThatBegin: email);
        AddWords(terms, details.LastName, butThoseThatBegin: email);
        AddWords(terms, details.CompanyName, butThoseThatBegin: email);
        if (!details.Tags.IsDefault) terms.UnionWith(details.Tags.Select(Tag));
        if (details.Country is { } country) terms.Add(Country(country));
        terms.Add(Verified(details.EmailVerified));
    }

    /// <summary>
    /// What the words of a search text begin with as terms. Something before an @ makes a piece of text an e-mail address, or the beginning
    /// of one; a text of nothing but digits and signs, as phone numbers are written, is one number.
    /// </summary>
    public static IEnumerable<string> Prefixes(string search)
    {
        if (PhoneDigits(search) is { } digits) return [Word(digits)];
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var piece in Fold(search).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece.IndexOf('@', StringComparison.Ordinal) > 0) terms.Add(Word(piece));
            else AddWords(terms, piece);
        }
        return terms;
    }

    /// <summary>The word, or the beginning of one, that a term of words stands for.</summary>
    public static string WordOf(string term) => term[2..];

    public static string Tag(string tag) => string.Concat("t:", Cut(Fold(tag)));

    public static string Country(string country) => string.Concat("c:", Cut(Fold(country)));

    public static string Verified(bool verified) => verified ? "v:1" : "v:0";

    // Within North America numbers are written without the country code.
    private static void AddPhone(HashSet<string> terms, string? phone)
    {
        if (phone is null) return;
        var digits = phone.TrimStart('+');
        terms.Add(Word(digits));
        if (digits.Length == NorthAmericanDigits && digits[0] == '1') terms.Add(Word(digits.AsSpan(1)));
    }

    private static void AddWords(HashSet<string> terms, string? text, string butThoseThatBegin = "")
    {
        if (text is not null) AddFoldedWords(terms, Fold(text), butThoseThatBegin);
    }

    private static void AddFoldedWords(HashSet<string> terms, string folded, string butThoseThatBegin)
    {
        var (start, at) = (0, 0);
        foreach (var rune in folded.EnumerateRunes())
        {
            if (!IsOfWord(rune))
            {
                AddWord(folded.AsSpan(start..at));
                start = at + rune.Utf16SequenceLength;
            }
            at += rune.Utf16SequenceLength;
        }
        AddWord(folded.AsSpan(start..));

        void AddWord(ReadOnlySpan<char> word)
        {
            if (!word.IsEmpty && !butThoseThatBegin.AsSpan().StartsWith(word, StringComparison.Ordinal)) terms.Add(Word(word));
        }
    }

    private static string Word(ReadOnlySpan<char> word) => string.Concat("w:", Cut(word));

    // Vowels and accents that are signs of their own belong to the letter before them.
    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // PostgreSQL keeps no U+0000, and String.Normalize throws at U+FFFE.
    private static string Fold(string text) =>
        text.Trim().ToLowerInvariant().Replace('\0', '\uFFFD').Replace('\uFFFE', '\uFFFD').Normalize(NormalizationForm.FormC);

    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text)
    {
        if (text.Length <= MaxLength) return text;
        return char.IsHighSurrogate(text[MaxLength - 1]) ? text[..(MaxLength - 1)] : text[..MaxLength];
    }

    private static string? PhoneDigits(string search)
    {
        if (search.Any(sign => !char.IsAsciiDigit(sign) && !" +-.()/".Contains(sign, StringComparison.Ordinal))) return null;
        var digits = string.Concat(search.Where(char.IsAsciiDigit));
        return digits.Length < LeastPhoneDigits ? null : digits;
    }
}
