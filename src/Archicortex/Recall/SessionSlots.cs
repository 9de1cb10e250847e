using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Archicortex.Recall;

/// <summary>What a question's words are worth for each turn of the session that is being read.</summary>
/// <remarks>
/// A word counts for the thirteen turns around it, so most of a recall's time goes here. Each quantity has an array of its own, with a
/// margin at both ends, so that a word is spread by four steps of four numbers, without asking where the session ends. Only
/// multiplication, addition and maximum are used: every machine comes to the same bits. A session is scanned between its first and
/// its last hit, so one of 100,000 turns costs a fraction of a millisecond a word.
/// </remarks>
sealed class SessionSlots
{
    /// <summary>How far words reach, in turns.</summary>
    public const int Reach = 6;

    const int BeyondMin = 3;
    const int Step = 4;

    // A kernel holds the thirteen factors and three zeros; a step may stand out behind the last turn by that.
    const int KernelLength = 16;
    const int Margin = 8;

    readonly double[] _nearKernel = new double[KernelLength];
    readonly double[] _farKernel = new double[KernelLength];
    readonly double[] _beyondKernel = new double[KernelLength];
    double[] _near = [], _far = [], _termNear = [], _termFar = [], _words = [], _beyond = [], _answer = [];
    int[] _asked = [];
    bool[] _isWanted = [];
    int _turns, _first, _last, _termFirst, _termLast;

    /// <summary>First and last place that may hold something.</summary>
    public (int First, int Last) Range => (Math.Max(0, _first - Reach), Math.Min(_turns - 1, _last + Reach));

    /// <summary>BM25 of the question.</summary>
    public double Words(int place) => _words[place + Margin];

    /// <summary>The best of each word near by, summed.</summary>
    public double Near(int place) => _near[place + Margin];

    /// <summary>The same further round.</summary>
    public double Far(int place) => _far[place + Margin];

    /// <summary>Matches three to six turns away, summed.</summary>
    public double Beyond(int place) => _beyond[place + Margin];

    /// <summary>Match of the question that the turn answers.</summary>
    public double Answer(int place) => _answer[place + Margin];

    /// <summary>Row of that question; −1: none.</summary>
    public int Asked(int place) => _asked[place + Margin] - 1;

    /// <summary>True if the turn may be an answer whatever its words.</summary>
    public bool IsWanted(int place) => _isWanted[place + Margin];

    /// <summary>Sets what a word counts by distance, for <see cref="Near"/> and for <see cref="Far"/>.</summary>
    public void Use(double[] near, double[] far)
    {
        for (var i = 0; i <= 2 * Reach; i++)
        {
            var distance = Math.Abs(i - Reach);
            _nearKernel[i] = distance < near.Length ? near[distance] : 0;
            _farKernel[i] = distance < far.Length ? far[distance] : 0;
            _beyondKernel[i] = distance >= BeyondMin ? 1 : 0;
        }
    }

    /// <summary>Starts a session of so many turns.</summary>
    public void Begin(int turns)
    {
        (_turns, _first, _last, _termFirst, _termLast) = (turns, turns, -1, turns, -1);
        var size = Margin + turns + KernelLength;
        if (_near.Length < size)
        {
            size += size >> 2;
            (_near, _far, _termNear, _termFar) = (new double[size], new double[size], new double[size], new double[size]);
            (_words, _beyond, _answer) = (new double[size], new double[size], new double[size]);
            (_asked, _isWanted) = (new int[size], new bool[size]);
        }
    }

    /// <summary>A turn that is to be looked at for another reason than words.</summary>
    public void Want(int place)
    {
        _isWanted[place + Margin] = true;
        Widen(place);
    }

    /// <summary>A word stands in a turn: it counts there and around, at its nearest place.</summary>
    public void Spread(int place, double score)
    {
        Raise(_termNear, _nearKernel, place, score);
        Raise(_termFar, _farKernel, place, score);
        (_termFirst, _termLast) = (Math.Min(_termFirst, place), Math.Max(_termLast, place));
        Widen(place);
    }

    /// <summary>The turn itself has the word.</summary>
    public void AddWord(int place, double score) => _words[place + Margin] += score;

    /// <summary>All of a word's places have been spread.</summary>
    public void EndTerm()
    {
        var end = Margin + _termLast + Reach + 1;
        for (var at = Margin + _termFirst - Reach; at < end; at += Step)
        {
            Move(_termNear, _near, at);
            Move(_termFar, _far, at);
        }

        (_termFirst, _termLast) = (_turns, -1);
    }

    /// <summary>Hands a turn's match on to the turns three to six places away.</summary>
    public void PassOn(int place)
    {
        var match = Vector256.Create(_words[place + Margin]);
        ref var target = ref MemoryMarshal.GetArrayDataReference(_beyond);
        ref var kernel = ref MemoryMarshal.GetArrayDataReference(_beyondKernel);
        for (var i = 0; i < KernelLength; i += Step)
        {
            var at = (nuint)(place + Margin - Reach + i);
            var sum = Vector256.LoadUnsafe(ref target, at) + (Vector256.LoadUnsafe(ref kernel, (nuint)i) * match);
            sum.StoreUnsafe(ref target, at);
        }
    }

    /// <summary>A turn answers a question.</summary>
    public void SetAnswer(int place, double match, int question)
    {
        _answer[place + Margin] = match;
        _asked[place + Margin] = question + 1;
    }

    /// <summary>Ends the session: nothing of it is left.</summary>
    public void End()
    {
        if (_last < 0)
        {
            return;
        }

        var (start, length) = (Margin + _first - Reach, _last - _first + KernelLength);
        foreach (var numbers in (ReadOnlySpan<double[]>)[_near, _far, _words, _beyond, _answer])
        {
            Array.Clear(numbers, start, length);
        }

        Array.Clear(_asked, start, length);
        Array.Clear(_isWanted, start, length);
    }

    void Widen(int place) => (_first, _last) = (Math.Min(_first, place), Math.Max(_last, place));

    static void Raise(double[] values, double[] factors, int place, double score)
    {
        var scores = Vector256.Create(score);
        ref var target = ref MemoryMarshal.GetArrayDataReference(values);
        ref var kernel = ref MemoryMarshal.GetArrayDataReference(factors);
        for (var i = 0; i < KernelLength; i += Step)
        {
            var at = (nuint)(place + Margin - Reach + i);
            var raised = Vector256.MaxNative(Vector256.LoadUnsafe(ref target, at), Vector256.LoadUnsafe(ref kernel, (nuint)i) * scores);
            raised.StoreUnsafe(ref target, at);
        }
    }

    static void Move(double[] from, double[] to, int at)
    {
        ref var source = ref MemoryMarshal.GetArrayDataReference(from);
        ref var target = ref MemoryMarshal.GetArrayDataReference(to);
        var sum = Vector256.LoadUnsafe(ref target, (nuint)at) + Vector256.LoadUnsafe(ref source, (nuint)at);
        sum.StoreUnsafe(ref target, (nuint)at);
        Vector256<double>.Zero.StoreUnsafe(ref source, (nuint)at);
    }
}
