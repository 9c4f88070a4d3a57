using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LeadEngine.Simulation.Promises;

/// <summary>The engine did not keep a promise.</summary>
internal sealed class BrokenPromiseException(string message, Exception? inner = null) : Exception(message, inner);

internal static class Broken
{
    /// <summary>Fails with a message that is only written when it is needed.</summary>
    public static void Unless([DoesNotReturnIf(false)] bool isKept, [InterpolatedStringHandlerArgument(nameof(isKept))] Because why)
    {
        if (!isKept) throw new BrokenPromiseException(why.ToString());
    }
}

/// <summary>Text that is put together only for a promise that was broken.</summary>
[InterpolatedStringHandler]
internal ref struct Because
{
    private DefaultInterpolatedStringHandler _text;

    public Because(int literalLength, int formattedCount, bool isKept, out bool isNeeded)
    {
        isNeeded = !isKept;
        if (isNeeded) _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, System.Globalization.CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public override readonly string ToString() => _text.ToString();
}
