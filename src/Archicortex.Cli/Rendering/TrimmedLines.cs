using System.Text;

namespace Archicortex.Cli.Rendering;

/// <summary>Writes on without the blanks at the ends of lines, with which a page fills its columns: a file does not want them.</summary>
sealed class TrimmedLines(TextWriter inner) : TextWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    int _blanks;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _blanks++;
            return;
        }

        for (; _blanks > 0 && value is not ('\n' or '\r'); _blanks--)
        {
            inner.Write(' ');
        }

        _blanks = 0;
        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}
