using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace LeadEngine.Storage.Postgres;

/// <summary>The answers of a batch.</summary>
internal static class AnswerStatements
{
    public static void Add(RoundTrip trip, ImmutableArray<KeyedAnswer> answers, DateTimeOffset now, DateTimeOffset oldest)
    {
        if (answers.Length == 0) return;
        trip.Add(
            IdempotencySql.Answer,
            Arguments.Texts([.. answers.Select(answer => answer.Key)]),
            Arguments.Texts([.. answers.Select(answer => answer.Answer.Fingerprint)]),
            Arguments.Numbers([.. answers.Select(answer => answer.Answer.LeadId)]),
            Arguments.Numbers([.. answers.Select(answer => answer.Answer.Status)]),
            Arguments.Bytes([.. answers.Select(answer => ImmutableCollectionsMarshal.AsArray(answer.Answer.Body) ?? [])]),
            Arguments.Time(now),
            Arguments.Time(oldest));
    }
}
