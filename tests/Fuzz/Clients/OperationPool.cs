using LeadEngine.Fuzz.Api;

namespace LeadEngine.Fuzz.Clients;

/// <summary>Everything that may be asked: what is described, the preflights of that, and what is not there at all.</summary>
internal sealed class OperationPool
{
    private static readonly string[] Nowhere =
    [
        "/", "/v2/campaigns", "/v2/1/stats", "/v1", "/v1/nothing", "/v1/leads/1/2/3", "/api", "/api/v1", "/api/v1/nothing",
        "/api/v2/leads", "/admin", "/admin/nothing",
        "/admin/campaigns/1/keys/2", "/l", "/l/", "/health", "/favicon.ico", "/robots.txt", "/.env", "/swagger", "/openapi/v2.json",
        "/opt-out", "/opt-out/x", "/verify/x/y", "/verify-phone",
    ];

    private readonly List<(double Weight, ApiOperation Choice)> _weighted;

    public OperationPool(IReadOnlyList<ApiOperation> described)
    {
        Described = described;
        _weighted =
        [
            .. described.Select(operation => (WeightOf(operation), operation)),
            .. described.Select(operation => operation.Path).Distinct().Select(path => (0.25, Of("OPTIONS", path))),
            .. Nowhere.Select(path => (0.05, Of("GET", path))),
            (0.05, Of("GET", ApiDescription.Path)),
        ];
    }

    public IReadOnlyList<ApiOperation> Described { get; }

    public ApiOperation Draw(Chance chance) => chance.Of(_weighted);

    private static ApiOperation Of(string method, string path) => new() { Method = method, Path = path, Dialect = Dialects.Of(path) };

    // Those that write most: the more there is, the deeper do the others reach. New accounts and campaigns are for ever.
    private static double WeightOf(ApiOperation operation) => operation switch
    {
        { Dialect: Dialect.Administration, Method: "POST" } => 0.3,
        { Dialect: Dialect.Common } => 0.3,
        { Path: "/v1/campaigns/{id}/leads/{campaign_lead_id}" or "/v2/{campaign_id}/outbound-webhook" } => 6, // Hard to get through to.
        { Path: "/v1/webhooks/{webhook_id}/test" } => 0.5, // It waits for the receiver.
        { Method: "POST" } => 4,
        { Method: "PATCH" or "DELETE" } => 2, // Much has to be right before they find what they are for.
        _ => 1,
    };
}
