namespace Orleans.Configuration
{
    /// <summary>When idle activations leave.</summary>
    public class GrainCollectionOptions
    {
        /// <summary>How often idle activations are looked for. Default: 1 minute; must be shorter than every age.</summary>
        public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>How long an activation may be idle. Default: 15 minutes.</summary>
        public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

        /// <summary>The same for single grain classes, by full name. <see cref="CollectionAgeLimitAttribute"/> wins over it.</summary>
        public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];
    }
}

namespace Orleans
{
    /// <summary>How long activations of a grain class may be idle.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public class CollectionAgeLimitAttribute : Attribute
    {
        private readonly TimeSpan? _limit;

        /// <summary>The least that <see cref="Days"/>, <see cref="Hours"/> and <see cref="Minutes"/> can amount to.</summary>
        public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

        /// <summary>The limit is set by property.</summary>
        public CollectionAgeLimitAttribute()
        {
        }

        /// <summary>The limit as text, such as 00:00:20; it may be below <see cref="MinAgeLimit"/>.</summary>
        public CollectionAgeLimitAttribute(string inactivityPeriod) =>
            _limit = TimeSpan.Parse(inactivityPeriod, System.Globalization.CultureInfo.InvariantCulture);

        /// <summary>Days to add.</summary>
        public double Days { get; set; }

        /// <summary>Hours to add.</summary>
        public double Hours { get; set; }

        /// <summary>Minutes to add.</summary>
        public double Minutes { get; set; }

        /// <summary>Whether activations never count as idle.</summary>
        public bool AlwaysActive { get; set; }

        /// <summary>The limit.</summary>
        public TimeSpan AgeLimit => _limit ?? (AlwaysActive ? TimeSpan.FromDays(short.MaxValue) : Max(MinAgeLimit, Sum));

        private TimeSpan Sum => TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);

        private static TimeSpan Max(TimeSpan a, TimeSpan b) => a < b ? b : a;
    }
}
