using System.Buffers;
using System.Text;
using System.Text.Json;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.Storage.Postgres;

/// <summary>Many stored JSON values with one writer.</summary>
internal static class JsonTexts
{
    public static string[] Of(LeadProfile[] profiles) => Of(profiles, LeadProfileJson.Write);

    public static string[] Of(PersonDetails[] details) => Of(details, PersonDetailsJson.Write);

    private static string[] Of<T>(T[] values, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = StoredJson.CreateWriter(buffer);
        var texts = new string[values.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            buffer.ResetWrittenCount();
            json.Reset();
            write(json, values[i]);
            texts[i] = Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        return texts;
    }
}
