using System.Diagnostics;
using System.Text;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Simulation.Engine;

namespace LeadEngine.Simulation.Clients;

/// <summary>What a host does with a request once HTTP is out of the way: it runs in the process that it was sent to.</summary>
internal sealed partial class Host(SimulatedProcess process, TimeSpan span)
{
    private const int MaxTries = 3;

    private readonly long _start = process.Clock.GetTimestamp();

    private GrainRuntime Grains => process.Runtime;

    public async Task<Answer?> Change(ClientRequest request, RequestStamp stamp)
    {
        if (request.Key is not null) return await ChangeOnce(request);
        var reply = await Send(request, stamp);
        return reply.Succeeded ? new Answer(Outcome.Done, reply) : Refused(reply);
    }

    public async Task<LeadReply?> Find(long campaignId, IdentifierKind kind, string value) =>
        await LookUp(Identifier(campaignId, kind, value).Find());

    public async Task<LeadReply?> Get(long campaignId, long leadId) =>
        await LookUp(Grains.GetGrain<ILeadGrain>(leadId).Get(campaignId));

    public Task<LeadPage?> List(long campaignId) => Answered(Grains.GetGrain<ICampaignGrain>(campaignId).List(0, 1_000));

    public async Task<CampaignReply?> Rule(long campaignId, CampaignStatus status)
    {
        var campaign = Grains.GetGrain<ICampaignGrain>(campaignId);
        try
        {
            var reply = await Bound(campaign.SetStatus(status));
            for (var tries = 1; tries < MaxTries && reply.Refusal is LeadRefusal.AskAgain; tries++) reply = await Bound(campaign.SetStatus(status));
            return reply;
        }
        catch (StoreBusyException)
        {
            return CampaignReply.Refused(LeadRefusal.Busy);
        }
        catch (Exception silence) when (silence is TimeoutException or StoreOutcomeUnknownException or OrleansException)
        {
            return CampaignReply.Refused(LeadRefusal.Unknown);
        }
    }

    private async Task<Answer> ChangeOnce(ClientRequest request)
    {
        var record = Grains.GetGrain<IIdempotencyGrain>(request.Key!);
        var begun = await Begin(record, request.Fingerprint);
        return begun.Outcome switch
        {
            BeginOutcome.Run => await RunOnce(request, begun.IsRepeat, record),
            BeginOutcome.AnswerLost => await AnswerAgain(request, begun.Answer!.LeadId, record),
            BeginOutcome.Replay => new Answer(Outcome.Done, Body: Encoding.UTF8.GetString(begun.Answer!.Body.AsSpan())),
            BeginOutcome.Running => new Answer(Outcome.Running),
            BeginOutcome.Mismatch => new Answer(Outcome.Mismatch),
            BeginOutcome.Busy => new Answer(Outcome.Refused, Refusal: LeadRefusal.Busy),
            _ => throw new UnreachableException("A begun request has one of these outcomes."),
        };
    }

    private async Task<BeginReply> Begin(IIdempotencyGrain record, string fingerprint)
    {
        try
        {
            return await Bound(record.Begin(fingerprint));
        }
        catch (Exception silence) when (IsSilence(silence))
        {
            return new BeginReply { Outcome = BeginOutcome.Busy };
        }
    }

    private async Task<Answer> RunOnce(ClientRequest request, bool isRepeat, IIdempotencyGrain record)
    {
        var reply = await Send(request, new RequestStamp
        {
            Id = request.Id,
            ReceivedAt = process.Clock.GetUtcNow(),
            IsRepeat = isRepeat,
            Idempotency = new IdempotencyClaim(request.Key!, request.Fingerprint),
        });
        if (reply.Succeeded) return await KeepAndSend(request, reply, record);
        await Abandon(record);
        return Refused(reply);
    }

