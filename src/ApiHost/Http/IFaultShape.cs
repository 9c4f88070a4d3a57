namespace LeadEngine.ApiHost.Http;

/// <summary>How a part of the API words its errors.</summary>
internal interface IFaultShape
{
    /// <summary>Whether a path belongs to that part, also when no route is there.</summary>
    bool Owns(PathString path);

    /// <summary>Answers with a fault, and counts it.</summary>
    Task Send(HttpContext context, Fault fault);
}
