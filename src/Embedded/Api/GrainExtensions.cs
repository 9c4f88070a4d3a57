using System.Globalization;
using Orleans.Runtime;

namespace Orleans;

/// <summary>What can be asked of grains and of references to them.</summary>
public static class GrainExtensions
{
    /// <summary>Which grain it is.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase { GrainContext: { } context } => context.GrainId,
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType()} is neither an active grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>The name it was asked for by.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>The number it was asked for by.</summary>
    public static long GetPrimaryKeyLong(this IAddressable grain) =>
        long.TryParse(grain.GetPrimaryKeyString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidOperationException($"Unable to extract integer key from grain id {grain.GetGrainId()}");

    /// <summary>A reference to the same grain by one of its interfaces; a grain passes this rather than itself.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => (TGrainInterface)(object)(grain switch
    {
        GrainReference reference => reference.Class.Refer(typeof(TGrainInterface), reference.Key),
        IGrainBase { GrainContext: Activation activation } => activation.Class.Refer(typeof(TGrainInterface), activation.Key),
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType()} is neither an active grain nor a reference to one.", nameof(grain)),
    });
}
