using System.Security.Cryptography;
using LeadEngine.Verification;

namespace LeadEngine.Grains.Verification;

[GrainType("verification")]
internal sealed class VerificationGrain(
    [PersistentState(VerificationRecord.Name, StateStorage.Name)] IPersistentState<VerificationRecord> record, TimeProvider clock)
    : Grain, IVerificationGrain
{
    private const string Digits = "0123456789";

    public async Task<bool> MayMail(long deliveryId)
    {
        if (VerificationRules.Mail(record.State, deliveryId, clock.GetUtcNow()) is not { } next) return false;
        await record.Save(next, DeactivateOnIdle);
        return true;
    }

    public async Task<string?> IssueCode(long deliveryId)
    {
        var now = clock.GetUtcNow();
        if (!VerificationRules.MayIssue(record.State, deliveryId, now)) return null;
        var code = RandomNumberGenerator.GetString(Digits, VerificationRules.CodeDigits);
        var salt = RandomNumberGenerator.GetBytes(VerificationRules.SaltBytes);
        await record.Save(VerificationRules.Issue(record.State, deliveryId, code, salt, now), DeactivateOnIdle);
        return code;
    }

    // The try is on disk before it is answered, so that a crash gives nobody a further one.
    public async Task<bool> Check(string code)
    {
        var (isRight, next) = VerificationRules.Check(record.State, code, clock.GetUtcNow());
        if (next != record.State) await record.Save(next, DeactivateOnIdle);
        return isRight;
    }
}
