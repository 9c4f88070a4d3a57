using System.Net;
using System.Net.Sockets;
using LeadEngine.ApiHost.Webhooks;

namespace LeadEngine.ApiHost.Tests.Webhooks;

public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::200e")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public void IsPublic_AddressOfTheInternet_Is(string address) => Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::808:808")]
    public void IsPublic_PrivateLocalOrReserved_IsNot(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task Check_OneOfSeveralAddressesIsPrivate_IsForbidden()
    {
        var guard = new ReceiverGuard([], Resolve("8.8.8.8", "10.0.0.1"));

        await Assert.ThrowsAsync<ForbiddenReceiverException>(() => guard.Check("x.org", default));
    }

    [Fact]
    public async Task Check_AllAddressesArePublic_AreThoseToConnectTo()
    {
        var guard = new ReceiverGuard([], Resolve("8.8.8.8", "2606:4700::1111"));

        Assert.Equal([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("2606:4700::1111")], await guard.Check("x.org", default));
    }

    [Theory]
    [InlineData("intranet.local")]
    [InlineData("INTRANET.LOCAL")]
    [InlineData("10.1.0.0/16")]
    [InlineData("10.1.2.3")]
    public async Task Check_NamedInTheSettings_IsAllowed(string allowed)
    {
        var guard = new ReceiverGuard([allowed], Resolve("10.1.2.3"));

        Assert.Single(await guard.Check("intranet.local", default));
    }

    [Fact]
    public async Task Check_OtherNameOrNetworkThanTheSettings_IsForbidden()
    {
        var guard = new ReceiverGuard(["other.local", "10.2.0.0/16"], Resolve("10.1.2.3"));

        await Assert.ThrowsAsync<ForbiddenReceiverException>(() => guard.Check("intranet.local", default));
    }

    [Fact]
    public async Task Check_NameWithoutAddresses_IsNotFound()
    {
        var guard = new ReceiverGuard(["x.org"], Resolve());

        await Assert.ThrowsAsync<SocketException>(() => guard.Check("x.org", default));
    }

    private static Func<string, CancellationToken, Task<IPAddress[]>> Resolve(params string[] addresses) =>
        (_, _) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse));
}
