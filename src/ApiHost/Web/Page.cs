using System.Collections.Immutable;

namespace LeadEngine.ApiHost.Web;

/// <summary>A page of ours. Whoever holds a link may see it, so nothing personal is on it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">Title and heading, as plain text.</param>
/// <param name="Paragraphs">What it says, as plain text.</param>
internal sealed record Page(int Status, string Title, params ImmutableArray<string> Paragraphs)
{
    /// <summary>What can be done on it; null for nothing.</summary>
    public PageForm? Form { get; init; }

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where to go instead of reading it: an absolute address in ASCII.</summary>
    public string? Location { get; init; }

    /// <summary>A page that says how things are.</summary>
    public static Page Of(string title, params ImmutableArray<string> paragraphs) => new(StatusCodes.Status200OK, title, paragraphs);

    /// <summary>Sends a browser that posted a form on to another page.</summary>
    public static Page SeeOther(string address) => new(StatusCodes.Status303SeeOther, "Done") { Location = address };
}

/// <summary>A button, which posts, and what may be typed in beside it.</summary>
/// <param name="Button">What stands on it.</param>
/// <param name="Action">Where it posts to, relative to the page; empty for the page itself.</param>
/// <param name="Field">What is asked for; null for nothing.</param>
internal sealed record PageForm(string Button, string Action = "", PageField? Field = null);

/// <summary>A short number to type in.</summary>
/// <param name="Name">What it is called in the form.</param>
/// <param name="Label">What the person is told to type in.</param>
/// <param name="Digits">How many digits it has.</param>
internal sealed record PageField(string Name, string Label, int Digits);
