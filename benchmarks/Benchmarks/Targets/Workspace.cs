using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>An account of its own, asked in SendKit's dialect.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>How many leads a request holds.</summary>
    public const int PageSize = 5_000;

    private static readonly string[] FirstNames = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "Ken", "Radia", "Tony"];
    private static readonly string[] Companies = ["Acme", "Globex", "Initech", "Umbrella", "Hooli", "Stark", "Wayne", "Tyrell"];
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(5);

    private readonly HttpClient http;

    public Workspace(string root, string apiKey)
    {
        http = new() { BaseAddress = new(root), Timeout = CallLimit };
        http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
    }

    /// <summary>How many people it has been sent.</summary>
    public int Count { get; private set; }

    /// <summary>Makes a campaign, and tells where its leads are.</summary>
    public async Task<string> OpenCampaignAsync(CancellationToken token)
    {
        var made = await SendAsync(HttpMethod.Post, "/v1/campaigns", """{"name":"Benchmark"}"""u8.ToArray(), token);
        return $"/v1/campaigns/{made.GetProperty("_id").GetString()}/leads";
    }

    /// <summary>The body of a request with the next people: names, a company, and a tag that one of a hundred has.</summary>
    public byte[] NextPage()
    {
        var body = new StringBuilder("{\"leads\":[");
        for (var index = 0; index < PageSize; index++, Count++)
        {
            if (index > 0) body.Append(',');
            body.Append(CultureInfo.InvariantCulture, $$"""
                {"email":"p{{Count:D8}}@{{NameOf(Count, Companies, 10)}}{{Count % 1_000}}.example","firstName":"{{NameOf(Count, FirstNames, 1)}}","lastName":"Family{{Count % 20_000}}","companyName":"{{NameOf(Count, Companies, 10)}}","tags":["cohort-{{Count % 100}}"]}
                """);
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken token)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        }

        using var response = await http.SendAsync(request, token);
        var text = await response.Content.ReadAsStringAsync(token);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{path} was answered {(int)response.StatusCode}: {text}");
        var answer = JsonElement.Parse(text);
        return answer.GetProperty("data");
    }

    public void Dispose() => http.Dispose();

    private static string NameOf(int person, string[] names, int width) => names[person / width % names.Length];
}
