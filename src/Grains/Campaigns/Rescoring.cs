using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Campaigns;

/// <summary>Scores that are being counted by other rules, while the former ones still hold.</summary>
/// <param name="next">What they are counted into.</param>
/// <param name="generation">What marks a score that is in it.</param>
/// <param name="leads">Those who had a score when it began.</param>
internal sealed class Rescoring(Scoreboard next, int generation, long[] leads)
{
    private int _done;

    public Scoreboard Next => next;

    public int Generation => generation;

    public bool IsDone => _done == leads.Length;

    public RescoreProgress Progress => new(_done, leads.Length);

    /// <summary>The next leads to look at.</summary>
    public ReadOnlySpan<long> Take(int limit)
    {
        var taken = leads.AsSpan(_done, Math.Min(limit, leads.Length - _done));
        _done += taken.Length;
        return taken;
    }
}
