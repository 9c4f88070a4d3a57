using LeadEngine.TestSupport;

namespace LeadEngine.Durability;

internal static class EngineApiOfProcess
{
    extension(EngineProcess engine)
    {
        /// <summary>The engine's administration.</summary>
        public EngineApi Api => new(engine.Client);
    }
}
