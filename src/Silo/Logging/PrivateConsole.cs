using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace LeadEngine.Silo.Logging;

/// <summary>
/// The log as it is written: a line for each event, and the exception below it. Whoever logs, the actor system and the server included, no
/// e-mail address, phone number or key gets through.
/// </summary>
internal sealed class PrivateConsole(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "private";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var message = PrivateText.Hide(logEntry.Formatter(logEntry.State, logEntry.Exception));
        textWriter.WriteLine($"{time} {logEntry.LogLevel} {logEntry.Category}: {message}");
        if (logEntry.Exception is { } exception) textWriter.WriteLine(PrivateText.Hide(exception.ToString()));
    }
}
