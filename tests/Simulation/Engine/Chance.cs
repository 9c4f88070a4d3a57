namespace LeadEngine.Simulation.Engine;

/// <summary>Draws from the seed.</summary>
internal sealed class Chance(Random random)
{
    public Random Random => random;

    public bool Happens(double probability) => probability > 0 && random.NextDouble() < probability;

    public int Between(int least, int most) => random.Next(least, most + 1);

    /// <summary>Any time up to the longest, short ones as likely as long ones.</summary>
    public TimeSpan UpTo(TimeSpan longest) => TimeSpan.FromTicks(1 + (long)(random.NextDouble() * longest.Ticks));

    /// <summary>Mostly short times, now and then one that is many times the mean.</summary>
    public TimeSpan About(TimeSpan mean) => TimeSpan.FromTicks(1 + (long)(-Math.Log(1 - random.NextDouble()) * mean.Ticks));

    public T Of<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    /// <summary>One of the choices, each as likely as its weight says.</summary>
    public T Of<T>(IReadOnlyList<(double Weight, T Choice)> choices)
    {
        var drawn = random.NextDouble() * choices.Sum(choice => choice.Weight);
        foreach (var (weight, choice) in choices)
        {
            drawn -= weight;
            if (drawn < 0) return choice;
        }

        return choices[^1].Choice;
    }
}
