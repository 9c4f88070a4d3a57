using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>
/// Emits, once per grain interface, a class whose methods pack their arguments into a tuple and hand them to
/// <see cref="GrainReference.Call"/>. Orleans generates the like at build time.
/// </summary>
internal static class GrainProxies
{
    private static readonly ModuleBuilder Module = AssemblyBuilder
        .DefineDynamicAssembly(new("LeadEngine.Proxies"), AssemblyBuilderAccess.Run).DefineDynamicModule("Proxies");

    private static readonly Type[] ConstructorArguments = [typeof(GrainClass), typeof(string)];
    private static readonly ConcurrentDictionary<Type, Lazy<Func<GrainClass, string, GrainReference>>> Factories = new();

    private static readonly MethodInfo CallMethod =
        typeof(GrainReference).GetMethod(nameof(GrainReference.Call), BindingFlags.Instance | BindingFlags.NonPublic)!;

    internal static Func<GrainClass, string, GrainReference> FactoryOf(Type interfaceType) =>
        Factories.GetOrAdd(interfaceType, static type => new(() => Build(type))).Value;

    private static Func<GrainClass, string, GrainReference> Build(Type interfaceType)
    {
        if (!interfaceType.IsVisible) throw new NotSupportedException($"Grain interface {interfaceType} must be public.");
        var proxy = Module.DefineType($"{interfaceType.FullName}.Proxy", TypeAttributes.Sealed, typeof(GrainReference), [interfaceType]);
        EmitConstructor(proxy);
        var methods = interfaceType.GetInterfaces().Append(interfaceType).SelectMany(face => face.GetMethods())
            .Where(method => method.IsAbstract).Select((method, i) => new ProxyMethod(method, $"{method.Name}#{i}")).ToArray();
        foreach (var method in methods) method.EmitInto(proxy);

        var built = proxy.CreateType();
        foreach (var method in methods) built.GetField(method.Name)!.SetValue(null, method.Describe());
        ParameterExpression[] arguments = [Expression.Parameter(typeof(GrainClass)), Expression.Parameter(typeof(string))];
        var creation = Expression.New(built.GetConstructor(ConstructorArguments)!, arguments);
        return Expression.Lambda<Func<GrainClass, string, GrainReference>>(creation, arguments).Compile();
    }

    private static void EmitConstructor(TypeBuilder proxy)
    {
        var il = proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, ConstructorArguments).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(
            BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, ConstructorArguments)!);
        il.Emit(OpCodes.Ret);
    }

    private sealed class ProxyMethod
    {
        private readonly MethodInfo _method;
        private readonly Type[] _parameters;
        private readonly Type _resultType;
        private readonly MethodInfo _pack;
        private readonly Type _descriptorType;

        internal ProxyMethod(MethodInfo method, string name)
        {
            (_method, Name) = (method, name);
            _parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
            _resultType = ResultTypeOf(method);
            if (method.IsGenericMethod || _parameters.Length > 7 || _parameters.Any(type => type.IsByRef))
                throw new NotSupportedException($"{Where}: up to 7 plain parameters, and no type parameters, are supported.");
            var create = typeof(ValueTuple).GetMethods().Single(
                m => m.Name == nameof(ValueTuple.Create) && m.GetParameters().Length == _parameters.Length);
            _pack = _parameters is [] ? create : create.MakeGenericMethod(_parameters);
            _descriptorType = typeof(GrainMethod<,>).MakeGenericType(_pack.ReturnType, _resultType);
        }

        internal string Name { get; }

        private string Where => $"{_method.DeclaringType}.{_method.Name}";

        internal void EmitInto(TypeBuilder proxy)
        {
            var descriptor = proxy.DefineField(Name, _descriptorType, FieldAttributes.Public | FieldAttributes.Static);
            var body = proxy.DefineMethod(
                Name, MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final, _method.ReturnType, _parameters);
            var il = body.GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldsfld, descriptor);
            for (var i = 1; i <= _parameters.Length; i++) il.Emit(OpCodes.Ldarg, (short)i);
            il.Emit(OpCodes.Call, _pack);
            il.Emit(OpCodes.Call, CallMethod.MakeGenericMethod(_pack.ReturnType, _resultType));
            if (_method.ReturnType.IsValueType) il.Emit(OpCodes.Newobj, ValueTaskConstructor());
            il.Emit(OpCodes.Ret);
            proxy.DefineMethodOverride(body, _method);
        }

        private ConstructorInfo ValueTaskConstructor() => _method.ReturnType.GetConstructor(
            [_method.ReturnType.IsGenericType ? typeof(Task<>).MakeGenericType(_resultType) : typeof(Task)])!;

        /// <summary>The descriptor with a delegate of the form (grain, args) => ((IFace)grain).Method(args.Item1, …).</summary>
        internal object Describe()
        {
            var grain = Expression.Parameter(typeof(object));
            var args = Expression.Parameter(_pack.ReturnType);
            Expression result = Expression.Call(Expression.Convert(grain, _method.DeclaringType!), _method,
                _parameters.Select((_, i) => Expression.Field(args, $"Item{i + 1}")));
            if (_method.ReturnType.IsValueType) result = Expression.Call(result, nameof(ValueTask.AsTask), null);
            var delegateType = typeof(Func<,,>).MakeGenericType(typeof(object), _pack.ReturnType, typeof(Task));
            var invoke = Expression.Lambda(delegateType, result, grain, args);
            return Activator.CreateInstance(_descriptorType, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, null,
                [$"{_method.DeclaringType!.Name}/{_method.Name}", _method.IsDefined(typeof(AlwaysInterleaveAttribute)), invoke.Compile()], null)!;
        }

        private static bool IsTask(Type open) => open == typeof(Task<>) || open == typeof(ValueTask<>);

        private Type ResultTypeOf(MethodInfo method) => method.ReturnType switch
        {
            var type when type == typeof(Task) || type == typeof(ValueTask) => typeof(Nothing),
            { IsGenericType: true } type when IsTask(type.GetGenericTypeDefinition()) => type.GetGenericArguments()[0],
            _ => throw new NotSupportedException($"{Where} must return a task."),
        };
    }
}
