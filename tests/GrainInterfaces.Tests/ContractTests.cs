using System.Collections.Immutable;
using System.Reflection;
using LeadEngine.Leads;

namespace LeadEngine.GrainInterfaces.Tests;

/// <summary>
/// Walks every type that crosses a grain call. What holds here lets the embedded stack hand messages over by reference, and lets two
/// versions of the engine talk to each other.
/// </summary>
public sealed class ContractTests
{
    private static readonly Assembly Contracts = typeof(ILeadGrain).Assembly;

    private static readonly HashSet<Type> Scalars =
        [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(byte), typeof(Guid), typeof(DateTimeOffset), typeof(TimeSpan)];

    private static readonly Type[] GrainTypes =
        [.. Contracts.GetExportedTypes().Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))];

    private static readonly Type[] MessageTypes = [.. GrainTypes.SelectMany(MessagesOf).Distinct()];

    public static TheoryData<Type> Grains => [.. GrainTypes];

    public static TheoryData<Type> Messages => [.. MessageTypes];

    [Theory, MemberData(nameof(Grains))]
    public void Grain_EveryMethod_IsAsynchronousAndAliased(Type grain)
    {
        Assert.NotNull(grain.GetCustomAttribute<AliasAttribute>());
        foreach (var method in grain.GetMethods())
        {
            Assert.True(typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal), method.Name);
            Assert.NotNull(method.GetCustomAttribute<AliasAttribute>());
        }

        Assert.Distinct(grain.GetMethods().Select(method => method.GetCustomAttribute<AliasAttribute>()!.Alias));
    }

    [Theory, MemberData(nameof(Messages))]
    public void Message_IsASealedRecordWithUniqueIdsAndInitOnlyMembers(Type message)
    {
        Assert.True(message.IsSealed || message.IsValueType, $"{message} can be derived from");
        Assert.NotNull(message.GetCustomAttribute<GenerateSerializerAttribute>());
        Assert.NotNull(message.GetCustomAttribute<ImmutableAttribute>());
        Assert.NotNull(message.GetCustomAttribute<AliasAttribute>());

        var members = StoredMembers(message);
        Assert.All(members, member => Assert.True(IsInitOnly(member), $"{message.Name}.{member.Name} can be set later"));
        Assert.Distinct(members.Select(member => member.GetCustomAttribute<IdAttribute>()?.Id
            ?? throw new InvalidOperationException($"{message.Name}.{member.Name} has no [Id]")));
    }

    [Fact]
    public void Message_Aliases_AreUnique() =>
        Assert.Distinct(MessageTypes.Select(message => message.GetCustomAttribute<AliasAttribute>()!.Alias));

    [Fact]
    public void Messages_AreFound() => Assert.Contains(typeof(UpsertLead), MessageTypes);

    private static HashSet<Type> MessagesOf(Type grain)
    {
        HashSet<Type> found = [];
        foreach (var method in grain.GetMethods())
        {
            Walk(method.ReturnType.GetGenericArguments().SingleOrDefault(), found);
            foreach (var parameter in method.GetParameters()) Walk(parameter.ParameterType, found);
        }

        return found;
    }

    private static void Walk(Type? type, HashSet<Type> found)
    {
        if (type is null) return;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsArray) Walk(type.GetElementType(), found);
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) Walk(type.GetGenericArguments()[0], found);
        else if (!Scalars.Contains(type) && !type.IsEnum)
        {
            Assert.True(type.Assembly == Contracts, $"{type} may not cross a grain call");
            if (found.Add(type)) foreach (var member in StoredMembers(type)) Walk(member.PropertyType, found);
        }
    }

    private static PropertyInfo[] StoredMembers(Type message) =>
        [.. message.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(property => property.CanWrite)];

    private static bool IsInitOnly(PropertyInfo property) =>
        property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");
}
