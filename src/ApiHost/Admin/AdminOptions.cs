using System.ComponentModel.DataAnnotations;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Who may administer the engine: configuration section <c>Admin</c>.</summary>
public sealed class AdminOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Admin";

    /// <summary>
    /// What the header <c>X-Admin-Key</c> must hold; at least 16 characters. Default: a random key that is made at the first start and kept
    /// in <see cref="KeyFile"/>. Hosts of one cluster need the same key, so set it there.
    /// </summary>
    [MinLength(16)]
    public string? Key { get; set; }

    /// <summary>Where the key that was made is kept. Default: <c>admin.key</c> beside the SQLite file, else in <c>data</c>.</summary>
    public string? KeyFile { get; set; }
}
