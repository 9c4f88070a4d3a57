using System.Text.Json;
using LeadEngine.Fuzz.Promises;
using LeadEngine.Fuzz.Requests;
using LeadEngine.Fuzz.Wire;

namespace LeadEngine.Fuzz.Clients;

/// <summary>One client with a connection of its own: sends, checks, learns.</summary>
internal sealed class Client(int port, Memory memory, Ledger ledger, Report report) : IDisposable
{
    private Connection? _connection;

    public Memory Memory => memory;

    public void Dispose() => _connection?.Dispose();

    public async Task<Outcome> Send(Draft draft)
    {
        if (_connection is null or { IsOver: true }) await Reconnect();
        var exchange = DraftWriter.Write(draft);
        var outcome = await _connection!.Send(exchange);
        report.Count(draft, outcome);
        if (outcome.Problem is { } problem) report.Add(draft, outcome, problem);
        if (outcome.Answers.Count != exchange.Expected || exchange.IsBroken) ledger.Wonder();
        foreach (var answer in outcome.Answers)
        {
            foreach (var wrong in AnswerChecks.Of(draft, answer)) report.Add(draft, outcome, wrong);
            if (ledger.Note(draft, answer) is { } contradiction) report.Add(draft, outcome, contradiction);
            if (!draft.IsPlain || !answer.IsSuccess || answer.Json() is not { } learned) continue;
            memory.Learn(draft.Account.Index, draft.Operation.Path, learned);
            memory.LearnReceiver(draft);
            memory.LearnInbound(draft, learned);
            memory.LearnNames(draft, learned);
            if (draft.Operation.IsListOfMembers) memory.LearnMembers(draft.Account.Index, draft.Path, learned);
        }

        if (IsUnequal(draft, outcome.Answers)) report.Add(draft, outcome, "The same request under the same key got different answers.");
        return outcome;
    }

    // An answer under an idempotency key is the answer, however often it is asked for.
    private static bool IsUnequal(Draft draft, IReadOnlyList<Answer> answers) =>
        draft is { IsBroken: false, Method: "POST" }
        && draft.Headers.Count(header => header.Name.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase)) == 1
        && answers.Where(IsOfLead).Select(answer => answer.Text).Distinct().Count() > 1;

    private static bool IsOfLead(Answer answer) =>
        answer.IsSuccess
        && answer.Json() is { ValueKind: JsonValueKind.Object } lead
        && lead.TryGetProperty("subscription_number", out _);

    private async Task Reconnect()
    {
        _connection?.Dispose();
        _connection = await Connection.Open(port);
    }
}
