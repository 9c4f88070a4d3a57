using System.Collections.Immutable;
using LeadEngine.People;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Looks for the people of an account whom a filter describes.</summary>
/// <param name="tables">The tables.</param>
/// <param name="scan">How many people to look at one by one before the index is asked.</param>
internal sealed class PeopleSearch(SqliteTables tables, int scan)
{
    public ImmutableArray<Person> List(long accountId, PeopleQuery query)
    {
        var people = ImmutableArray.CreateBuilder<Person>();
        var left = query.Skip;
        Visit(accountId, query.Filter, query.NewestFirst, query.After, person =>
        {
            if (left-- <= 0) people.Add(person);
            return people.Count < query.Limit;
        });
        return people.DrainToImmutable();
    }

    public PeopleCount Count(long accountId, PeopleFilter filter, int most)
    {
        var count = 0;
        Visit(accountId, filter, newestFirst: false, after: null, _ => ++count <= most);
        return new(Math.Min(count, most), count <= most);
    }

    private void Visit(long accountId, PeopleFilter filter, bool newestFirst, long? after, Func<Person, bool> visit)
    {
        var query = SearchQuery.Of(filter);
        var excluded = filter.ExcludeIds.IsDefaultOrEmpty ? null : filter.ExcludeIds.ToHashSet();
        if (filter.Ids.IsDefaultOrEmpty) VisitAll(accountId, query, newestFirst, after, person => IsExcluded(person.Id) || visit(person));
        else VisitSome(accountId, filter.Ids.Where(id => !IsExcluded(id)), query, newestFirst, after, visit);

        bool IsExcluded(long id) => excluded?.Contains(id) == true;
    }

    private void VisitSome(
        long accountId, IEnumerable<long> ids, SearchQuery query, bool newestFirst, long? after, Func<Person, bool> visit)
    {
        var inOrder = newestFirst ? ids.Distinct().OrderDescending() : ids.Distinct().Order();
        foreach (var id in inOrder.Where(id => after is not { } last || (newestFirst ? id < last : id > last)))
        {
            if (tables.People.Read(id) is { } person && person.AccountId == accountId && query.Matches(person) && !visit(person)) return;
        }
    }

    private void VisitAll(long accountId, SearchQuery query, bool newestFirst, long? after, Func<Person, bool> visit)
    {
        if (query.IsEmpty)
        {
            tables.People.Visit(accountId, newestFirst, after, limit: -1, visit);
            return;
        }
        var (seen, goesOn) = (0, true);
        tables.People.Visit(accountId, newestFirst, after, scan, person =>
        {
            seen++;
            after = person.Id;
            return goesOn = !query.Matches(person) || visit(person);
        });
        if (goesOn && seen == scan) tables.Terms.Visit(accountId, query, newestFirst, after, visit);
    }
}
