using System.Reflection;

namespace Archicortex.Tests.House;

/// <summary>The public surface of an assembly as sorted text: a line a type, a line a member; nullability left out.</summary>
static class PublicSurface
{
    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .SelectMany(type => Members(type).Prepend($"{FullName(type)} : {Kind(type)}{Bases(type)}"))
        .Distinct()
        .Order(StringComparer.Ordinal);

    static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{FullName(type)}.{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        }

        var lines = type.GetConstructors(Declared).Where(IsVisible).Select(member => $"({Parameters(member)})");
        lines = lines.Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily)
            .Select(field => $".{field.Name} : {(field.IsLiteral ? "const " : "")}{Name(field.FieldType)}"));
        lines = lines.Concat(type.GetProperties(Declared).Select(Property).OfType<string>());
        lines = lines.Concat(type.GetEvents(Declared).Where(member => IsVisible(member.AddMethod!)).Select(member => $".{member.Name} : event {Name(member.EventHandlerType!)}"));
        lines = lines.Concat(type.GetMethods(Declared).Where(method => IsVisible(method) && !IsWrittenByCompiler(method)).Select(Method));
        return lines.Select(line => FullName(type) + line);
    }

    static string? Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToList();
        if (accessors.Count == 0 || property.Name == "EqualityContract")
        {
            return null;
        }

        var set = property.SetMethod is { } setter && IsVisible(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;" : " set;"
            : "";
        return $".{property.Name} : {Static(accessors[0])}{Name(property.PropertyType)} {{{(property.CanRead ? " get;" : "")}{set} }}";
    }

    static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $".{method.Name}{generic}({Parameters(method)}) : {Static(method)}{Name(method.ReturnType)}";
    }

    /// <summary>What a record has anyway says nothing; accessors stand with their properties.</summary>
    static bool IsWrittenByCompiler(MethodInfo method) =>
        (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
        || method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
        || method.Name is "<Clone>$" or "PrintMembers";

    static bool IsVisible(MethodBase member) => member.IsPublic || member.IsFamily || member.IsFamilyOrAssembly;

    static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = …" : "")}"));

    static string Kind(Type type) => type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsSealed ? "sealed class"
        : type.IsAbstract ? "abstract class" : "class";

    static string Bases(Type type)
    {
        var bases = type.GetInterfaces().Where(one => !Name(one).StartsWith("IEquatable<", StringComparison.Ordinal)).Select(Name).Order(StringComparer.Ordinal);
        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object))
        {
            bases = bases.Prepend(Name(parent)).Order(StringComparer.Ordinal);
        }

        return type.IsEnum ? "" : string.Concat(bases.Select(name => ", " + name));
    }

    static string FullName(Type type) => $"{(type.DeclaringType is { } outer ? FullName(outer) : type.Namespace)}.{Name(type)}";

    static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
