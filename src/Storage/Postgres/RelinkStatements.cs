using LeadEngine.Campaigns;
using LeadEngine.Leads;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>The changes of a batch that concern the people whom their leads are linked to.</summary>
internal static class RelinkStatements
{
    public static void Add(RoundTrip trip, WriteBatch batch)
    {
        LeadChange[] changes =
        [
            .. batch.Units.SelectMany(unit => unit.Changes).Concat(batch.Changes)
                .Where(change => change.ConcernsPerson || change.ClaimEmail is not null),
        ];
        if (changes.Length == 0) return;
        trip.Add(RelinkSql.Link, _ => { }, Rows(changes, batch.Now));
        trip.Add(RelinkSql.Fill, Rows(changes, batch.Now));
        trip.Add(RelinkSql.LockLeft, _ => { });
        trip.Add(RelinkSql.DeleteLeft);
    }

    private static NpgsqlParameter[] Rows(LeadChange[] changes, DateTimeOffset now) =>
    [
        Arguments.Numbers([.. changes.Select(change => change.After.Id)]),
        Arguments.Numbers([.. changes.Select(change => change.ExpectedVersion + 1)]),
        Arguments.Bytes([.. changes.Select(change => SeenRequestBytes.Of(change.Requests.Recent))]),
        Arguments.Texts([.. changes.Select(change => change.ClaimEmail)]),
        Arguments.Texts(Of(changes, profile => profile.ContactEmail)),
        Arguments.Texts(Of(changes, profile => profile.ContactPhone)),
        Arguments.Texts(Of(changes, profile => profile.FirstName)),
        Arguments.Texts(Of(changes, profile => profile.LastName)),
        Arguments.Texts(JsonTexts.Of([.. changes.Select(change => Linking.DetailsOf(change.After.Profile))])),
        Arguments.Time(now),
    ];

    private static string?[] Of(LeadChange[] changes, Func<LeadProfile, string?> value) =>
        [.. changes.Select(change => value(change.After.Profile))];
}
