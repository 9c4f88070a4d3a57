using System.Globalization;

namespace LeadEngine.Fuzz.Clients;

/// <summary>An account of the engine under fuzz, with people who are nobody else's.</summary>
internal sealed record Account
{
    private const int NumbersOfArea = 100;

    // Each account has its own area codes and its own domain: whose a number or an address is can be seen in any answer.
    private static readonly string[][] AreasOf = [["206", "503", "415", "212", "312"], ["305", "404", "512", "602", "702"]];

    public static readonly int Count = AreasOf.Length;

    /// <summary>How many people it knows, besides those who come once.</summary>
    public static readonly int People = AreasOf[0].Length * NumbersOfArea;

    /// <summary>0 for the account that loses nobody, 1 for the one that takes what comes.</summary>
    public required int Index { get; init; }

    public required long Id { get; init; }

    public required string Key { get; init; }

    /// <summary>A key that is good for several accounts, and what it calls this one.</summary>
    public required (string Key, string Workspace) User { get; init; }

    public required IReadOnlyList<Campaign> Campaigns { get; init; }

    /// <summary>Where its webhooks are answered: with garbage, of a kind for each number behind the slash.</summary>
    public required string Receiver { get; init; }

    public string Domain => DomainOf(Index);

    /// <summary>The account whose leads are asked about afterwards, so nothing may take them away.</summary>
    public bool KeepsAll => Index == 0;

    public static string DomainOf(int index) => string.Create(CultureInfo.InvariantCulture, $"fuzz{index}.example");

    public static bool IsPhoneOf(int index, string phone) =>
        AreasOf[index].Any(area => phone.StartsWith($"+1{area}5550", StringComparison.Ordinal));

    public string Email(int person) => string.Create(CultureInfo.InvariantCulture, $"p{person}@{Domain}");

    /// <summary>A person's number in E.164.</summary>
    public string Phone(int person)
    {
        var area = AreasOf[Index][person / NumbersOfArea % AreasOf[Index].Length];
        return string.Create(CultureInfo.InvariantCulture, $"+1{area}5550{100 + (person % NumbersOfArea)}");
    }
}

/// <summary>A campaign of an account.</summary>
/// <param name="Id">Its number.</param>
/// <param name="PublicId">What SendKit's dialect calls it.</param>
/// <param name="Key">A key that is good for it alone.</param>
/// <param name="ShowsPeople">Whether strangers may see personal data of its leads.</param>
/// <param name="MayChange">Whether its settings and its status may be changed.</param>
/// <param name="Tags">The ids of its tags at the start.</param>
/// <param name="Actions">The ids of its actions at the start.</param>
internal sealed record Campaign(
    long Id, string PublicId, string Key, bool ShowsPeople, bool MayChange, IReadOnlyList<long> Tags, IReadOnlyList<long> Actions);
