using System.IO.Compression;
using PhoneNumbers;

namespace LeadEngine.PhoneNumbers.Tests;

/// <summary>20,000 generated texts and what libphonenumber makes of them; see docs/phone-numbers.md.</summary>
public sealed class OracleTests
{
    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    private static readonly List<(Vector Vector, Outcome Outcome)> Results =
        [.. Load().Select(vector => (vector, Read(vector)))];

    [Fact]
    public void Fixture_Always_HasEveryRegionAndEveryOutcome()
    {
        Assert.Equal(20_000, Results.Count);
        Assert.Superset(Phones.GetSupportedRegions(), Results.Select(result => result.Vector.Region).OfType<string>().ToHashSet());
        Assert.All(Enum.GetValues<ErrorType>(), error => Assert.Contains(Results, result => result.Vector.Expected.Refusal == error));
        Assert.True(Results.Count(result => result.Vector.Expected.IsValid) > 8_000);
    }

    [Fact]
    public void Parse_WhereBothAccept_GivesTheOraclesE164() =>
        Assert.All(
            Results.Where(result => result.Vector.Expected.E164 is not null && result.Outcome.E164 is not null),
            result => Assert.Equal(result.Vector.Expected.E164, result.Outcome.E164));

    [Fact]
    public void IsValidNumber_AnyText_AgreesWithTheOracle()
    {
        var disagreements = Results.Count(result => result.Vector.Expected.IsValid != result.Outcome.IsValid);
        Assert.InRange(disagreements, 0, Results.Count / 1000);
    }

    [Fact]
    public void Parse_AnyText_DiffersFromTheOracleOnlyWhereExplained() =>
        Assert.Equal(
            ExplainedDisagreements.Texts.Order(StringComparer.Ordinal),
            Results.Where(result => result.Vector.Expected != result.Outcome).Select(result => result.Vector.Text).Order(StringComparer.Ordinal));

    private static Outcome Read(Vector vector)
    {
        try
        {
            var number = Phones.Parse(vector.Text, vector.Region);
            var e164 = Phones.Format(number, PhoneNumberFormat.E164);
            return new(null, e164, Phones.IsValidNumber(number), Phones.GetRegionCodeForNumber(number));
        }
        catch (NumberParseException refused)
        {
            return new(refused.ErrorType, null, false, null);
        }
    }

    private static IEnumerable<Vector> Load()
    {
        using var resource = typeof(OracleTests).Assembly.GetManifestResourceStream("oracle.tsv.gz")!;
        using var reader = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Vector.Read);
    }
}
