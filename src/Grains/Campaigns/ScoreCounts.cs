using System.Runtime.InteropServices;

namespace LeadEngine.Grains.Campaigns;

/// <summary>
/// How many leads have so many points: counts in the order of the points, in blocks, so that to change one moves few and to sum them up
/// reads few. A million different scores take 8 MB, and some microseconds to sum.
/// </summary>
internal sealed class ScoreCounts
{
    private const int BlockSize = 512;

    private readonly List<Block> _blocks = [];

    // Each block's leads, side by side: they are what a sum reads most.
    private readonly List<int> _leads = [];

    /// <summary>How many leads there are.</summary>
    public int Leads { get; private set; }

    /// <summary>All points together.</summary>
    public long Total { get; private set; }

    /// <summary>The most points that a lead has; null without leads.</summary>
    public int? Highest => _blocks.Count == 0 ? null : _blocks[^1].Last;

    public void Change(int points, int leads)
    {
        var at = Find(points);
        if (at == _blocks.Count && at > 0) at--;
        if (_blocks.Count == 0) Insert(0, new Block());
        var block = _blocks[at];
        block.Change(points, leads);
        _leads[at] += leads;
        Leads += leads;
        Total += (long)points * leads;

        if (block.Count == 0) RemoveAt(at);
        else if (block.Count == BlockSize) Insert(at + 1, Split(at));
    }

    /// <summary>How many leads have more points.</summary>
    public int Above(int points)
    {
        var at = Find(points);
        if (at == _blocks.Count) return 0;
        var above = _blocks[at].Above(points);
        foreach (var leads in CollectionsMarshal.AsSpan(_leads)[(at + 1)..]) above += leads;
        return above;
    }

    // The first block whose last points are not less.
    private int Find(int points)
    {
        var (low, high) = (0, _blocks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_blocks[middle].Last < points) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private Block Split(int at)
    {
        var upper = _blocks[at].Split();
        _leads[at] -= upper.Leads;
        return upper;
    }

    private void Insert(int at, Block block)
    {
        _blocks.Insert(at, block);
        _leads.Insert(at, block.Leads);
    }

    private void RemoveAt(int at)
    {
        _blocks.RemoveAt(at);
        _leads.RemoveAt(at);
    }

    private sealed class Block
    {
        private readonly int[] _points = new int[BlockSize];
        private readonly int[] _leads = new int[BlockSize];

        public int Count { get; private set; }

        public int Last => _points[Count - 1];

        public int Leads => Sum(_leads.AsSpan(0, Count));

        public void Change(int points, int leads)
        {
            var at = _points.AsSpan(0, Count).BinarySearch(points);
            if (at < 0) Insert(at = ~at, points);
            _leads[at] += leads;
            if (_leads[at] == 0) RemoveAt(at);
        }

        public int Above(int points)
        {
            var at = _points.AsSpan(0, Count).BinarySearch(points);
            return Sum(_leads.AsSpan((at < 0 ? ~at : at + 1)..Count));
        }

        /// <summary>Gives its upper half away.</summary>
        public Block Split()
        {
            var upper = new Block();
            var half = Count / 2;
            _points.AsSpan(half..Count).CopyTo(upper._points);
            _leads.AsSpan(half..Count).CopyTo(upper._leads);
            (upper.Count, Count) = (Count - half, half);
            return upper;
        }

        private void Insert(int at, int points)
        {
            _points.AsSpan(at..Count).CopyTo(_points.AsSpan(at + 1));
            _leads.AsSpan(at..Count).CopyTo(_leads.AsSpan(at + 1));
            (_points[at], _leads[at]) = (points, 0);
            Count++;
        }

        private void RemoveAt(int at)
        {
            _points.AsSpan((at + 1)..Count).CopyTo(_points.AsSpan(at));
            _leads.AsSpan((at + 1)..Count).CopyTo(_leads.AsSpan(at));
            Count--;
        }

        private static int Sum(ReadOnlySpan<int> leads)
        {
            var sum = 0;
            foreach (var more in leads) sum += more;
            return sum;
        }
    }
}
