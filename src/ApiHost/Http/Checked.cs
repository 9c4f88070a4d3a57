using System.Diagnostics.CodeAnalysis;

namespace LeadEngine.ApiHost.Http;

/// <summary>Something that was checked: the value, or the fault that was found; exactly one is set.</summary>
internal readonly struct Checked<T> where T : class
{
    private Checked(T? value, Fault? fault) => (Value, Fault) = (value, fault);

    public T? Value { get; }

    public Fault? Fault { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsGood => Value is not null;

    public static implicit operator Checked<T>(T value) => new(value, null);

    public static implicit operator Checked<T>(Fault fault) => new(null, fault);
}
