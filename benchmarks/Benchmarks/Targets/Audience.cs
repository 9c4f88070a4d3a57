using LeadEngine.Benchmarks.Load;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>The people sent to a target, numbered from 0 and dealt out to one or more campaigns, and how many it acknowledged.</summary>
internal sealed class Audience(Campaign[] campaigns)
{
    private long unknown;

    /// <summary>New people whom the target said that it has.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>How many were sent.</summary>
    public long Count { get; private set; }

    public long NextPerson() => Count++;

    public ReadOnlySpan<byte> SignUp(long person) => campaigns[person % campaigns.Length].SignUp.For(person);

    public ReadOnlySpan<byte> LookUp(long person) => campaigns[person % campaigns.Length].LookUp.For(person);

    public void Book(LoadResult result)
    {
        Acknowledged += result.Acknowledged(RequestKind.NewLead);
        unknown += result.Unknown(RequestKind.NewLead);
    }

    /// <summary>Says what is wrong where the target holds other leads than it acknowledged; null where all is well.</summary>
    public async Task<string?> FindFaultAsync(Target target, CancellationToken token)
    {
        var counted = 0L;
        for (var index = 0; index < campaigns.Length; index++)
        {
            counted += await target.CountLeadsAsync(campaigns[index], campaigns[index].EmailOf(index), token);
        }

        return counted >= Acknowledged && counted <= Acknowledged + unknown
            ? null
            : $"{target.Name} holds {counted} leads; it acknowledged {Acknowledged}, and {unknown} requests got no clear answer";
    }
}
