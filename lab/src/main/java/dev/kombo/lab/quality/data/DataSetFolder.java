package dev.kombo.lab.quality.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The folder of one data set, whose files may each be plain or gzip ({@code .gz} after the name). */
final class DataSetFolder {
    private static final int MOST_NAMES_SHOWN = 12;

    private final String dataSet;
    private final Path folder;
    private final List<String> names;

    private DataSetFolder(String dataSet, Path folder, List<String> names) {
        this.dataSet = dataSet;
        this.folder = folder;
        this.names = names;
    }

    /**
     * Looks into a folder.
     *
     * @param dataSet name of the data set, for messages
     * @throws DataSetException when there is no such folder
     */
    static DataSetFolder of(String dataSet, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataSetException("no such folder: " + folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new DataSetFolder(
                    dataSet,
                    folder,
                    files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .sorted()
                            .toList());
        }
    }

    /**
     * Finds files.
     *
     * @param wanted names without {@code .gz}
     * @return the files by those names
     * @throws DataSetException naming all that are missing
     */
    Map<String, Path> require(String... wanted) {
        Map<String, Path> found = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String name : wanted) {
            Path file = find(name);
            if (file == null) {
                missing.add(name);
            } else {
                found.put(name, file);
            }
        }
        if (!missing.isEmpty()) {
            throw lacks(String.join(", ", missing));
        }
        return found;
    }

    /** A file by its name without {@code .gz}, or null. */
    Path find(String name) {
        String found = names.contains(name) ? name : names.contains(name + ".gz") ? name + ".gz" : null;
        return found == null ? null : folder.resolve(found);
    }

    /**
     * Finds the one file whose name, without {@code .gz}, is as asked.
     *
     * @param shown what is looked for, for messages
     * @throws DataSetException when there is none, or more than one
     */
    Path requireOne(String shown, Predicate<String> wanted) {
        List<String> found =
                names.stream().filter(name -> wanted.test(plain(name))).toList();
        if (found.isEmpty()) {
            throw lacks(shown);
        }
        if (found.size() > 1) {
            throw new DataSetException(
                    folder + ": one file is expected as " + shown + " of " + dataSet + ", found " + found);
        }
        return folder.resolve(found.get(0));
    }

    private static String plain(String name) {
        return name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
    }

    private DataSetException lacks(String missing) {
        List<String> shown = names.size() <= MOST_NAMES_SHOWN ? names : names.subList(0, MOST_NAMES_SHOWN);
        return new DataSetException("%s is not a folder of %s: it lacks %s (plain or .gz); it holds %s%s"
                .formatted(folder, dataSet, missing, shown, shown.size() < names.size() ? " and more" : ""));
    }
}
