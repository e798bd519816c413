package dev.kombo.shop.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small files of data sets; gzip where the name ends so. */
public final class DataFiles {
    private DataFiles() {}

    public static Path write(Path folder, String name, String... lines) {
        byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve(name);
        try (OutputStream stored = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(stored) : stored) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Three users, four bundles, five items. */
    public static void writeYoushu(Path folder) {
        write(folder, "Youshu_data_size.txt", "3\t4\t5");
        write(folder, "user_bundle_train.txt.gz", "0\t3", "0\t1", "2\t0");
        write(folder, "user_bundle_tune.txt", "0\t2", "1\t3");
        write(folder, "user_item.txt", "2\t4", "0\t0", "0\t4");
        write(folder, "bundle_item.txt.gz", "0\t4", "0\t1", "1\t0", "1\t2", "2\t1", "2\t0", "3\t4", "3\t3", "3\t4");
    }
}
