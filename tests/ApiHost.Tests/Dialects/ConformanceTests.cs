using System.Text.RegularExpressions;
using LeadEngine.ApiHost.Tests.Deployment;

namespace LeadEngine.ApiHost.Tests.Dialects;

/// <summary>That the tests which the dialects' pages name are there.</summary>
public sealed partial class ConformanceTests
{
    [Theory]
    [InlineData("kickofflabs.md")]
    [InlineData("aktify.md")]
    [InlineData("sendkit.md")]
    public void Page_EveryTestThatItNames_Exists(string page)
    {
        var text = Repository.ReadText($"docs/{page}");
        var named = NamesOf(text[text.IndexOf("## Conformance", StringComparison.Ordinal)..]).ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(KnownTests()));
    }

    // In a list of tests the class is named once.
    private static IEnumerable<string> NamesOf(string text)
    {
        var owner = "";
        foreach (Match name in TestName.Matches(text))
        {
            if (name.Groups["class"].Success) owner = name.Groups["class"].Value;
            yield return $"{owner}.{name.Groups["method"].Value}";
        }
    }

    private static IEnumerable<string> KnownTests() =>
        from type in typeof(ConformanceTests).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0
        select $"{type.Name}.{method.Name}";

    [GeneratedRegex(@"`(?:(?<class>\w+Tests)\.)?(?<method>[A-Z]\w*_\w+_\w+)`")]
    private static partial Regex TestName { get; }
}
