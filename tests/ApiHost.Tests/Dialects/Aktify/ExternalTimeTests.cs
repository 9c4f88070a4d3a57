using System.Globalization;
using LeadEngine.ApiHost.Dialects.Aktify;

namespace LeadEngine.ApiHost.Tests.Dialects.Aktify;

public sealed class ExternalTimeTests
{
    [Theory]
    [InlineData("2022-11-15T21:04:28-0600", "2022-11-16T03:04:28.0000000")]
    [InlineData("2022-11-15T21:04:28-06:00", "2022-11-16T03:04:28.0000000")]
    [InlineData("2022-11-15T21:04:28-06", "2022-11-16T03:04:28.0000000")]
    [InlineData("2022-11-15T21:04:28Z", "2022-11-15T21:04:28.0000000")]
    [InlineData("2022-11-15T21:04:28+0000", "2022-11-15T21:04:28.0000000")]
    [InlineData("2022-11-15T21:04:28+05:30", "2022-11-15T15:34:28.0000000")]
    [InlineData("2022-11-15T21:04Z", "2022-11-15T21:04:00.0000000")]
    [InlineData("2022-11-15T21:04:28.5Z", "2022-11-15T21:04:28.5000000")]
    [InlineData("2022-11-15T21:04:28,5Z", "2022-11-15T21:04:28.5000000")]
    [InlineData("2022-11-15T21:04:28.123456-0600", "2022-11-16T03:04:28.1234560")]
    [InlineData("2022-11-15T21:04:28.123456789Z", "2022-11-15T21:04:28.1234560")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.9999990")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000")]
    public void Read_TimeWithOffset_IsThatMoment(string text, string utc) =>
        Assert.Equal(utc, ExternalTime.Read(text)!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2022-11-15")]
    [InlineData("2022-11-15T21:04:28")]
    [InlineData("2022-11-15 21:04:28Z")]
    [InlineData("2022-11-15T21Z")]
    [InlineData("2022-11-15T21:04.5Z")]
    [InlineData("2022-11-15T21:04:28.Z")]
    [InlineData("2022-11-15T21:04:28 -0600")]
    [InlineData("2022-11-15T21:04:28-600")]
    [InlineData("2022-11-15T21:04:28-06:")]
    [InlineData("2022-11-15T21:04:28+9900")]
    [InlineData("2022-11-15T24:00:00Z")]
    [InlineData("2022-11-15T21:60:00Z")]
    [InlineData("2022-11-15T21:04:60Z")]
    [InlineData("2022-13-15T21:04:28Z")]
    [InlineData("2022-02-30T21:04:28Z")]
    [InlineData("2023-02-29T21:04:28Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("11/15/2022 21:04")]
    [InlineData("1668567868")]
    [InlineData("2022-11-15T21:04:28Z\n")]
    [InlineData("٢٠٢٢-11-15T21:04:28Z")]
    public void Read_NoTimeWithOffset_IsNone(string text) => Assert.Null(ExternalTime.Read(text));
}
