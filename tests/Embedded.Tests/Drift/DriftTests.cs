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
        Assert.Contains(drift, line => line.Contains("GetGrain<TGrainInterface>(System.Int64 primaryKey, System.String? grainClassNamePrefix = default)"));
    }

    private static void AssertNone(IEnumerable<string> drift) =>
        Assert.True(!drift.Any(), string.Join("\n", drift));

    private static IEnumerable<string> Drift(RealAssemblies real, bool inPhones) =>
        from type in typeof(Grain).Assembly.GetExportedTypes()
        where type.Namespace == "PhoneNumbers" == inPhones
        from line in Drift(type, real.Find(type.FullName!))
        select line;

    private static IEnumerable<string> Drift(Type ours, Type? theirs) =>
        theirs is null ? [$"{ours} is not there"] : Signatures.Of(ours).Except(Signatures.Of(theirs));
}
