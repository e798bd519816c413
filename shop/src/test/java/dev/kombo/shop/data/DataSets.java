package dev.kombo.shop.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real files, which are not part of the project: where they are absent, a test that asks for them is skipped. */
public final class DataSets {
    private DataSets() {}

    /** A file under the folder of {@code -Dkombo.data.dir}, by default {@code shared/data} beside the project. */
    public static Path require(String name) {
        String module = System.getProperty("basedir", "");
        String folder = System.getProperty("kombo.data.dir");
        Path data = folder == null ? Path.of(module, "..", "..", "shared", "data") : Path.of(folder);
        Path file = data.resolve(name).toAbsolutePath().normalize();
        assumeTrue(Files.isRegularFile(file), "skipped, as this data set is not here: " + file);
        return file;
    }
}
