using Microsoft.Extensions.Options;

namespace LeadEngine.Grains.Fraud;

/// <summary>The domains of services for throw-away e-mail addresses: well-known ones, and what the settings add.</summary>
internal sealed class DisposableDomains(IOptions<FraudOptions> options)
{
    private static readonly string[] WellKnown =
    [
        "10minutemail.com", "10minutemail.net", "armyspy.com", "burnermail.io", "cuvox.de", "dayrep.com", "discard.email", "discardmail.com",
        "dispostable.com", "einrot.com", "emailondeck.com", "fakeinbox.com", "fakemail.net", "fleckens.hu", "getnada.com", "grr.la",
        "guerrillamail.biz", "guerrillamail.com", "guerrillamail.de", "guerrillamail.info", "guerrillamail.net", "guerrillamail.org",
        "guerrillamailblock.com", "gustr.com", "inboxkitten.com", "jetable.org", "jourrapide.com", "mail-temp.com", "mailcatch.com",
        "maildrop.cc", "mailinator.com", "mailinator.net", "mailnesia.com", "mailsac.com", "mintemail.com", "moakt.com", "mohmal.com",
        "mytemp.email", "pokemail.net", "rhyta.com", "sharklasers.com", "spam4.me", "spamgourmet.com", "superrito.com", "teleworm.us",
        "temp-mail.io", "temp-mail.org", "tempail.com", "tempinbox.com", "tempmail.net", "tempr.email", "throwawaymail.com", "trash-mail.com",
        "trashmail.com", "trashmail.de", "trashmail.net", "wegwerfmail.de", "yopmail.com", "yopmail.fr", "yopmail.net",
    ];

    private readonly DomainSet _domains = new(WellKnown.Concat(options.Value.DisposableDomains).Concat(Listed(options.Value.DisposableDomainsFile)));

    public bool Covers(ReadOnlySpan<char> domain) => _domains.Covers(domain);

    private static IEnumerable<string> Listed(string? file) => file is null
        ? []
        : File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');
}
