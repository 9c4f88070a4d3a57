namespace LeadEngine.Simulation.Store;

/// <summary>How calls get to the database, each of which is one transaction.</summary>
internal interface IWay
{
    /// <param name="what">The call, as a history tells of it.</param>
    /// <param name="transaction">What it asks.</param>
    Task<T> Read<T>(FormattableString what, Func<T> transaction);

    /// <param name="what">The call, as a history tells of it.</param>
    /// <param name="transaction">What it does.</param>
    /// <param name="size">How many things that could be done apart it does together.</param>
    Task<T> Write<T>(FormattableString what, Func<T> transaction, int size = 1);
}

/// <summary>Every call is answered at once, on any thread.</summary>
internal sealed class PromptWay : IWay
{
    private readonly Lock _turn = new();

    public Task<T> Read<T>(FormattableString what, Func<T> transaction) => Write(what, transaction);

    public Task<T> Write<T>(FormattableString what, Func<T> transaction, int size = 1)
    {
        lock (_turn) return Task.FromResult(transaction());
    }
}
