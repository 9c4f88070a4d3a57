using LeadEngine.Silo.Logging;

namespace LeadEngine.ApiHost.Tests.Logging;

public sealed class PrivateTextTests
{
    [Theory]
    [InlineData("No answer from identifier/135544/e/ada@example.com in 10 s", "No answer from identifier/135544/e/(e-mail) in 10 s")]
    [InlineData("identifier/135544/p/+12065550100 failed", "identifier/135544/p/(phone) failed")]
    [InlineData("key 'sk_7_abcDEF123' is bad", "key '(key)' is bad")]
    [InlineData("at Leads.LeadGrain.Update(UpsertLead command)", "at Leads.LeadGrain.Update(UpsertLead command)")]
    public void Hide_Text_KeepsAllButPeopleAndKeys(string text, string expected) => Assert.Equal(expected, PrivateText.Hide(text));
}
