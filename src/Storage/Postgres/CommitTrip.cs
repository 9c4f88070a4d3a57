using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Postgres;

/// <summary>A batch as one round trip. It holds just the statements that the batch needs, always in the same order.</summary>
internal sealed class CommitTrip
{
    private readonly ImmutableArray<UnitTally> _units;
    private readonly LeadChangeReply[] _changes;

    public CommitTrip(WriteBatch batch, TimeSpan idempotencyAge, bool isRepeat)
    {
        var oldest = batch.Now - idempotencyAge;
        _units = [.. batch.Units.Select(unit => new UnitTally(unit))];
        _changes = new LeadChangeReply[batch.Changes.Length];
        LockStatements.Add(Trip, _units, batch.Changes);
        var notesEvents = AddStatements.Add(Trip, _units, (batch.Now, oldest), isRepeat);
        ChangeStatements.Add(Trip, _units, batch.Changes, _changes, batch.Now, oldest);
        RelinkStatements.Add(Trip, batch);
        RemovalStatements.Add(Trip, _units);
        EventStatements.AddScrub(Trip, batch);
        if (notesEvents || batch.Units.Any(unit => !unit.Changes.IsEmpty || !unit.Removals.IsEmpty) || !batch.Changes.IsEmpty)
        {
            EventStatements.AddTelling(Trip, batch.Now);
        }
        AnswerStatements.Add(Trip, batch.Answers, batch.Now, oldest);
    }

    public RoundTrip Trip { get; } = new();

    public BatchReply ToReply() =>
        new([.. _units.Select(unit => unit.ToReply())], ImmutableCollectionsMarshal.AsImmutableArray(_changes));
}
