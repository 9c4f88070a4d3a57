using System.Buffers;
using System.Text;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Postgres;

internal static class ProfileTexts
{
    public static string[] Of(LeadProfile[] profiles)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = LeadProfileJson.CreateWriter(buffer);
        var texts = new string[profiles.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            buffer.ResetWrittenCount();
            json.Reset();
            LeadProfileJson.Write(json, profiles[i]);
            texts[i] = Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        return texts;
    }
}
