using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Collects what is wrong with the parameters of a request, so that its sender learns all of it at once.</summary>
internal sealed class ParameterProblems
{
    private const int MaxTold = 20;

    private List<FaultDetail>? _found;

    public void Add(Parameter parameter, string code, string message) => Add(ParameterNames.Of(parameter), code, message);

    /// <param name="name">The parameter; empty when the request as a whole is meant.</param>
    /// <param name="code">A stable name of the problem.</param>
    /// <param name="message">What is wrong: a sentence, or the rest of one that starts with the parameter's name.</param>
    public void Add(string name, string code, string message)
    {
        _found ??= [];
        var told = name.Length == 0 || char.IsUpper(message[0]) ? message : $"{name} {message}.";
        var isTold = _found.Exists(detail => detail.Parameter == name && detail.Code == code);
        if (_found.Count < MaxTold && !isTold) _found.Add(new FaultDetail(name, code, told));
    }

    /// <summary>The fault to answer with; null when nothing is wrong.</summary>
    public Fault? ToFault() => _found is [var first, ..]
        ? new Fault(StatusCodes.Status406NotAcceptable, first.Code, first.Message) { Details = [.. _found] }
        : null;
}
