using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PhoneNumbers;

/// <summary>Finds the number in a text, as people and RFC 3966 write them, and reads it into plain digits.</summary>
internal static partial class WrittenNumber
{
    private const string Context = ";phone-context=";
    private const string Scheme = "tel:";
    private const string Subaddress = ";isub=";
    private const string KeypadDigits = "22233344455566677778889999";
    private const int LettersOfVanityNumber = 3;

    private const string Punctuation =
        @"-x\u2010-\u2015\u2212\u30FC\uFF0D-\uFF0F \u00A0\u00AD\u200B\u2060\u3000()\uFF08\uFF09\uFF3B\uFF3D.\[\]/~\u2053\u223C\uFF5E*";

    private const string Blank = @"[ \u00A0\t]*";
    private const string BlankOrComma = @"[ \u00A0\t,]*";
    private const string AfterLabel = @"[:.\uFF0E]?[ \u00A0\t,-]*";
    private const string Label = @"(?:e?xt(?:ensi(?:o\u0301?|\u00F3))?n?|\uFF45?\uFF58\uFF54\uFF4E?|\u0434\u043E\u0431|anexo)";
    private const string VagueLabel = @"(?:[x\uFF58#\uFF03~\uFF5E]|int|\uFF49\uFF4E\uFF54)";

    // The vaguer the label, the fewer digits are believed to be an extension.
    private const string Extension =
        @"(?:;ext=\d{1,20}" +
        $@"|{BlankOrComma}{Label}{AfterLabel}\d{{1,20}}#?" +
        $@"|{BlankOrComma}{VagueLabel}{AfterLabel}\d{{1,9}}#?" +
        @"|[- ]+\d{1,6}#" +
        $@"|{Blank}(?:,,|;){AfterLabel}\d{{1,15}}#?" +
        $@"|{Blank},+{AfterLabel}\d{{1,9}}#?)\z";

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    private static readonly SearchValues<char> WithoutExtension = SearchValues.Create("0123456789+-(). ");

    /// <summary>Writes the digits, of which there are no more than characters in the text, and gives their count.</summary>
    public static int Read(string text, Span<char> digits, out int plusSigns)
    {
        var context = text.IndexOf(Context, StringComparison.Ordinal);
        var number = context < 0 ? Trimmed(text) : InContext(text, context);
        var subaddress = number.IndexOf(Subaddress);
        if (subaddress > 0) number = number[..subaddress];
        if (!Viable().IsMatch(number)) throw NotANumber();

        number = BeforeExtension(number);
        plusSigns = 0;
        while (IsPlus(number[plusSigns])) plusSigns++;
        return ReadDigits(number, digits);
    }

    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && !IsPlus(text[start]) && !char.IsDigit(text[start])) start++;
        var end = text.Length;
        while (end > start && text[end - 1] != '#' && !char.IsLetterOrDigit(text[end - 1])) end--;

        var number = text[start..end];
        foreach (var second in SecondNumber().EnumerateMatches(number)) return number[..second.Index];
        return number;
    }

    private static ReadOnlySpan<char> InContext(string text, int at)
    {
        var value = text.AsSpan(at + Context.Length);
        var end = value.IndexOf(';');
        if (end >= 0) value = value[..end];
        if (!ContextValue().IsMatch(value)) throw NotANumber();

        var scheme = text.IndexOf(Scheme, StringComparison.Ordinal);
        var local = text.AsSpan(0, at);
        if (scheme >= 0) local = scheme + Scheme.Length <= at ? local[(scheme + Scheme.Length)..] : [];
        return value[0] == '+' ? string.Concat(value, local) : local;
    }

    private static ReadOnlySpan<char> BeforeExtension(ReadOnlySpan<char> number)
    {
        if (!number.ContainsAnyExcept(WithoutExtension)) return number;
        foreach (var extension in ExtensionAtEnd().EnumerateMatches(number))
        {
            var before = number[..extension.Index];
            return Viable().IsMatch(before) ? before : number;
        }

        return number;
    }

    private static int ReadDigits(ReadOnlySpan<char> number, Span<char> digits)
    {
        var letters = 0;
        foreach (var character in number) letters += char.IsAsciiLetter(character) ? 1 : 0;
        var isVanity = letters >= LettersOfVanityNumber;
        var count = 0;
        foreach (var character in number)
        {
            if (char.IsAsciiDigit(character)) digits[count++] = character;
            else if (isVanity && char.IsAsciiLetter(character)) digits[count++] = KeypadDigits[(character | ' ') - 'a'];
            else if (!isVanity && char.IsDigit(character)) digits[count++] = (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(character));
        }

        return count;
    }

    private static NumberParseException NotANumber() => new(ErrorType.NOT_A_NUMBER, "The text does not look like a telephone number.");

    private static bool IsPlus(char character) => character is '+' or '\uFF0B';

    [GeneratedRegex($@"^(?:\d{{2}}\z|[+\uFF0B]*(?:[{Punctuation}]*\d){{3}}[{Punctuation}A-Za-z\d]*(?:\z|{Extension}))", Options)]
    private static partial Regex Viable();

    [GeneratedRegex(Extension, Options)]
    private static partial Regex ExtensionAtEnd();

    [GeneratedRegex(@"[\\/] *x")]
    private static partial Regex SecondNumber();

    [GeneratedRegex(@"^(?:\+[-.()]*\d[-.()\d]*|(?:[a-z\d]+(?:-+[a-z\d]+)*\.)*[a-z]+(?:-+[a-z\d]+|\d+[a-z]*)*\.?)\z", Options)]
    private static partial Regex ContextValue();
}
