using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.Grains.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>Numbers that the company shall not contact.</summary>
/// <param name="Sent">As they were sent.</param>
/// <param name="Entries">What they mean, each once.</param>
internal sealed record DncList(ImmutableArray<string> Sent, ImmutableArray<DoNotContact> Entries)
{
    /// <summary>How many numbers a request may name.</summary>
    public const int MaxNumbers = 10_000;
}

/// <summary>What the body of a do-not-contact request means. The vendor's page does not show it: it is ours.</summary>
internal static class DncRules
{
    private const string Reason = "api";
    private const string DefaultRegion = "US";

    public static Checked<DncList> Read(JsonElement body)
    {
        var problems = new FieldProblems();
        ImmutableArray<string> sent = [];
        ImmutableArray<DoNotContact> entries = [];
        if (!body.TryGetProperty(Field.PhoneNumbers, out var numbers) || numbers.ValueKind is JsonValueKind.Null)
        {
            problems.Add(Field.PhoneNumbers, "missing", "is required");
        }
        else if (numbers.ValueKind is not JsonValueKind.Array)
        {
            problems.Add(Field.PhoneNumbers, "not_an_array", "must be an array of strings");
        }
        else if (numbers.GetArrayLength() is 0 or > DncList.MaxNumbers)
        {
            problems.Add(Field.PhoneNumbers, "wrong_length", $"must have 1 to {DncList.MaxNumbers} phone numbers");
        }
        else
        {
            (sent, entries) = ReadNumbers(numbers, problems);
        }

        if (problems.ToFault() is { } fault) return fault;
        return new DncList(sent, entries);
    }

    private static (ImmutableArray<string> Sent, ImmutableArray<DoNotContact> Entries) ReadNumbers(
        JsonElement numbers, FieldProblems problems)
    {
        List<string> sent = [];
        HashSet<string> phones = [];
        foreach (var (index, number) in numbers.EnumerateArray().Index())
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"{Field.PhoneNumbers}[{index}]");
            if (SentLead.ReadText(field, number, problems) is not { } text) continue;
            sent.Add(text);
            // Nobody is harmed by not being called, so numbers of other countries are taken as well.
            if (PhoneNormalizer.Normalize(text, null, DefaultRegion) is { } phone) phones.Add(phone);
            else problems.Add(field, "invalid_phone_number", "is not a valid phone number");
        }

        return ([.. sent], [.. phones.Select(phone => new DoNotContact(DoNotContactKind.Phone, phone, Reason))]);
    }
}
