package dev.kombo.lab.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kombo.console.CommandException;
import dev.kombo.lab.JsonFile;
import dev.kombo.lab.bench.BenchSummary.GrowthPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Keeps in a file how costs grow with the size of a shop, so that a run that was ended goes on where it stopped.
 */
record GrowthRows(Path file, List<Row> rows) {
    /**
     * The sizes along one axis.
     *
     * @param settings of the benchmark, as people read them
     * @param points empty until it is measured
     */
    record Row(BenchParts.Axis axis, List<Integer> sizes, Map<String, String> settings, List<GrowthPoint> points) {
        Row measured(List<GrowthPoint> measured) {
            return new Row(axis, sizes, settings, measured);
        }
    }

    /**
     * Reads the rows that a file has.
     *
     * @param file null or a missing one: none
     * @throws CommandException if the file has something else
     */
    static GrowthRows in(Path file) throws IOException {
        try {
            boolean any = file != null && Files.exists(file);
            List<Row> rows = any ? Arrays.asList(JsonFile.read(file, Row[].class)) : List.of();
            return new GrowthRows(file, new ArrayList<>(rows));
        } catch (JsonProcessingException e) {
            throw CommandException.mistake(file + " holds no rows of growth: " + e.getOriginalMessage());
        }
    }

    /** Returns the row with the same axis, sizes and settings; null if it is to be measured. */
    Row find(Row wanted) {
        return rows.stream()
                .filter(row -> row.measured(List.of()).equals(wanted))
                .findFirst()
                .orElse(null);
    }

    /** Adds a row that was measured, and writes the file. */
    void keep(Row row) throws IOException {
        rows.add(row);
        if (file != null) {
            JsonFile.write(file, rows);
        }
    }
}
