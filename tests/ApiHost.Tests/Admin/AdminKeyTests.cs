using LeadEngine.ApiHost.Admin;
using LeadEngine.Storage;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Tests.Admin;

public sealed class AdminKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("admin-key-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Is_KeyThatIsSet_TakesThatOneOnly()
    {
        var key = Make(new AdminOptions { Key = "sixteen or more characters" });
        Assert.Null(key.File);
        Assert.True(key.Is("sixteen or more characters"));
        Assert.False(key.Is("sixteen or more characterS"));
        Assert.False(key.Is(""));
    }

    [Fact]
    public void File_NoKeySet_HoldsOneThatOnlyItsOwnerMayRead()
    {
        var key = Make(new AdminOptions());
        Assert.Equal(Path.Combine(_folder.FullName, "data", "admin.key"), key.File);
        var text = File.ReadAllBytes(key.File!);
        Assert.Equal(41, text.Length);
        Assert.True(key.Is(System.Text.Encoding.ASCII.GetString(text).TrimEnd('\n')));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(key.File)!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key.File!));
        }
    }

    [Fact]
    public void File_SecondStart_KeepsTheKey()
    {
        var first = File.ReadAllText(Make(new AdminOptions()).File!);
        Assert.True(Make(new AdminOptions()).Is(first.Trim()));
    }

    [Fact]
    public void File_SetElsewhere_LiesThere()
    {
        var file = Path.Combine(_folder.FullName, "else", "where.key");
        Assert.Equal(file, Make(new AdminOptions { KeyFile = file }).File);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void File_Empty_IsAnError()
    {
        var file = Path.Combine(_folder.FullName, "empty.key");
        File.WriteAllText(file, "\n");
        Assert.Throws<InvalidDataException>(() => Make(new AdminOptions { KeyFile = file }));
    }

    [Fact]
    public async Task File_ManyStartsAtOnce_AgreeOnOneKey()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Make(new AdminOptions()))));
        var text = File.ReadAllText(keys[0].File!).Trim();
        Assert.All(keys, key => Assert.True(key.Is(text)));
    }

    private AdminKey Make(AdminOptions admin) => new(
        Options.Create(admin),
        Options.Create(new StoreOptions { ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "data", "leads.db")}" }));
}
