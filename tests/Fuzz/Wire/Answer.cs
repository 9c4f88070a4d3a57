using System.Text;
using System.Text.Json;

namespace LeadEngine.Fuzz.Wire;

/// <summary>An answer as it came over the connection.</summary>
internal sealed record Answer(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether the connection ends with it.</summary>
    public bool IsLast => Header("Connection")?.Equals("close", StringComparison.OrdinalIgnoreCase) is true;

    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The body as JSON; null when it is none.</summary>
    public JsonElement? Json()
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() =>
        $"{Status} {string.Join(" | ", Headers.Select(header => $"{header.Name}: {header.Value}"))}\n{Printable.Of(Body)}";
}
