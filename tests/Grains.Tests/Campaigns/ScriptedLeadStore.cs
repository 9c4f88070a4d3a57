using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Tests.Campaigns;

/// <summary>A lead store whose commits are answered by the test; the interface has more members than any test of a sender needs.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it.")]
internal class ScriptedLeadStore : DispatchProxy
{
    private readonly Queue<TaskCompletionSource<UnitReply>> _open = new();

    /// <summary>The units that were sent.</summary>
    public List<CampaignUnit> Units { get; } = [];

    public static (ILeadStore Store, ScriptedLeadStore Script) Make()
    {
        var store = Create<ILeadStore, ScriptedLeadStore>();
        return (store, (ScriptedLeadStore)(object)store);
    }

    /// <summary>Commits the unit that was sent first of those under way: all its leads are new.</summary>
    public void Commit()
    {
        var unit = Units[^_open.Count];
        _open.Dequeue().SetResult(new UnitReply { Adds = [.. unit.Adds.Select((_, at) => AddOutcome.Added(at + 1, at + 1, null))] });
    }

    /// <summary>Ends the unit that was sent first of those under way with an exception.</summary>
    public void Fail(Exception why) => _open.Dequeue().SetException(why);

    /// <summary>Refuses the unit that was sent first of those under way: another activation has the campaign.</summary>
    public void Fence() => _open.Dequeue().SetResult(UnitReply.Fenced);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != nameof(ILeadStore.Commit)) throw new NotSupportedException(targetMethod.Name);
        Units.Add((CampaignUnit)args![0]!);
        _open.Enqueue(new());
        return _open.Last().Task;
    }
}
