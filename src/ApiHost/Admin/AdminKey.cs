using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using LeadEngine.Storage;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Admin;

/// <summary>The administration's key: the one that is set, else one that was made at the first start.</summary>
internal sealed class AdminKey
{
    private const string FileName = "admin.key";
    private const string DefaultFolder = "data";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 40;

    private readonly byte[] _digest;

    public AdminKey(IOptions<AdminOptions> admin, IOptions<StoreOptions> store)
    {
        var key = admin.Value.Key;
        if (key is null)
        {
            File = Path.GetFullPath(admin.Value.KeyFile ?? Path.Combine(DataFolder(store.Value), FileName));
            key = ReadOrMake(File);
        }

        _digest = SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>Where the key is kept; null when it is set.</summary>
    public string? File { get; }

    // Digests have one length, so the comparison tells nothing of the key's.
    public bool Is(string presented) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(presented)), _digest);

    private static string ReadOrMake(string file)
    {
        if (System.IO.File.Exists(file)) return Read(file);

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = $"{file}.{Guid.NewGuid():N}";
        Write(draft, RandomNumberGenerator.GetString(Alphabet, Length));
        try
        {
            System.IO.File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (System.IO.File.Exists(file))
        {
            System.IO.File.Delete(draft); // Another process that started at the same time was first.
        }

        return Read(file);
    }

    private static string Read(string file) =>
        System.IO.File.ReadAllText(file).Trim() is { Length: > 0 } key ? key : throw new InvalidDataException($"{file} holds no key.");

    private static void Write(string file, string key)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, Encoding.ASCII, options);
        writer.WriteLine(key);
    }

    private static string DataFolder(StoreOptions store)
    {
        if (store is not { Provider: "sqlite", ConnectionString: { } connectionString }) return DefaultFolder;
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return parts.TryGetValue("Data Source", out var source) && Path.GetDirectoryName((string)source) is { Length: > 0 } folder
            ? folder
            : DefaultFolder;
    }
}
