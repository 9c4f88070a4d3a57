namespace LeadEngine.Storage.Postgres;

/// <summary>
/// A lead that has an e-mail address points to the person who has it. So an address is written into one index rather than two, that of
/// people, and one key says both that a lead has an address once in a campaign and who its person is.
/// </summary>
internal static class EmailSql
{
    // To write an address into another index costs as much as all else of a new person.
    public const string Migration =
        """
        create unique index leads_by_person_once on leads (person_id, campaign_id, (case when email is null then id else 0 end));
        drop index leads_by_person;
        drop index leads_by_email;
        """;

    /// <summary>The id of the lead that has an e-mail address in a campaign of an account.</summary>
    public static string Find(string campaign, string account, string email) => FindOf(campaign, $"({FindPerson(account, email)})");

    /// <summary>The id of the lead that has its person's e-mail address in a campaign.</summary>
    public static string FindOf(string campaign, string person) =>
        $"(select l.id from leads l where l.person_id = {person} and l.campaign_id = {campaign} and l.email is not null)";

    private static string FindPerson(string account, string email) =>
        $"select p.id from people p where p.account_id = {account} and p.email = {email}";
}
