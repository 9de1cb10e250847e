using Microsoft.Extensions.Logging;

namespace Archicortex;

/// <summary>Every message a memory logs. Event ids are stable: a number is never given to another message.</summary>
/// <remarks>
/// 100 … the memory, 200 … models, 300 … tools. No text of a document, question or reply, and no name or source that its
/// owner gave it, is logged above Trace; documents are named by content id, memories by their file. Categories: <c>Archicortex.GraphMemory</c>,
/// <c>Archicortex.Models.ModelCaller</c>, <c>Archicortex.MemoryTools</c>.
/// </remarks>
static partial class Log
{
    public const string MemoryCategory = "Archicortex.GraphMemory";
    public const string ModelCategory = "Archicortex.Models.ModelCaller";
    public const string ToolsCategory = "Archicortex.MemoryTools";

    [LoggerMessage(100, LogLevel.Information, "Opened {Store}: {Documents} documents, {Operations} operations, {Replayed} replayed, in {ElapsedMs} ms.")]
    public static partial void Opened(ILogger logger, string store, int documents, long operations, long replayed, long elapsedMs);

    [LoggerMessage(101, LogLevel.Warning, "The snapshot of {Store} is passed over, and its log replayed: {Reason}.")]
    public static partial void SnapshotPassedOver(ILogger logger, string store, string reason);

    [LoggerMessage(102, LogLevel.Debug, "Wrote a snapshot of {Store} at operation {Sequence}.")]
    public static partial void SnapshotWritten(ILogger logger, string store, long sequence);

    [LoggerMessage(103, LogLevel.Warning, "The snapshot of {Store} could not be written; opening it will take longer.")]
    public static partial void SnapshotFailed(ILogger logger, string store, Exception failure);

    [LoggerMessage(104, LogLevel.Debug, "Closed {Store}.")]
    public static partial void Closed(ILogger logger, string store);

    [LoggerMessage(105, LogLevel.Debug, "Followed the writer of {Store} to operation {Sequence}.")]
    public static partial void CaughtUp(ILogger logger, string store, long sequence);

    [LoggerMessage(106, LogLevel.Critical, "{Store} failed while it took in what it had stored; it must be closed and opened again.")]
    public static partial void Broken(ILogger logger, string store, Exception failure);

    [LoggerMessage(110, LogLevel.Debug, "Remembered {Documents} documents: {Added} added, {Known} known, {Replaced} replaced, in {ElapsedMs} ms.")]
    public static partial void Remembered(ILogger logger, int documents, int added, int known, int replaced, long elapsedMs);

    [LoggerMessage(111, LogLevel.Debug, "Forgot {Documents} documents.")]
    public static partial void Forgot(ILogger logger, int documents);

    [LoggerMessage(120, LogLevel.Debug, "Recalled {Passages} passages by {Strategy}.")]
    public static partial void Recalled(ILogger logger, int passages, RecallStrategy strategy);

    [LoggerMessage(121, LogLevel.Information, "Recalled by {Used}, not by {Asked} as asked: {Reason}")]
    public static partial void FallbackUsed(ILogger logger, RecallStrategy used, RecallStrategy asked, string reason);

    [LoggerMessage(130, LogLevel.Information, "{Extractor} starts to read {Documents} documents.")]
    public static partial void ExtractionStarted(ILogger logger, string extractor, int documents);

    [LoggerMessage(131, LogLevel.Information, "{Extractor} has read {Done} of {Documents} documents: {Facts} facts, {Failed} documents failed.")]
    public static partial void ExtractionProgress(ILogger logger, string extractor, int done, int documents, long facts, int failed);

    [LoggerMessage(132, LogLevel.Information, "{Extractor} is done: {Documents} documents, {Facts} facts, {Failed} documents failed.")]
    public static partial void ExtractionDone(ILogger logger, string extractor, int documents, long facts, int failed);

    [LoggerMessage(133, LogLevel.Warning, "{Extractor} could not read document {DocumentId} ({Failure}).")]
    public static partial void DocumentFailed(ILogger logger, string extractor, string documentId, string failure);

    [LoggerMessage(134, LogLevel.Information, "A summary by {Writer} is refused: {Count} of its names and numbers stand in no passage.")]
    public static partial void SummaryRefused(ILogger logger, string writer, int count);

    [LoggerMessage(140, LogLevel.Information, "Imported {Operations} operations: {Added} documents added, {Forgotten} forgotten; verbatim: {IsVerbatim}.")]
    public static partial void Imported(ILogger logger, long operations, int added, int forgotten, bool isVerbatim);

    [LoggerMessage(
        141, LogLevel.Information,
        "Imported {Passages} OpenIE passages: {Recorded} recorded, {Known} known, {Created} created, {Ignored} left out; {Facts} facts.")]
    public static partial void OpenIeImported(ILogger logger, int passages, int recorded, int known, int created, int ignored, int facts);

    [LoggerMessage(142, LogLevel.Information, "Verified {Operations} operations: sound.")]
    public static partial void VerifiedSound(ILogger logger, long operations);

    [LoggerMessage(143, LogLevel.Error, "Verified {Operations} operations: {Problems} problems.")]
    public static partial void VerifiedUnsound(ILogger logger, long operations, int problems);

    [LoggerMessage(200, LogLevel.Debug, "{Model} answered for {Asked}: {InputTokens} tokens sent, {OutputTokens} received.")]
    public static partial void ModelAnswered(ILogger logger, string model, string asked, long inputTokens, long outputTokens);

    [LoggerMessage(201, LogLevel.Warning, "{Model} did not answer for {Asked} at try {Tries} (status {Status}); next try in {WaitMs} ms.")]
    public static partial void ModelRetried(ILogger logger, string model, string asked, int tries, int? status, long waitMs);

    [LoggerMessage(202, LogLevel.Warning, "{Model} answered for {Asked} with something else; it is asked once more.")]
    public static partial void ModelRepaired(ILogger logger, string model, string asked);

    [LoggerMessage(203, LogLevel.Trace, "The reply of {Model} was not taken: {Why}.")]
    public static partial void ReplyNotTaken(ILogger logger, string model, string why);

    [LoggerMessage(204, LogLevel.Error, "{Model} gave no usable answer for {Asked} ({Failure}).")]
    public static partial void ModelFailed(ILogger logger, string model, string asked, string failure);

    [LoggerMessage(205, LogLevel.Warning, "The budget does not allow to ask {Model} for {Asked}: {Limit} is reached.")]
    public static partial void BudgetExceeded(ILogger logger, string model, string asked, string? limit);

    [LoggerMessage(206, LogLevel.Trace, "A reply of {Model} for {Asked} cost nothing: it was known.")]
    public static partial void CacheHit(ILogger logger, string model, string asked);

    [LoggerMessage(300, LogLevel.Debug, "Tool {Tool} was called.")]
    public static partial void ToolCalled(ILogger logger, string tool);

    [LoggerMessage(301, LogLevel.Information, "Tool {Tool} was called wrongly, and said so ({Failure}).")]
    public static partial void ToolRefused(ILogger logger, string tool, string failure);

    [LoggerMessage(302, LogLevel.Error, "Tool {Tool} failed.")]
    public static partial void ToolFailed(ILogger logger, string tool, Exception failure);
}
