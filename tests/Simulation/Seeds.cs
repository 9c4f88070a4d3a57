namespace LeadEngine.Simulation;

/// <summary>Plays many seeds, on as many threads as there are processors; each history has one thread to itself.</summary>
internal static class Seeds
{
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many are played.</param>
    /// <param name="stopAt">
    /// After how many failures no later seeds are begun; earlier ones are still played, so that the first failure is told.
    /// </param>
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
                if (failures.Count >= stopAt) state.Break();
            }
        });
        tally = sum;
        return [.. failures.OrderBy(outcome => outcome.Seed)];
    }
}
