using LeadEngine.ApiHost.Dialects.KickoffLabs;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Grains.Leads;
using LeadEngine.Installation;

namespace LeadEngine.ApiHost.Installation;

/// <summary>What follows from the secrets of the installation.</summary>
/// <param name="SocialIds">The public ids of leads.</param>
/// <param name="Links">The links by which people opt out and verify.</param>
/// <param name="ObjectIds">The public ids of people, leads, campaigns and accounts where they have 24 digits.</param>
/// <param name="InboundLinks">The addresses to which other systems post leads.</param>
internal sealed record InstallationKeys(SocialIds SocialIds, LeadLinks Links, ObjectIds ObjectIds, InboundLinks InboundLinks);

/// <summary>Reads the installation's secrets once.</summary>
internal sealed class InstallationKeyring(IGrainFactory grains, EngineCalls calls, Deadlines deadlines, TimeProvider clock)
{
    private const string SocialIdSecret = "social-id";
    private const string LinkSecret = "opt-out";
    private const string ObjectIdSecret = "object-id";
    private const string InboundSecret = "inbound-webhook";

    private InstallationKeys? _keys;

    /// <exception cref="StoreBusyException">They cannot be read now.</exception>
    public ValueTask<InstallationKeys> Get() => _keys is { } keys ? new(keys) : Read();

    // Two that come at once read the same secrets twice, which harms nobody.
    private async ValueTask<InstallationKeys> Read()
    {
        try
        {
            var deadline = deadlines.Start();
            var installation = grains.GetGrain<IInstallationGrain>(0);
            var socialIds = new SocialIds((await calls.UntilHeard(_ => installation.Secret(SocialIdSecret), deadline)).AsSpan());
            var links = new LeadLinks((await calls.UntilHeard(_ => installation.Secret(LinkSecret), deadline)).AsSpan(), clock);
            var objectIds = new ObjectIds((await calls.UntilHeard(_ => installation.Secret(ObjectIdSecret), deadline)).AsSpan());
            var inboundLinks = new InboundLinks((await calls.UntilHeard(_ => installation.Secret(InboundSecret), deadline)).AsSpan());
            return _keys = new InstallationKeys(socialIds, links, objectIds, inboundLinks);
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            throw new StoreBusyException("The installation's secrets could not be read.", silence);
        }
    }
}
