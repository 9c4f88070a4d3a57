namespace LeadEngine.Silo.Health;

/// <summary>Asks a host how it is, as a command of its own: images that hold the engine hold no other program that could.</summary>
public static class HealthProbe
{
    private const string Option = "--health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Whether the process was started for this alone: with <c>--health URL</c>.</summary>
    public static bool IsAskedFor(string[] args) => args is [Option, ..];

    /// <returns>The exit code: 0 if the URL answers 200.</returns>
    public static async Task<int> Run(string[] args, TextWriter output)
    {
        if (args is not [Option, var text] || !Uri.TryCreate(text, UriKind.Absolute, out var url) || !url.Scheme.StartsWith("http", StringComparison.Ordinal))
        {
            await output.WriteLineAsync($"usage: {Option} http://localhost:8080/health/ready");
            return 2;
        }

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(url);
            await output.WriteLineAsync($"{(int)answer.StatusCode} {answer.ReasonPhrase}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception silence) when (silence is HttpRequestException or TaskCanceledException)
        {
            await output.WriteLineAsync(silence.Message);
            return 1;
        }
    }
}
