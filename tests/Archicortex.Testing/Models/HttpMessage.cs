using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Archicortex.Testing.Models;

/// <summary>A request over HTTP 1.1, as far as a test needs it, and the ways to answer it.</summary>
public sealed record HttpMessage(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    const int BytesMax = 16 << 20;

    /// <summary>Reads one request; null if the client left before it was whole.</summary>
    public static async Task<HttpMessage?> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var buffer = new byte[8192];
        var head = -1;
        while (head < 0)
        {
            if (!await ReadMoreAsync())
            {
                return null;
            }

            head = Encoding.Latin1.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal);
        }

        var lines = Encoding.Latin1.GetString([.. bytes[..head]]).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(
            pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var start = head + 4;
        var length = headers.TryGetValue("Content-Length", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        if (headers.ContainsKey("Transfer-Encoding"))
        {
            throw new NotSupportedException("This server reads bodies of a told length only.");
        }

        while (bytes.Count < start + length)
        {
            if (!await ReadMoreAsync())
            {
                return null;
            }
        }

        return new(lines[0].Split(' ')[1].Split('?')[0], headers, Encoding.UTF8.GetString([.. bytes[start..(start + length)]]));

        async Task<bool> ReadMoreAsync()
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            bytes.AddRange(buffer.AsSpan(0, read));
            return read > 0 && bytes.Count <= BytesMax;
        }
    }

    /// <summary>Answers and says that the connection ends.</summary>
    public static Task WriteAsync(
        NetworkStream stream, int status, string body, CancellationToken cancellationToken, params (string Name, string Value)[] headers) =>
        WriteAsync(stream, status, body, body.Length, cancellationToken, headers);

    /// <summary>Promises a whole body and sends half of it.</summary>
    public static Task WriteHalfAsync(NetworkStream stream, string type, string body, CancellationToken cancellationToken) =>
        WriteAsync(stream, 200, body, body.Length / 2, cancellationToken, ("Content-Type", type));

    static async Task WriteAsync(
        NetworkStream stream, int status, string body, int chars, CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        var head = new StringBuilder($"HTTP/1.1 {status} -\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (!headers.Any(header => header.Name == "Content-Type"))
        {
            head.Append("Content-Type: application/json\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(head.Append("\r\n").ToString() + body[..chars]), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }
}
