using Xunit.Abstractions;
using Xunit.Sdk;

namespace LeadEngine.TestSupport;

/// <summary>A rule that every store keeps. It is skipped, with the reason, for a store that its test class says is absent.</summary>
[XunitTestCaseDiscoverer("LeadEngine.TestSupport.ContractFactDiscoverer", "LeadEngine.TestSupport")]
public sealed class ContractFactAttribute : FactAttribute;

/// <inheritdoc cref="ContractFactAttribute"/>
[XunitTestCaseDiscoverer("LeadEngine.TestSupport.ContractTheoryDiscoverer", "LeadEngine.TestSupport")]
public sealed class ContractTheoryAttribute : TheoryAttribute;

/// <summary>On a test class: the store that it needs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsStoreAttribute : Attribute
{
    /// <summary>Why the store is absent; null when it is there.</summary>
    public abstract string? WhyAbsent { get; }

    internal static string? WhySkipped(ITestMethod method) =>
        method.TestClass.Class.ToRuntimeType().GetCustomAttributes(typeof(NeedsStoreAttribute), inherit: true)
            .Cast<NeedsStoreAttribute>().Select(needs => needs.WhyAbsent).FirstOrDefault(why => why is not null);
}

public sealed class ContractFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        NeedsStoreAttribute.WhySkipped(testMethod) is { } why
            ? new AbsentStoreTestCase(DiagnosticMessageSink, discoveryOptions, testMethod, why)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

public sealed class ContractTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        NeedsStoreAttribute.WhySkipped(testMethod) is { } why
            ? [new AbsentStoreTestCase(DiagnosticMessageSink, discoveryOptions, testMethod, why)]
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

public sealed class AbsentStoreTestCase : XunitTestCase
{
    private string _why = "";

    [Obsolete("For the deserializer.")]
    public AbsentStoreTestCase() { }

    public AbsentStoreTestCase(IMessageSink messages, ITestFrameworkDiscoveryOptions options, ITestMethod method, string why)
        : base(messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method)
    {
        _why = why;
        SkipReason = why;
    }

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue(nameof(_why), _why);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        _why = data.GetValue<string>(nameof(_why));
        base.Deserialize(data);
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) => _why;
}
