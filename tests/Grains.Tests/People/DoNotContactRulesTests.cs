using LeadEngine.Grains.People;
using LeadEngine.People;

namespace LeadEngine.Grains.Tests.People;

public sealed class DoNotContactRulesTests
{
    [Fact]
    public void EntriesFor_AddressesOfOneDomain_AskForItOnce() => Assert.Equal<DoNotContact>(
        [
            new(DoNotContactKind.Email, "a@x.org", ""), new(DoNotContactKind.Domain, "x.org", ""), new(DoNotContactKind.Email, "b@x.org", ""),
            new(DoNotContactKind.Phone, "+1", ""),
        ],
        DoNotContactRules.EntriesFor(["a@x.org", "b@x.org", "+1"]));

    [Fact]
    public void NamedBy_AddressItsDomainOrANumber_AreTold() => Assert.Equal<string>(
        ["a@x.org", "c@y.org", "+1"],
        DoNotContactRules.NamedBy(
            [new(DoNotContactKind.Email, "a@x.org", "import"), new(DoNotContactKind.Domain, "y.org", "import"), new(DoNotContactKind.Phone, "+1", "stop")],
            ["a@x.org", "b@x.org", "c@y.org", "d@sub.y.org", "+1", "+2"]));
}
