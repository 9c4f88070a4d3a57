using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Where a parameter came from; the first of them wins.</summary>
internal enum Origin : byte
{
    Body,
    Query,
    Link,
}

/// <summary>Which kind of value a parameter has.</summary>
internal enum ValueKind : byte
{
    None,
    Text,
    Number,
    True,
    False,
    Composite,
    List,
}

/// <summary>The value of a known parameter, as sent.</summary>
internal readonly record struct ParameterValue(ValueKind Kind, string? Text, Origin Origin);

/// <summary>
/// All parameters of a request, merged: the body before the query before the query of the page's address, the last of equals.
/// </summary>
internal sealed class ParameterSet(Vocabulary vocabulary)
{
    // One more than any route takes: so many are enough to see that it is too many.
    private const int MaxItems = BulkCommand.MaxLeads + 1;

    // Far above what any form has, far below what would take long to go through.
    private const int MaxParameters = 1_000;

    private readonly ParameterValue[] _known = new ParameterValue[vocabulary.Size];
    private readonly NamedValues<CustomField> _customFields = new(field => field.Name, FieldLimits.CustomFields);
    private readonly NamedValues<UtmParameter> _utm = new(parameter => parameter.Name, FieldLimits.CustomFields);
    private Dictionary<Parameter, List<string>>? _lists;
    private int _received;

    /// <summary>What is wrong with them.</summary>
    public ParameterProblems Problems { get; } = new();

    public IReadOnlyList<CustomField> CustomFields => _customFields.Values;

    public IReadOnlyList<UtmParameter> Utm => _utm.Values;

    public ParameterValue this[Parameter parameter] => _known[(int)parameter];

    /// <summary>Counts a parameter.</summary>
    /// <returns>False when there are too many: the rest need not be read.</returns>
    public bool Count()
    {
        if (++_received <= MaxParameters) return true;
        if (_received == MaxParameters + 1)
        {
            Problems.Add("", "too_many_parameters", $"A request may have up to {MaxParameters} parameters.");
        }

        return false;
    }

    /// <summary>What a name, in lower case, stands for.</summary>
    public Naming Name(ReadOnlySpan<char> lowerName, out Parameter known)
    {
        if (vocabulary.TryFind(lowerName, out known)) return known is Parameter.Reserved ? Naming.Ignored : Naming.Known;
        if (!vocabulary.KeepsOthers) return vocabulary.TryFindListed(lowerName, out known) ? Naming.Listed : Naming.Ignored;
        if (lowerName is [] or ['_', ..] or ParameterNames.Utm) return Naming.Ignored;
        if (lowerName.Length > FieldLimits.NameLength)
        {
            var start = lowerName[..FieldLimits.NameLength].ToString();
            Problems.Add(start, "name_too_long", $"is longer than {FieldLimits.NameLength} characters");
            return Naming.Ignored;
        }

        if (lowerName.Contains('\0'))
        {
            Problems.Add("", "invalid_name", "A name holds a null character.");
            return Naming.Ignored;
        }

        return lowerName.StartsWith(ParameterNames.Utm, StringComparison.Ordinal) ? Naming.Utm : Naming.Custom;
    }

    public void Set(Parameter parameter, ParameterValue value)
    {
        ref var slot = ref _known[(int)parameter];
        if (slot.Kind is ValueKind.None || value.Origin <= slot.Origin) slot = value;
    }

    public bool MayBeList(Parameter parameter) => vocabulary.MayBeList(parameter);

    /// <summary>Begins a list, or goes on with the one that came from the same place.</summary>
    /// <returns>False when something that came before counts instead.</returns>
    public bool BeginList(Parameter parameter, Origin origin)
    {
        ref var slot = ref _known[(int)parameter];
        if (slot.Kind is ValueKind.List && slot.Origin == origin) return true;
        if (slot.Kind is not ValueKind.None && origin > slot.Origin) return false;
        slot = new ParameterValue(ValueKind.List, null, origin);
        (_lists ??= [])[parameter] = [];
        return true;
    }

    /// <summary>Adds to a list that was begun; blanks are nothing.</summary>
    public void AddItem(Parameter parameter, string text)
    {
        if (_lists![parameter] is not { Count: < MaxItems } list || string.IsNullOrWhiteSpace(text)) return;
        if (IsGoodText(ParameterNames.Of(parameter), text)) list.Add(text);
    }

    public void SetCustomField(string name, string json, Origin origin)
    {
        if (!_customFields.Set(new CustomField(name, json), origin))
        {
            Problems.Add(name, "too_many_custom_fields", $"A request may carry up to {FieldLimits.CustomFields} custom fields.");
        }
    }

