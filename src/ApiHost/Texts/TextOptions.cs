using System.ComponentModel.DataAnnotations;

namespace LeadEngine.ApiHost.Texts;

/// <summary>How text messages leave: configuration section <c>Texts</c>. Without an address there are none.</summary>
public sealed class TextOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Texts";

    /// <summary>
    /// The http(s) address of the gateway that sends text messages: it is posted <c>{"to": "+12065550100", "text": "…"}</c>, and takes the
    /// message by any answer of 200 to 299. Default: none.
    /// </summary>
    [Url]
    public string? Url { get; set; }

    /// <summary>What is sent to it as <c>Authorization: Bearer</c>. Default: nothing.</summary>
    public string? Token { get; set; }
}
