using LeadEngine.Grains.Accounts;

namespace LeadEngine.Grains.Tests.Accounts;

public sealed class ApiKeyFormatTests
{
    [Fact]
    public void AccountOf_CreatedKey_IsItsAccount() => Assert.Equal(17, ApiKeyFormat.AccountOf(ApiKeyFormat.Create(17)));

    [Fact]
    public void UserOf_CreatedKey_IsItsUser() => Assert.Equal(17, ApiKeyFormat.UserOf(ApiKeyFormat.CreateForUser(17)));

    [Fact]
    public void KeysOfAccountsAndUsers_AreNotTakenForEachOther()
    {
        Assert.Null(ApiKeyFormat.AccountOf(ApiKeyFormat.CreateForUser(17)));
        Assert.Null(ApiKeyFormat.UserOf(ApiKeyFormat.Create(17)));
    }

    [Fact]
    public void Create_Twice_GivesTwoKeys() => Assert.NotEqual(ApiKeyFormat.Create(17), ApiKeyFormat.Create(17));

    [Theory]
    [InlineData("")]
    [InlineData("sk_")]
    [InlineData("sk__0123456789abcdef0123456789abcdef")]
    [InlineData("sk_x_0123456789abcdef0123456789abcdef")]
    [InlineData("sk_-1_0123456789abcdef0123456789abcdef")]
    [InlineData("sk_99999999999999999999_0123456789abcdef0123456789abcdef")]
    [InlineData("pk_17_0123456789abcdef0123456789abcdef")]
    public void AccountOf_OtherForm_IsNull(string apiKey) => Assert.Null(ApiKeyFormat.AccountOf(apiKey));
}
