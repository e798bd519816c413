package dev.kombo.lab.replay;

import java.nio.file.Path;
import java.util.List;

/** The formats by name. */
public final class ReplayFormats {
    private ReplayFormats() {}

    /** Names that {@link #named} knows. */
    public static List<String> names() {
        return List.of("online-retail", "completejourney", "taobao", "youshu", "bundlerec", MappedCsvFormat.NAME);
    }

    /**
     * The format of a name.
     *
     * @param mapping column mapping file, for {@code csv} only; else null
     * @throws ReplayException when there is no such format, or a mapping is missing or without use
     */
    public static ReplayFormat named(String name, Path mapping) {
        boolean mapped = name.equals(MappedCsvFormat.NAME);
        if (mapped != (mapping != null)) {
            throw new ReplayException(
                    mapped
                            ? "format csv needs a column mapping file"
                            : "format " + name + " takes no column mapping file");
        }
        return switch (name) {
            case "online-retail" -> new OnlineRetailFormat();
            case "completejourney" -> new CompleteJourneyFormat();
            case "taobao" -> new TaobaoFormat();
            case "youshu" -> new YoushuFormat();
            case "bundlerec" -> new BundleRecFormat();
            case MappedCsvFormat.NAME -> new MappedCsvFormat(mapping);
            default -> throw new ReplayException("unknown format " + name + "; known are " + names());
        };
    }
}
