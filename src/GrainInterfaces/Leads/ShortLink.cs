namespace LeadEngine.Leads;

/// <summary>A short link that is made in the same transaction as the lead that it is for.</summary>
/// <param name="Code">The last part of its address: unguessable, never given twice.</param>
/// <param name="Url">The absolute http or https address that it leads to.</param>
[GenerateSerializer, Immutable, Alias("leads.ShortLink")]
public sealed record ShortLink([property: Id(0)] string Code, [property: Id(1)] string Url);
