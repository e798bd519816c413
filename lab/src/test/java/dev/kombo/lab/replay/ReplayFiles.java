package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** Small input files, and what a format makes of them. */
final class ReplayFiles {
    private ReplayFiles() {}

    static Path plain(Path directory, String name, String... lines) {
        try {
            return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path gzip(Path directory, String name, String... lines) {
        Path file = directory.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    static List<ReplayRow> read(ReplayFormat format, Path file) {
        List<ReplayRow> rows = new ArrayList<>();
        try (ReplayRows source = format.open(file)) {
            for (ReplayRow row = source.next(); row != null; row = source.next()) {
                rows.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    static BehaviorEvent event(ReplayRow row) {
        return ((ReplayRow.Accepted) row).event();
    }

    static ReplayRow.Rejected rejected(ReplayRow row) {
        return (ReplayRow.Rejected) row;
    }

    static String reason(ReplayRow row) {
        return row instanceof ReplayRow.Rejected rejected ? rejected.reason() : "accepted";
    }

    static SortedMap<String, Long> counts(List<ReplayRow> rows) {
        SortedMap<String, Long> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(reason(row), 1L, Long::sum));
        return counts;
    }
}
