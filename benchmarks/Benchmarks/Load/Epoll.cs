using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LeadEngine.Benchmarks.Load;

/// <summary>Waits for many sockets on one thread: the async calls cost a thread hop each, and the server needs that time.</summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    private const int Add = 1;
    private const uint Readable = 1;
    private const int Interrupted = 4;

    // The kernel packs the event on x64 only.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - sizeof(ulong);

    private readonly int handle = Checked(Create(0));
    private readonly byte[] events;

    public Epoll(int capacity) => events = new byte[capacity * EventSize];

    public void Watch(Socket socket, int data)
    {
        var registration = stackalloc byte[16];
        *(uint*)registration = Readable;
        *(ulong*)(registration + DataOffset) = (ulong)data;
        Checked(Control(handle, Add, (int)socket.Handle, registration));
    }

    /// <summary>How many sockets can be read, up to the capacity; 0 once the time is over.</summary>
    public int Wait(TimeSpan atMost)
    {
        var timeout = stackalloc long[] { (long)atMost.TotalSeconds, atMost.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };
        fixed (byte* first = events)
        {
            var ready = Wait(handle, first, events.Length / EventSize, timeout, null);
            return ready < 0 && Marshal.GetLastPInvokeError() == Interrupted ? 0 : Checked(ready);
        }
    }

    public int Ready(int index) => (int)BitConverter.ToUInt64(events, index * EventSize + DataOffset);

    public void Dispose() => Checked(Close(handle));

    private static int Checked(int result) => result < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int socket, byte* registration);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    private static partial int Wait(int epoll, byte* events, int capacity, long* timeout, void* signals);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
