using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Archicortex.Cli.Contracts;

/// <summary>Writes a result as one line of JSON. The shapes are promises: see json-contract.md.</summary>
static class JsonOutput
{
    // Letters of any script stay readable; the text goes to a terminal or a parser, not into a web page.
    static readonly ContractJson Json = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static Task WriteAsync<T>(TextWriter output, T value) =>
        output.WriteLineAsync(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T))!));
}

[JsonSerializable(typeof(RecallJson))]
[JsonSerializable(typeof(RememberJson))]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(VerifyJson))]
[JsonSerializable(typeof(ForgetJson))]
[JsonSerializable(typeof(ImportJson))]
[JsonSerializable(typeof(FactsJson))]
[JsonSerializable(typeof(FactsReadJson))]
[JsonSerializable(typeof(ImportOpenIeJson))]
[JsonSerializable(typeof(ExportOpenIeJson))]
[JsonSerializable(typeof(EmbedJson))]
[JsonSerializable(typeof(AnswerJson))]
[JsonSerializable(typeof(ClaimJson))]
[JsonSerializable(typeof(TimelineJson))]
[JsonSerializable(typeof(SessionsJson))]
[JsonSerializable(typeof(ReplayJson))]
[JsonSerializable(typeof(TopicsJson))]
[JsonSerializable(typeof(TaskJson))]
[JsonSerializable(typeof(TaskListJson))]
[JsonSerializable(typeof(TaskShowJson))]
[JsonSerializable(typeof(TaskForgetJson))]
[JsonSerializable(typeof(CaseJson))]
[JsonSerializable(typeof(CaseListJson))]
[JsonSerializable(typeof(CaseFindJson))]
[JsonSerializable(typeof(CaseForgetJson))]
[JsonSerializable(typeof(ConceptJson))]
[JsonSerializable(typeof(ErrorJson))]
sealed partial class ContractJson : JsonSerializerContext;
