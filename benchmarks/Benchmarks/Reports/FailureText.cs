namespace LeadEngine.Benchmarks.Reports;

internal static class FailureText
{
    /// <summary>What went wrong, without the server's last words and the trace, which go to standard error.</summary>
    public static string ToLine(this Exception failure) => $"{failure.GetType().Name}: {failure.Message.Split(['\r', '\n'])[0]}";
}
