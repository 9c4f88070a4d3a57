using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Verification;

namespace LeadEngine.ApiHost.Texts;

/// <summary>The codes that leads were sent.</summary>
internal sealed class PhoneCodes(ITextSender sender, IGrainFactory grains, EngineCalls calls)
{
    /// <summary>How many digits a code has.</summary>
    public const int Digits = 6;

    /// <summary>The code is wrong or too old, or was guessed at too often.</summary>
    public static readonly Fault Wrong = new(StatusCodes.Status404NotFound, "wrong_code", "Verification code is not valid");

    /// <summary>Whether codes can be sent at all.</summary>
    public bool IsOn => sender.IsOn;

    /// <summary>Looks whether a code is the lead's. It stays good until its time is over, so that a repeated request succeeds.</summary>
    /// <returns>Null when it is right.</returns>
    public async Task<Fault?> Check(long leadId, string code, Deadline deadline)
    {
        code = code.Trim();
        if (code.Length != Digits || !code.All(char.IsAsciiDigit)) return Wrong;
        try
        {
            return await calls.UntilHeard(_ => grains.GetGrain<IVerificationGrain>(leadId).Check(code), deadline) ? null : Wrong;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Faults.Busy;
        }
    }
}
