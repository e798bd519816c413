package dev.kombo.config;

import java.util.Collection;
import java.util.List;

/** Finds settings that nobody reads, and the known name nearest to each: a typing error must not pass silently. */
final class UnknownSettings {
    private UnknownSettings() {}

    static List<String> problems(Collection<String> names) {
        return names.stream()
                .filter(name -> !Settings.DEFINITION.names().contains(name))
                .filter(name -> !name.startsWith(KomboConfig.STREAMS_PREFIX))
                .filter(name -> !name.startsWith(KomboConfig.AVRO_PREFIX))
                .sorted()
                .map(name -> name + ": unknown setting; the nearest known name is " + nearest(name))
                .toList();
    }

    private static String nearest(String name) {
        String nearest = null;
        int best = Integer.MAX_VALUE;
        for (String known : Settings.DEFINITION.names()) {
            int distance = distance(name, known);
            if (distance < best) {
                best = distance;
                nearest = known;
            }
        }
        return nearest;
    }

    /** Edit distance of Levenshtein, with one row. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substitution = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