    public void SetUtm(string name, string value, Origin origin)
    {
        if (!IsGoodText(name, value)) return;
        if (!_utm.Set(new UtmParameter(name[ParameterNames.Utm.Length..], value), origin))
        {
            Problems.Add(name, "too_many_parameters", $"A request may carry up to {FieldLimits.CustomFields} UTM parameters.");
        }
    }

    /// <summary>Adds a parameter of a form or a query, where every value is text.</summary>
    public void AddText(string name, string value, Origin origin)
    {
        var lowerName = name.ToLowerInvariant();
        switch (Name(lowerName, out var known))
        {
            case Naming.Known when origin is not Origin.Link || ParameterNames.MayComeFromLink(known):
                Set(known, new ParameterValue(ValueKind.Text, value, origin));
                break;
            case Naming.Listed when BeginList(known, origin):
                AddItem(known, value);
                break;
            case Naming.Utm:
                SetUtm(lowerName, value, origin);
                break;
            case Naming.Custom when IsGoodText(lowerName, value):
                SetCustomField(lowerName, $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"", origin);
                break;
        }
    }

    /// <summary>Adds what the page's address says in its query; a value that cannot be read says nothing.</summary>
    public void AddLink(string pageUrl)
    {
        var address = pageUrl.AsSpan();
        if (address.IndexOf('#') is >= 0 and var fragment) address = address[..fragment];
        if (address.IndexOf('?') is not (>= 0 and var query)) return;

        var pairs = FormText.Split(address[(query + 1)..]);
        while (pairs.Next() && Count())
        {
            if (FormText.TryDecode(pairs.Name, out var name) && FormText.TryDecode(pairs.Value, out var value))
            {
                AddText(name, value, Origin.Link);
            }
        }
    }

    /// <summary>The first of some parameters that has a text; numbers are taken as they were written, blanks are none.</summary>
    public string? Text(params ReadOnlySpan<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (TryText(parameter, out var text)) return text;
        }

        return null;
    }

    /// <summary>Whether one of some parameters was sent, right or wrong, other than as a blank.</summary>
    public bool IsSent(params ReadOnlySpan<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            var (kind, text, _) = this[parameter];
            if (kind is not ValueKind.None && (text is null || !string.IsNullOrWhiteSpace(text))) return true;
        }

        return false;
    }

    /// <summary>All texts of some parameters, each of which may be one text or a list of them.</summary>
    public IReadOnlyList<string> Texts(params ReadOnlySpan<Parameter> parameters)
    {
        var texts = new List<string>();
        foreach (var parameter in parameters)
        {
            if (this[parameter].Kind is ValueKind.List) texts.AddRange(_lists![parameter]);
            else if (TryText(parameter, out var text)) texts.Add(text);
        }

        return texts;
    }

    /// <summary>Whether a switch is on.</summary>
    public bool Flag(Parameter parameter)
    {
        switch (this[parameter])
        {
            case { Kind: ValueKind.None or ValueKind.False } or { Text: "" or "0" }:
                return false;
            case { Kind: ValueKind.True } or { Text: "1" }:
                return true;
            case { Kind: ValueKind.Text, Text: { } text } when bool.TryParse(text, out var on):
                return on;
            default:
                Problems.Add(parameter, "invalid_parameter", "must be true or false");
                return false;
        }
    }

    /// <summary>Whether a switch was sent at all, other than to say no.</summary>
    public bool IsProvided(Parameter parameter) => this[parameter] switch
    {
        { Kind: ValueKind.None or ValueKind.False } or { Text: "0" } => false,
        { Text: { } text } => !text.Equals("false", StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    private bool TryText(Parameter parameter, [NotNullWhen(true)] out string? text)
    {
        var value = this[parameter];
        text = value.Kind is ValueKind.Text or ValueKind.Number ? value.Text : null;
        if (value.Kind is ValueKind.True or ValueKind.False or ValueKind.Composite or ValueKind.List)
        {
            Problems.Add(parameter, "invalid_parameter", "must be a string");
        }

        return !string.IsNullOrWhiteSpace(text) && IsGoodText(ParameterNames.Of(parameter), text);
    }

    private bool IsGoodText(string name, string text)
    {
        if (FieldLimits.IsTooLong(text)) Problems.Add(name, "value_too_long", $"is longer than {FieldLimits.ValueBytes} bytes");
        else if (text.Contains('\0', StringComparison.Ordinal)) Problems.Add(name, "invalid_parameter", "holds a null character");
        else return true;
        return false;
    }
}

/// <summary>What the name of a parameter stands for.</summary>
internal enum Naming
{
    Known,

    /// <summary>A known one, of which this is one of a list.</summary>
    Listed,
    Utm,
    Custom,
    Ignored,
}
