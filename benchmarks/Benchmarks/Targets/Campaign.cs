using LeadEngine.Benchmarks.Load;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>A campaign on a target, and the requests about its people.</summary>
internal sealed class Campaign(string path, string apiKey, string run)
{
    public string Path => path;

    public string ApiKey => apiKey;

    public RequestTemplate SignUp { get; } = RequestTemplate.SignUp(path, apiKey, run);

    public RequestTemplate LookUp { get; } = RequestTemplate.LookUp(path, apiKey, run);

    public string EmailOf(long person) => RequestTemplate.EmailOf(run, person);
}
