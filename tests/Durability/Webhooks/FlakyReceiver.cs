using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LeadEngine.Durability.Webhooks;

/// <summary>
/// Receives webhooks on loopback and keeps what it got. One event of most leads it gets twice, since it answers the first time with 500,
/// or not at all. It can be told to keep everybody waiting, so that a test kills the engine while it delivers.
/// </summary>
internal sealed class FlakyReceiver : IAsyncDisposable
{
    /// <summary>Where webhooks in KickoffLabs' words go.</summary>
    public const string KickoffLabs = "/kickofflabs";

    /// <summary>Where webhooks in SendKit's words go.</summary>
    public const string SendKit = "/sendkit";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<Receipt> _receipts = [];
    private readonly HashSet<string> _failed = [];
    private readonly Random _random = new(20261128);
    private Hold? _hold;

    private FlakyReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>Which life of the engine it is: the test counts them.</summary>
    public int Life { get; set; }

    /// <summary>What came so far, in order.</summary>
    public ImmutableArray<Receipt> Receipts
    {
        get
        {
            lock (_lock) return [.. _receipts];
        }
    }

    public static async Task<FlakyReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new FlakyReceiver(app);
        app.Run(receiver.Serve);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Answers nobody any more until something was done, which begins when so many requests wait for an answer.</summary>
    public async Task KeepWaiting(int requests, Func<Task> doing)
    {
        var hold = new Hold(requests);
        lock (_lock) _hold = hold;
        await hold.Enough.Task.WaitAsync(Patience);
        await doing();
        lock (_lock) _hold = null;
        hold.Over.SetResult();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Serve(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        var (hold, answer) = Keep(Read(context.Request, body));
        if (hold is not null) await hold.Over.Task;
        if (answer is not { } status || hold is not null) context.Abort();
        else context.Response.StatusCode = status;
    }

    private Receipt Read(HttpRequest request, JsonElement body)
    {
        var id = request.Headers["webhook-id"].ToString();
        return request.Path == KickoffLabs
            ? new(id, body.GetProperty("__event").GetString()!, body.GetProperty("email").GetString()!, Life)
            : new(id, body.GetProperty("event").GetString()!, body.GetProperty("data").GetProperty("_id").GetString()!, Life);
    }

    private (Hold? Hold, int? Answer) Keep(Receipt receipt)
    {
        lock (_lock)
        {
            _receipts.Add(receipt);
            _hold?.Count();
            return (_hold, Answer(receipt.Who));
        }
    }

    // A lead's second failure could be one of the same event, whose third try would come minutes later.
    private int? Answer(string who)
    {
        if (_random.Next(2) == 0 || !_failed.Add(who)) return StatusCodes.Status200OK;
        return _random.Next(2) == 0 ? StatusCodes.Status500InternalServerError : null;
    }

    private sealed class Hold(int requests)
    {
        private int _left = requests;

        public TaskCompletionSource Enough { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Count()
        {
            if (--_left == 0) Enough.SetResult();
        }
    }
}
