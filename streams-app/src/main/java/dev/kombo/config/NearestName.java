package dev.kombo.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a mistyped name most likely means. */
public final class NearestName {
    private NearestName() {}

    /** Returns the name with the fewest edits; empty if more than half of the letters would have to change. */
    public static Optional<String> of(String typed, Collection<String> names) {
        return names.stream()
                .min(Comparator.<String>comparingInt(name -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> 2 * distance(typed, name) <= Math.max(typed.length(), name.length()));
    }

    /**
     * Returns the optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours count
     * as one.
     */
    public static int distance(String from, String to) {
        int[][] table = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(table, from, to, i, j);
            }
        }
        return table[from.length()][to.length()];
    }

    private static int step(int[][] table, String from, String to, int i, int j) {
        char left = from.charAt(i - 1);
        char right = to.charAt(j - 1);
        int best =
                Math.min(table[i - 1][j - 1] + (left == right ? 0 : 1), Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && left == to.charAt(j - 2) && from.charAt(i - 2) == right;
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
