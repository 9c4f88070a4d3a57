namespace LeadEngine.Verification;

/// <summary>
/// What was sent to a lead so that it proves an e-mail address or a phone number, for as long as it matters; an hour later nothing is left of
/// it, and nothing when the lead is removed. Its key is the numeric lead id.
/// </summary>
[Alias("verification.IVerificationGrain")]
public interface IVerificationGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Whether a mail may go out: one an hour, so that nobody's mailbox is flooded by signing them up again and again. To ask again for the
    /// same delivery is to try it again.
    /// </summary>
    [Alias("MayMail")]
    Task<bool> MayMail(long deliveryId);

    /// <summary>
    /// Makes the code that a delivery takes to the lead: six digits, good for ten minutes and five wrong tries. A repeat for the same
    /// delivery makes another, in place of the first.
    /// </summary>
    /// <returns>Null when another delivery took one that may still arrive: ten minutes have to pass.</returns>
    [Alias("IssueCode")]
    Task<string?> IssueCode(long deliveryId);

    /// <summary>Whether it is the code that is good now. One that is wrong counts as a try.</summary>
    [Alias("Check")]
    Task<bool> Check(string code);
}
