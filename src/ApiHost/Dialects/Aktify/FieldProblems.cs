using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>Collects what is wrong with the fields of a request, so that its sender learns all of it at once.</summary>
internal sealed class FieldProblems
{
    private readonly List<FaultDetail> _found = [];
    private readonly HashSet<string> _fields = [];

    /// <param name="field">The field; a second problem of it is not told.</param>
    /// <param name="code">A stable name of the problem.</param>
    /// <param name="message">What is wrong: the rest of a sentence that starts with the field's name.</param>
    public void Add(string field, string code, string message)
    {
        if (_fields.Add(field)) _found.Add(new FaultDetail(field, code, $"{field} {message}."));
    }

    /// <summary>Whether something is wrong with a field.</summary>
    public bool Has(string field) => _fields.Contains(field);

    /// <summary>The fault to answer with; null when nothing is wrong.</summary>
    public Fault? ToFault() => _found.Count == 0 ? null : AktifyFaults.Invalid with { Details = [.. _found] };
}
