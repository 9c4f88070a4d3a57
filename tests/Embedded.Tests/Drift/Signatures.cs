using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LeadEngine.Embedded.Tests.Drift;

/// <summary>Writes the public signatures of a type, one line each, so that two assemblies can be compared.</summary>
internal static class Signatures
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Marks a type of which nobody said whether it may be null.</summary>
    public const string Oblivious = "~";

    public static string WithoutNullability(string line) => line.Replace("?", "").Replace(Oblivious, "");

    public static IEnumerable<string> Of(Type type)
    {
        var name = Name(type);
        yield return $"{Kind(type)} {name}{Constraints(type.GetGenericArguments())}{Base(type)}{Usage(type)}";
        foreach (var face in type.GetInterfaces().Where(face => face.IsVisible)) yield return $"{name} implements {Name(face)}";
        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible))
            yield return $"{name}: {Access(constructor)} new({Parameters(constructor)})";
        foreach (var method in type.GetMethods(Declared).Where(IsVisible)) yield return $"{name}: {Method(method)}";
        foreach (var property in type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible)))
            yield return $"{name}: {Property(property)}";
        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
            yield return $"{name}: {Field(field)}";
    }

    private static NullabilityInfoContext Nulls => new();

    private static string Name(Type type, NullabilityState state) => Name(type) + state switch
    {
        _ when type.IsValueType || type.IsGenericParameter => "",
        NullabilityState.Nullable => "?",
        NullabilityState.Unknown => Oblivious,
        _ => "",
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => $"enum of {Enum.GetUnderlyingType(type).Name}",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Base(Type type) => type.IsClass && type.BaseType != typeof(object) ? $" : {Name(type.BaseType!)}" : "";

    private static string Usage(Type type) => type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } usage
        ? $" on {usage.ValidOn}, multiple {usage.AllowMultiple}, inherited {usage.Inherited}"
        : "";

    private static string Field(FieldInfo field) => field.DeclaringType!.IsEnum && field.IsLiteral
        ? $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
        : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}field {Name(field.FieldType)} {field.Name}";

    private static string Property(PropertyInfo property) =>
        (IsRequired(property) ? "required " : "")
        + $"property {Name(property.PropertyType, Nulls.Create(property).ReadState)} {property.Name}";

    private static string Method(MethodInfo method)
    {
        var modifiers = method.ReturnParameter.GetRequiredCustomModifiers();
        var init = modifiers.Any(modifier => modifier.Name == nameof(IsExternalInit)) ? "init " : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "extension " : "";
        var types = method.GetGenericArguments();
        var typeList = types is [] ? "" : $"<{string.Join(", ", types.Select(Name))}>";
        var result = Name(method.ReturnType, Nulls.Create(method.ReturnParameter).ReadState);
        return $"{Access(method)} {Dispatch(method)}{init}{extension}{result} {method.Name}{typeList}({Parameters(method)})"
            + Constraints(types);
    }

    private static string Access(MethodBase method) => method.IsPublic ? "public" : method.IsFamily ? "protected" : "protected internal";

    private static string Dispatch(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType, Nulls.Create(parameter).WriteState)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")));

    private static string Constraints(Type[] parameters) => string.Concat(
        from parameter in parameters
        let kinds = parameter.GenericParameterAttributes & GenericParameterAttributes.SpecialConstraintMask
        let bounds = parameter.GetGenericParameterConstraints().Select(Name).Order().Prepend(kinds == 0 ? "" : kinds.ToString())
        let text = string.Join(", ", bounds.Where(bound => bound != ""))
        where text != ""
        select $" where {parameter.Name} : {text}");

    private static string Name(Type type) => type switch
    {
        { IsGenericParameter: true } => type.Name,
        { HasElementType: true } => $"{Name(type.GetElementType()!)}{(type.IsArray ? "[]" : "&")}",
        { IsGenericType: true } => $"{type.Namespace}.{type.Name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.FullName!,
    };
}
