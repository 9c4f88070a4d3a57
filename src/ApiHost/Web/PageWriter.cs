using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace LeadEngine.ApiHost.Web;

/// <summary>Writes pages: plain HTML without scripts, of which nothing comes from elsewhere, and which nobody keeps or frames.</summary>
internal static class PageWriter
{
    private const string ContentType = "text/html; charset=utf-8";

    private const string Style =
        "body{max-width:34rem;margin:15vh auto;padding:0 1rem;font:1.1rem/1.5 system-ui,sans-serif}"
        + "button,input{font:inherit;padding:.5rem 1rem;margin:.5rem 0}input{width:9rem}";

    // No form-action: browsers apply it to the redirect behind a form as well, and the page after verification may be anybody's.
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    public static async Task Send(HttpContext context, Page page)
    {
        var response = context.Response;
        response.StatusCode = page.Status;
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer"; // The address of the page is the secret.
        if (page.Location is { } address)
        {
            response.Headers.Location = address;
            return;
        }

        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["X-Robots-Tag"] = "noindex";
        if (page.RetryAfter is { TotalSeconds: var wait })
        {
            response.Headers.RetryAfter = Math.Ceiling(wait).ToString(CultureInfo.InvariantCulture);
        }

        var body = Encoding.UTF8.GetBytes(Write(page));
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    private static string Write(Page page)
    {
        var title = Escape(page.Title);
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width\"><title>").Append(title).Append("</title>")
            .Append("<style>").Append(Style).Append("</style></head>\n<body><main><h1>").Append(title).Append("</h1>\n");
        foreach (var paragraph in page.Paragraphs) html.Append("<p>").Append(Escape(paragraph)).Append("</p>\n");
        if (page.Form is { } form) Write(html, form);
        return html.Append("</main></body></html>\n").ToString();
    }

    private static void Write(StringBuilder html, PageForm form)
    {
        html.Append("<form method=\"post\" action=\"").Append(Escape(form.Action)).Append("\">");
        if (form.Field is { } field)
        {
            html.Append("<p><label>").Append(Escape(field.Label)).Append("<br><input name=\"").Append(Escape(field.Name))
                .Append("\" inputmode=\"numeric\" autocomplete=\"one-time-code\" ")
                .Append(CultureInfo.InvariantCulture, $"maxlength=\"{field.Digits}\" required></label></p>");
        }

        html.Append("<button>").Append(Escape(form.Button)).Append("</button></form>\n");
    }

    private static string Escape(string text) => HtmlEncoder.Default.Encode(text);
}
