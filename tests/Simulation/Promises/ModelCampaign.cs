using LeadEngine.Campaigns;

namespace LeadEngine.Simulation.Promises;

/// <summary>What the model knows of a campaign.</summary>
internal sealed class ModelCampaign
{
    private readonly List<(int At, CampaignStatus Status)> _statuses = [(-1, CampaignStatus.Open)];

    /// <summary>The positions at which its leads were added, in order of rank.</summary>
    public List<int> Leads { get; } = [];

    /// <summary>The positions at which leads were removed.</summary>
    public List<int> Removals { get; } = [];

    public CampaignStatus Status => _statuses[^1].Status;

    public bool WasEverClosed => _statuses.Exists(entry => entry.Status is not CampaignStatus.Open);

    public void Set(CampaignStatus status, int at) => _statuses.Add((at, status));

    public long CountAt(int position) => Leads.Count(at => at < position) - Removals.Count(at => at < position);

    /// <summary>How many leads it had from one position to another.</summary>
    public IEnumerable<long> CountsBetween(int from, int to) => Leads.Concat(Removals).Where(at => at >= from && at < to)
        .Select(at => at + 1).Prepend(from).Append(to).Distinct().Select(CountAt);

    /// <summary>The statuses that it had between two positions, one after the other.</summary>
    public IEnumerable<CampaignStatus> Between(int from, int to)
    {
        var first = _statuses.FindLastIndex(entry => entry.At < from);
        return _statuses.Skip(first).TakeWhile(entry => entry.At < to).Select(entry => entry.Status);
    }
}
