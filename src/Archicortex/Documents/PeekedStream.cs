namespace Archicortex.Documents;

/// <summary>A stream whose first bytes may be looked at before it is read, and which counts what was read.</summary>
/// <param name="inner">What is read.</param>
/// <param name="bytesBefore">Bytes of the files before this one: progress counts on.</param>
/// <param name="progress">Told the count after each read.</param>
/// <param name="leaveOpen">Do not close what is read.</param>
sealed class PeekedStream(Stream inner, long bytesBefore, IProgress<long>? progress, bool leaveOpen = false) : IAsyncDisposable
{
    /// <summary>Enough to tell a chat from prose.</summary>
    const int PeekBytes = 1 << 16;

    readonly byte[] _head = new byte[PeekBytes];
    int _headCount;
    int _headTaken;

    public long BytesRead { get; private set; } = bytesBefore;

    /// <summary>The first bytes; all of them if <see cref="IsWhole"/>.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headCount);

    /// <summary>True if the head is all there is.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>A zero byte never stands in text, and early in nearly every other file.</summary>
    public bool LooksBinary => Head.Contains((byte)0);

    /// <summary>Fills the head. A pipe that delivers line by line is waited for only until a line is whole.</summary>
    public async Task PeekAsync(CancellationToken ct)
    {
        while (_headCount < PeekBytes)
        {
            var count = await ReadInnerAsync(_head.AsMemory(_headCount), ct).ConfigureAwait(false);
            _headCount += count;
            if (count == 0)
            {
                IsWhole = true;
                return;
            }

            if (!inner.CanSeek && Head.Contains((byte)'\n') && Head.Trim(" \t\r\n"u8) is [(byte)'{', ..])
            {
                return;
            }
        }
    }

    /// <summary>The next bytes; 0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        int count;
        if (_headTaken < _headCount)
        {
            count = Math.Min(buffer.Length, _headCount - _headTaken);
            _head.AsMemory(_headTaken, count).CopyTo(buffer);
            _headTaken += count;
        }
        else
        {
            count = IsWhole ? 0 : await ReadInnerAsync(buffer, ct).ConfigureAwait(false);
        }

        BytesRead += count;
        progress?.Report(BytesRead);
        return count;
    }

    public ValueTask DisposeAsync() => leaveOpen ? ValueTask.CompletedTask : inner.DisposeAsync();

    ValueTask<int> ReadInnerAsync(Memory<byte> buffer, CancellationToken ct)
    {
        // A console's stream does not look at the token while it waits for a line, so the waiting is given up instead.
        var read = inner.ReadAsync(buffer, ct);
        return inner.CanSeek || !ct.CanBeCanceled ? read : new ValueTask<int>(read.AsTask().WaitAsync(ct));
    }
}
