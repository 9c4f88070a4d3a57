using LeadEngine.Simulation.Clients;

namespace LeadEngine.Simulation.Engine;

/// <summary>One process's way to the receivers, in the place of real connections.</summary>
internal sealed class ReceiverLine(int process, World world, Receiver receiver) : HttpMessageHandler
{
    private bool _isCut;

    /// <summary>The process is gone: what it has under way gets there or does not.</summary>
    public void Cut() => _isCut = true;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = new StreamReader(request.Content!.ReadAsStream(cancellationToken));
        var posted = new Posted
        {
            Process = process,
            Url = request.RequestUri!.ToString(),
            Id = request.Headers.GetValues("webhook-id").Single(),
            Body = body.ReadToEnd(),
            SentAt = world.Time.GetTimestamp(),
        };
        return receiver.Send(posted, () => !_isCut || world.Chance.Happens(0.5), cancellationToken);
    }
}
