using System.Globalization;
using LeadEngine.Contest;

// What a contest costs at a million scored leads: in the turns of one campaign, without store and network.
var seconds = args is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 10;
foreach (var differentScores in (int[])[1_000, 100_000, 1_000_000]) Measure(differentScores);

void Measure(int differentScores)
{
    var before = GC.GetTotalMemory(forceFullCollection: true);
    var started = TimeProvider.System.GetTimestamp();
    var contest = new BusyContest(differentScores);
    var activation = TimeProvider.System.GetElapsedTime(started);
    var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{differentScores:N0} different scores: counted in {activation.TotalMilliseconds:N0} ms, {memory / (double)BusyContest.ScoredLeads:N0} bytes a lead"));
    contest.Run(TimeSpan.FromSeconds(2));
    Console.WriteLine($"  {contest.Run(TimeSpan.FromSeconds(seconds))}");
    contest.Rescore();
    Console.WriteLine($"  while scores are counted anew: {contest.Run(TimeSpan.FromSeconds(1))}");
}
