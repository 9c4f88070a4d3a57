using LeadEngine.Silo.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadEngine.ApiHost.Tests.Logging;

public sealed class PrivateConsoleTests
{
    [Fact]
    public void Write_EventAboutAPerson_NamesNobody()
    {
        var exception = new InvalidOperationException("no answer from identifier/7/p/+12065550100");
        var entry = new LogEntry<string>(
            LogLevel.Warning, "Orleans.Runtime", default, "identifier/7/e/ada@example.com is slow", exception, (state, _) => state);
        using var written = new StringWriter();

        new PrivateConsole(new ManualClock()).Write(entry, null, written);

        var log = written.ToString();
        Assert.StartsWith("2026-03-01T12:00:00.000Z Warning Orleans.Runtime: identifier/7/e/", log, StringComparison.Ordinal);
        Assert.Contains("no answer from identifier/7/p/", log, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", log, StringComparison.Ordinal);
        Assert.DoesNotContain("2065550100", log, StringComparison.Ordinal);
    }
}
