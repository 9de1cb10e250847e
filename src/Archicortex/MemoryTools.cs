using Microsoft.Extensions.AI;

namespace Archicortex;

/// <summary>What an agent may do with a memory.</summary>
public enum MemoryToolAccess
{
    /// <summary>Recall, ask, history, verify: nothing is written.</summary>
    Read,

    /// <summary>And remember. Nothing that is there is changed.</summary>
    ReadAndRemember,

    /// <summary>And forget one document at a time.</summary>
    Full,
}

/// <summary>Which functions of a memory an agent is offered. Every function more makes it harder to choose the right one.</summary>
[Flags]
public enum MemoryToolKinds
{
    /// <summary>What is known: recall, ask, history, verify, remember, forget.</summary>
    Knowledge = 1,

    /// <summary>What is to be done: task_show, task_start, task_update.</summary>
    Tasks = 2,

    /// <summary>What was tried: case_recall, case_remember, case_used.</summary>
    Cases = 4,

    /// <summary>All of them.</summary>
    All = Knowledge | Tasks | Cases,
}

/// <summary>How a memory is offered to an agent.</summary>
public sealed record MemoryToolsOptions
{
    /// <summary>The most passages or facts one call may return, whatever is set here.</summary>
    public const int TopLimit = 50;

    /// <summary>
    /// What the agent may do. Default: read and remember; forgetting has to be asked for. A memory that is open for reading
    /// only offers only what reads.
    /// </summary>
    public MemoryToolAccess Access { get; init; } = MemoryToolAccess.ReadAndRemember;

    /// <summary>Which functions are offered, as far as the access allows. Default: those of knowledge; tasks and cases have to be asked for.</summary>
    public MemoryToolKinds Kinds { get; init; } = MemoryToolKinds.Knowledge;

    /// <summary>
    /// The source of all that the agent remembers, so that it can be told from what others gave, and forgotten together:
    /// 1 … 2,000 characters. Default "agent".
    /// </summary>
    public string Source { get; init; } = "agent";

    /// <summary>The most passages or facts one call returns, 1 … 50. Default 50; a call that does not say gets 5, history 20.</summary>
    public int TopMax { get; init; } = TopLimit;

    /// <summary>Characters one remembered text may have, 1 … 1,000,000. Default 20,000.</summary>
    public int TextCharsMax { get; init; } = 20_000;

    /// <summary>Characters of a passage that are returned, 50 … 100,000; a longer one is cut, and marked as cut. Default 2,000.</summary>
    public int PassageCharsMax { get; init; } = 2_000;

    /// <summary>Put before every name, e.g. "memory_", where an agent has other tools of these names. Letters, digits, "_". Default: nothing.</summary>
    public string NamePrefix { get; init; } = "";

    internal void Check()
    {
        if (!Enum.IsDefined(Access))
        {
            throw new ArgumentOutOfRangeException(nameof(Access), Access, "There is no such access. Use Read, ReadAndRemember or Full.");
        }

        if (Kinds == 0 || (Kinds & ~MemoryToolKinds.All) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Kinds), Kinds, "Kinds must be one or more of Knowledge, Tasks and Cases.");
        }

        if (string.IsNullOrWhiteSpace(Source) || Source.Length > Documents.DocumentCheck.FieldCharsMax)
        {
            throw new ArgumentException(
                $"Source has {Source?.Length ?? 0} characters; it names who remembers, in 1 to {Documents.DocumentCheck.FieldCharsMax:N0}.");
        }

        CheckRange(TopMax, 1, TopLimit, nameof(TopMax));
        CheckRange(TextCharsMax, 1, 1_000_000, nameof(TextCharsMax));
        CheckRange(PassageCharsMax, 50, 100_000, nameof(PassageCharsMax));
        if (NamePrefix is not { Length: <= 32 } || !NamePrefix.All(one => char.IsAsciiLetterOrDigit(one) || one == '_'))
        {
            throw new ArgumentException($"NamePrefix '{NamePrefix}' is no part of a tool's name. Use up to 32 letters a-z, digits and '_'.");
        }
    }

    static void CheckRange(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be between {least:N0} and {most:N0}.");
        }
    }
}

/// <summary>Offers a memory to agents of Microsoft.Extensions.AI.</summary>
public static class MemoryTools
{
    /// <summary>The memory as functions for <c>ChatOptions.Tools</c>: recall, ask, history, verify, and as allowed remember and forget;
    /// those of tasks and cases where <see cref="MemoryToolsOptions.Kinds"/> says so.</summary>
    /// <remarks>
    /// Results are compact JSON. A wrong call does not throw: it returns <c>{"error": …}</c>, a sentence that tells the agent
    /// what to do; only cancellation throws. Schemas and JSON are made without reflection, so trimming and native
    /// compilation keep them. The functions may be called from any number of threads and live as long as the memory.
    /// </remarks>
    /// <param name="memory">The memory. It is not disposed with the functions.</param>
    /// <param name="options">What is offered, and its limits.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IReadOnlyList<AIFunction> AsAIFunctions(this GraphMemory memory, MemoryToolsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(memory);
        options ??= new();
        options.Check();
        return new MemoryToolSet(memory, options).Functions();
    }
}
