using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
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

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

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
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            return Make(file);
        }
        catch (IOException) when (System.IO.File.Exists(file))
        {
            return Read(file);
        }
    }

    private static string Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, Encoding.ASCII, options);
        var key = RandomNumberGenerator.GetString(Alphabet, Length);
        writer.WriteLine(key);
        return key;
    }

    // Another process that starts at the same time may have made the file and not yet written the key.
    private static string Read(string file)
    {
        string? key = null;
        SpinWait.SpinUntil(() => TryRead(file, out key), Patience);
        return key ?? throw new InvalidDataException($"{file} holds no key. Remove it to have another one made.");
    }

    private static bool TryRead(string file, [NotNullWhen(true)] out string? key)
    {
        try
        {
            key = System.IO.File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : null;
        }
        catch (IOException)
        {
            key = null; // It is being written.
        }

        return key is not null;
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
