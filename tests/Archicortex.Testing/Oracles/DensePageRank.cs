namespace Archicortex.Testing.Oracles;

/// <summary>Personalized PageRank as one linear system, solved by elimination: (I − dM)x = (1 − d)r.</summary>
static class DensePageRank
{
    /// <param name="weights">Symmetric edge weights, shape [n, n]. A node without edges keeps what it gets.</param>
    /// <param name="seeds">Restart weights, shape [n]; any scale.</param>
    /// <param name="damping">Chance of walking on.</param>
    public static double[] Solve(double[,] weights, double[] seeds, double damping)
    {
        var n = seeds.Length;
        var total = seeds.Sum();
        var rows = new double[n][];
        for (var i = 0; i < n; i++)
        {
            rows[i] = new double[n + 1];
            rows[i][i] = 1;
            rows[i][n] = (1 - damping) * seeds[i] / total;
        }

        for (var from = 0; from < n; from++)
        {
            var strength = Enumerable.Range(0, n).Sum(to => weights[to, from]);
            for (var to = 0; to < n; to++)
            {
                var chance = strength > 0 ? weights[to, from] / strength : to == from ? 1 : 0;
                rows[to][from] -= damping * chance;
            }
        }

        return Eliminate(rows);
    }

    static double[] Eliminate(double[][] rows)
    {
        var n = rows.Length;
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(rows[row][column]));
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            for (var row = column + 1; row < n; row++)
            {
                var factor = rows[row][column] / rows[column][column];
                if (factor != 0)
                {
                    for (var k = column; k <= n; k++)
                    {
                        rows[row][k] -= factor * rows[column][k];
                    }
                }
            }
        }

        var solution = new double[n];
        for (var row = n - 1; row >= 0; row--)
        {
            var sum = rows[row][n];
            for (var k = row + 1; k < n; k++)
            {
                sum -= rows[row][k] * solution[k];
            }

            solution[row] = sum / rows[row][row];
        }

        return solution;
    }
}
