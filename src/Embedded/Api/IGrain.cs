using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Anything that has an address in the runtime: a grain, or a reference to one.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>Base of all grain interfaces.</summary>
    public interface IGrain : IAddressable;

    /// <summary>Marks a grain interface whose grains are named by a string.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>Marks a grain interface whose grains are named by a number.</summary>
    public interface IGrainWithIntegerKey : IGrain;
}
