using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace LeadEngine.Silo.Logging;

/// <summary>Makes the console's log private.</summary>
internal static class PrivateLog
{
    public static void AddPrivateConsole(this ILoggingBuilder logging)
    {
        logging.AddConsole(console => console.FormatterName = PrivateConsole.FormatterName);
        logging.AddConsoleFormatter<PrivateConsole, ConsoleFormatterOptions>();
    }
}
