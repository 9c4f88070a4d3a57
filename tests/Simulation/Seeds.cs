namespace LeadEngine.Simulation;

/// <summary>Plays many seeds, on as many threads as there are processors; each history has one thread to itself.</summary>
internal static class Seeds
{
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many are played.</param>
    /// <param name="stopAt">After how many failures no more are begun.</param>
    /// <param name="tally">What happened in those that were played.</param>
    /// <returns>The failures, lowest seed first.</returns>
    public static List<Simulation.Outcome> Run(int first, int count, int stopAt, out Tally tally)
    {
        List<Simulation.Outcome> failures = [];
        var sum = new Tally();
        Parallel.ForEach(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, state) =>
        {
            var outcome = Simulation.Run(seed);
            lock (failures)
            {
                sum.Add(outcome.Tally);
                if (outcome.Failure is null) return;
                failures.Add(outcome);
                if (failures.Count >= stopAt) state.Stop();
            }
        });
        tally = sum;
        return [.. failures.OrderBy(outcome => outcome.Seed)];
    }
}
