package dev.kombo.research.data;

import dev.kombo.table.DataException;
import dev.kombo.table.FileLayout;
import dev.kombo.table.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of one data set, whose files may each be plain or gzip ({@code .gz} after the name).
 *
 * @param dataSet name of the data set, for messages
 * @param files by name without {@code .gz}
 */
public record DataSetFolder(String dataSet, Path folder, SortedMap<String, Path> files) {
    private static final int MOST_NAMES_SHOWN = 12;

    /**
     * Lists a folder.
     *
     * @param dataSet name of the data set, for messages
     * @throws DataException if there is no such folder
     */
    public static DataSetFolder of(String dataSet, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataException("no such folder: " + folder);
        }
        DataSetFolder found = new DataSetFolder(dataSet, folder, new TreeMap<>());
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile).sorted().forEach(found::add);
        }
        return found;
    }

    /**
     * Returns the CSV of a data set that has one: the path itself if it is a file, else the one in that folder whose
     * name begins with one of these words.
     */
    public static Path file(String dataSet, Path path, String... words) throws IOException {
        return Files.isRegularFile(path)
                ? path
                : of(dataSet, path)
                        .requireOne(
                                "a file " + String.join("*.csv or ", words) + "*.csv",
                                name -> name.endsWith(".csv")
                                        && Arrays.stream(words).anyMatch(name::startsWith));
    }

    private void add(Path file) {
        String name = file.getFileName().toString();
        files.putIfAbsent(name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name, file);
    }

    /**
     * Finds files.
     *
     * @param names names without {@code .gz}
     * @return at least the files with those names
     * @throws DataException naming all that are missing
     */
    public Map<String, Path> require(String... names) {
        List<String> missing =
                Arrays.stream(names).filter(name -> !files.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw lacks(String.join(", ", missing));
        }
        return files;
    }

    /** Reads the rows of a file as {@link FileLayout#read} does, if the folder has the file. */
    void readIfPresent(String name, FileLayout layout, SortedMap<String, Long> leftOut, Consumer<Row> reader)
            throws IOException {
        if (files.containsKey(name)) {
            layout.read(files.get(name), leftOut, reader);
        }
    }

    /**
     * Finds the one file whose name, without {@code .gz}, matches.
     *
     * @param shown what is looked for, for messages
     * @throws DataException if there is none, or more than one
     */
    public Path requireOne(String shown, Predicate<String> wanted) {
        List<String> found = files.keySet().stream().filter(wanted).toList();
        if (found.isEmpty()) {
            throw lacks(shown);
        }
        if (found.size() > 1) {
            throw new DataException(
                    folder + ": one file is expected as " + shown + " of " + dataSet + ", found " + found);
        }
        return files.get(found.get(0));
    }

    private DataException lacks(String missing) {
        String held = files.keySet().stream().limit(MOST_NAMES_SHOWN).collect(Collectors.joining(", "));
        return new DataException("%s is not a folder of %s: it lacks %s (plain or .gz); it holds [%s%s]"
                .formatted(folder, dataSet, missing, held, files.size() > MOST_NAMES_SHOWN ? ", …" : ""));
    }
}
