using System.Collections.Immutable;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Keeps apart those who bring phone numbers alone and those who bring an e-mail address beside one: both may be in want of the same
/// person, who is not there yet, and no key of the table would tell. In each account the ones with addresses pass together, the others one
/// by one.
/// </summary>
internal static class PeopleGate
{
    private static readonly string Pass =
        $"""
        select case when k.alone
            then pg_advisory_xact_lock({AdvisoryLocks.People}, k.account) else pg_advisory_xact_lock_shared({AdvisoryLocks.People}, k.account) end
        from (
            select ({AccountKey}) as account, bool_or(u.alone <> 0) as alone
            from unnest($1, $2) as u (id, alone) join campaigns c on c.id = u.id
            group by 1 order by 1) k
        """;

    // Accounts that share a key wait for each other now and then, no more.
    private const string AccountKey = "(c.account_id % 2147483647)::int";

    private static readonly string PassAlone =
        $"select pg_advisory_xact_lock({AdvisoryLocks.People}, {AccountKey}) from (values ($1::bigint)) as c (account_id)";

    private static readonly string PassTogether =
        $"select pg_advisory_xact_lock_shared({AdvisoryLocks.People}, {AccountKey}) from (values ($1::bigint)) as c (account_id)";

    /// <summary>For the new leads of units.</summary>
    public static void Add(RoundTrip trip, ImmutableArray<UnitTally> units)
    {
        (long Campaign, bool Alone)[] passing =
        [
            .. units
                .Select(unit => (unit.Unit.CampaignId, Alone: IsAlone([.. unit.Unit.Adds.Select(Linking.KeyOf)])))
                .Where(unit => unit.Alone is not null)
                .Select(unit => (unit.CampaignId, unit.Alone!.Value)),
        ];
        if (passing.Length == 0) return;
        trip.Add(
            Pass,
            _ => { },
            Arguments.Numbers([.. passing.Select(unit => unit.Campaign)]),
            Arguments.Numbers([.. passing.Select(unit => unit.Alone ? 1 : 0)]));
    }

    /// <summary>For people of one account.</summary>
    public static void Add(RoundTrip trip, long accountId, PersonKey[] keys)
    {
        if (IsAlone(keys) is not { } alone) return;
        trip.Add(alone ? PassAlone : PassTogether, _ => { }, Arguments.Number(accountId));
    }

    // Null for those with e-mail addresses alone: their key tells.
    private static bool? IsAlone(PersonKey[] keys)
    {
        bool? alone = null;
        foreach (var key in keys)
        {
            if (key.Phone is null) continue;
            if (key.Email is null) return true;
            alone = false;
        }
        return alone;
    }
}
