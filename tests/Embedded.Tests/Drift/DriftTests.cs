namespace LeadEngine.Embedded.Tests.Drift;

public sealed class DriftTests
{
    [DriftFact]
    public void PublicApi_IsSubsetOfOrleans() => AssertNone(Drift(RealAssemblies.Orleans!, inPhones: false));

    [DriftFact]
    public void PublicPhoneApi_IsSubsetOfLibphonenumber() => AssertNone(Drift(RealAssemblies.PhoneNumbers!, inPhones: true));

    [DriftFact]
    public void Comparison_WithAnotherTypeOrNone_NamesWhatDiffers()
    {
        Assert.Equal([$"{nameof(Orleans)}.{nameof(Grain)} is not there"], Drift(typeof(Grain), null));
        var drift = Drift(typeof(IGrainFactory), RealAssemblies.Orleans!.Find(typeof(IClusterClient).FullName!));
        Assert.Contains(drift, line => line.Contains("(System.Int64 primaryKey, System.String? grainClassNamePrefix = default)"));
    }

    private static void AssertNone(IEnumerable<string> drift) =>
        Assert.True(!drift.Any(), string.Join("\n", drift));

    private static IEnumerable<string> Drift(RealAssemblies real, bool inPhones) =>
        from type in typeof(Grain).Assembly.GetExportedTypes()
        where type.Namespace == "PhoneNumbers" == inPhones
        from line in Drift(type, real.Find(type.FullName!))
        select line;

    private static IEnumerable<string> Drift(Type ours, Type? theirs)
    {
        if (theirs is null) return [$"{ours} is not there"];
        var offered = Signatures.Of(theirs).SelectMany(Weaker).ToHashSet();
        return Signatures.Of(ours).Where(line => !offered.Contains(line) && !offered.Contains(Signatures.WithoutNullability(line)));
    }

    /// <summary>To offer less is no drift: what cannot be derived from, or says whether it is null where they do not.</summary>
    private static IEnumerable<string> Weaker(string line)
    {
        var closed = line.StartsWith("class ", StringComparison.Ordinal) ? $"sealed {line}" : line.Replace(" virtual ", " ");
        string[] weaker = [line, closed];
        return line.Contains(Signatures.Oblivious) ? weaker.Select(Signatures.WithoutNullability) : weaker;
    }
}
