namespace LeadEngine.Storage.Postgres;

/// <summary>The advisory locks that the engine takes: two numbers each, of which the first keeps them apart from anybody else's.</summary>
internal static class AdvisoryLocks
{
    public const int Group = 0x4C454144;
    public const int Migration = 1;
    public const int Owner = 2;

    /// <summary>A group of its own, with a lock for each campaign: see <see cref="CampaignGate"/>.</summary>
    public const int Gate = 0x4C454147;

    /// <summary>A group of its own, with a lock for each account: see <see cref="PeopleGate"/>.</summary>
    public const int People = 0x4C454150;

    /// <summary>A group of its own, with a lock for each account: see <see cref="WebhookGate"/>.</summary>
    public const int Webhooks = 0x4C454157;
}
