using System.Globalization;

namespace Orleans.Configuration
{
    public class GrainCollectionOptions
    {
        /// <summary>How often idle activations are looked for. Must be shorter than every age.</summary>
        public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

        public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

        /// <summary>By the full name of the grain class. <see cref="CollectionAgeLimitAttribute"/> wins over it.</summary>
        public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];
    }
}

namespace Orleans
{
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public class CollectionAgeLimitAttribute : Attribute
    {
        private readonly TimeSpan? _limit;

        /// <summary>The least that <see cref="Minutes"/> can amount to; a limit given as text may be shorter.</summary>
        public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

        public CollectionAgeLimitAttribute()
        {
        }

        public CollectionAgeLimitAttribute(string inactivityPeriod) =>
            _limit = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

        public double Minutes { get; set; }

        public bool AlwaysActive { get; set; }

        public TimeSpan AgeLimit => _limit ?? TimeSpan.FromMinutes(Math.Max(Minutes, MinAgeLimit.TotalMinutes));
    }
}
