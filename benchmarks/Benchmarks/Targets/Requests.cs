using LeadEngine.Benchmarks.Load;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>What the scenarios ask of an audience.</summary>
internal static class Requests
{
    private const int Seed = 20250715;

    /// <summary>A person who is not in yet, each time.</summary>
    public static RequestSource NewLeads(this Audience audience) => (out RequestKind kind) =>
    {
        kind = RequestKind.NewLead;
        return audience.SignUp(audience.NextPerson());
    };

    /// <summary>The sign-up of someone who is in, drawn from the first so many.</summary>
    public static RequestSource Updates(this Audience audience, long people)
    {
        var random = new Random(Seed);
        return (out RequestKind kind) =>
        {
            kind = RequestKind.Update;
            return audience.SignUp(random.NextInt64(people));
        };
    }

    /// <summary>A look-up of someone who is in, drawn from the first so many.</summary>
    public static RequestSource LookUps(this Audience audience, long people)
    {
        var random = new Random(Seed);
        return (out RequestKind kind) =>
        {
            kind = RequestKind.LookUp;
            return audience.LookUp(random.NextInt64(people));
        };
    }

    /// <summary>A look-up of one after the other, from that person on, so that none comes twice before all have come.</summary>
    public static RequestSource LookUpsInTurn(this Audience audience, long from)
    {
        var next = from;
        return (out RequestKind kind) =>
        {
            kind = RequestKind.LookUp;
            if (next >= audience.Count) next = from;
            return audience.LookUp(next++);
        };
    }

    /// <summary>Seven new people, two updates and one look-up in ten, at random.</summary>
    public static RequestSource Mix(this Audience audience, int connections)
    {
        var random = new Random(Seed);
        var newLeads = audience.NewLeads();
        return (out RequestKind kind) =>
        {
            var draw = random.Next(10);
            if (draw < 7) return newLeads(out kind);
            // The newest may still be on their way in.
            var person = random.NextInt64(Math.Max(1, audience.Count - 8L * connections));
            kind = draw < 9 ? RequestKind.Update : RequestKind.LookUp;
            return kind == RequestKind.Update ? audience.SignUp(person) : audience.LookUp(person);
        };
    }
}