    private async Task<Answer> AnswerAgain(ClientRequest request, long leadId, IIdempotencyGrain record)
    {
        var reply = await LookUp(Grains.GetGrain<ILeadGrain>(leadId).Get(request.CampaignId));
        if (reply.Succeeded) return await KeepAndSend(request, reply, record) with { IsRecalled = true };
        await Abandon(record);
        return Refused(reply);
    }

    private async Task<Answer> KeepAndSend(ClientRequest request, LeadReply reply, IIdempotencyGrain record)
    {
        var body = request.Order is null ? Answer.Text(reply) : "done";
        var answer = new StoredAnswer(request.Fingerprint, reply.Lead!.Id, 200, [.. Encoding.UTF8.GetBytes(body)]);
        return await Keep(record, answer) ? new Answer(Outcome.Done, reply, Body: body) : Answer.Unknown;
    }

    private async Task<bool> Keep(IIdempotencyGrain record, StoredAnswer answer)
    {
        try
        {
            return await Bound(record.Complete(answer));
        }
        catch (Exception silence) when (IsSilence(silence))
        {
            return false;
        }
    }

    private async Task Abandon(IIdempotencyGrain record)
    {
        try
        {
            await Bound(AsTask(record.Abandon()));
        }
        catch (Exception silence) when (IsSilence(silence))
        {
            // Its lease will end.
        }

        static async Task<bool> AsTask(Task call)
        {
            await call;
            return true;
        }
    }

    private async Task<LeadReply> Send(ClientRequest request, RequestStamp stamp)
    {
        var command = new UpsertLead
        {
            CampaignId = request.CampaignId,
            Request = stamp,
            Email = request.Email,
            Phone = request.Phone,
            Patch = request.Patch,
            MustExist = request.MustExist,
            Points = request.Points,
            ReferrerId = request.ReferrerId,
            KeepOptOut = request.KeepOptOut,
            MustBeNew = request.MustBeNew,
            IdentifiedBy = request.IdentifiedBy,
            ShortLink = request.LinkCode is { } code ? new ShortLink(code, Town.UrlOf(code)) : null,
        };
        try
        {
            if (request.Order is not null) return await Bound(CarryOut(request, stamp));
            return await Bound(request.LeadId is { } id ? Grains.GetGrain<ILeadGrain>(id).Update(command) : Identifier(request).Upsert(command));
        }
        catch (StoreBusyException)
        {
            return LeadReply.Refused(LeadRefusal.Busy);
        }
        catch (Exception silence) when (silence is TimeoutException or StoreOutcomeUnknownException or OrleansException)
        {
            return LeadReply.Refused(LeadRefusal.Unknown);
        }
    }

    private async Task<LeadReply> LookUp(Task<LeadReply> call)
    {
        try
        {
            return await Bound(call);
        }
        catch (Exception silence) when (IsSilence(silence))
        {
            return LeadReply.Refused(LeadRefusal.Busy);
        }
    }

    private static bool IsSilence(Exception exception) =>
        exception is StoreBusyException or StoreOutcomeUnknownException or TimeoutException or OrleansException;

    private static Answer Refused(LeadReply reply) => reply.Refusal is LeadRefusal.Unknown
        ? Answer.Unknown
        : new Answer(Outcome.Refused, Refusal: reply.Refusal is LeadRefusal.AskAgain ? LeadRefusal.Busy : reply.Refusal);

    private IIdentifierGrain Identifier(ClientRequest request) => request.IdentifyingEmail is { } email
        ? Identifier(request.CampaignId, IdentifierKind.Email, email)
        : Identifier(request.CampaignId, IdentifierKind.Phone, request.Phone!);

    private IIdentifierGrain Identifier(long campaignId, IdentifierKind kind, string value) =>
        Grains.GetGrain<IIdentifierGrain>(new IdentifierKey(campaignId, kind, value).ToString());

    private Task<T> Bound<T>(Task<T> call)
    {
        if (call.IsCompleted) return call;
        var left = span - process.Clock.GetElapsedTime(_start);
        return call.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, process.Clock);
    }
}
