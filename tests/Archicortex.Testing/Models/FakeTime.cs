namespace Archicortex.Testing.Models;

/// <summary>A clock that stands still until it is told to go on; short waits may be skipped, each moving it by what was waited for.</summary>
/// <param name="skipped">Waits up to this long are over at once; longer ones (time limits of calls) wait for <see cref="Advance"/>.</param>
public sealed class FakeTime(TimeSpan skipped = default) : TimeProvider
{
    readonly Lock _lock = new();
    readonly List<FakeTimer> _timers = [];
    readonly List<TimeSpan> _waits = [];
    DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The waits that were skipped, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_lock)
            {
                return [.. _waits];
            }
        }
    }

    /// <summary>Timers that are running.</summary>
    public int TimerCount
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and rings what is due.</summary>
    public void Advance(TimeSpan by)
    {
        List<FakeTimer> due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.At <= _now)];
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Ring());
    }

    void Start(FakeTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            if (dueTime > skipped)
            {
                timer.At = _now + dueTime;
                _timers.Add(timer);
                return;
            }

            _now += dueTime;
            _waits.Add(dueTime);
        }

        // Not from here: whoever makes a timer does not expect it to ring before it has it.
        ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Ring(), timer, preferLocal: false);
    }

    void Stop(FakeTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset At { get; set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Start(this, dueTime);
            return true;
        }

        public void Dispose() => time.Stop(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
