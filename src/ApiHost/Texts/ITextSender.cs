using LeadEngine.ApiHost.Webhooks;

namespace LeadEngine.ApiHost.Texts;

/// <summary>Sends text messages. Another one than ours takes its place by being registered instead.</summary>
internal interface ITextSender
{
    /// <summary>Whether text messages can be sent at all.</summary>
    bool IsOn { get; }

    /// <summary>Hands a message over, once.</summary>
    /// <param name="to">A phone number in E.164 form.</param>
    /// <param name="text">What to tell.</param>
    /// <param name="cancel">Nobody waits any more.</param>
    Task<DeliveryOutcome> Send(string to, string text, CancellationToken cancel);
}
