package dev.kombo.shop.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rows of the table of faults: printed, and put into the page where one is given. */
final class FaultTable {
    /** Where the row of the next kind is put in, on the page. */
    private static final String MARK = "<!-- The harness adds rows above this line. -->";

    private FaultTable() {}

    /**
     * Adds the row of a kind.
     *
     * @param seed of its first run
     */
    static void add(FaultKind kind, long seed, List<FaultRun> runs) throws IOException {
        String remarks = runs.stream()
                .map(FaultRun::remark)
                .filter(remark -> !remark.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        boolean equal = runs.stream().allMatch(FaultRun::equal);
        String row = String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %s |%n",
                text(kind, runs),
                seed,
                runs.size(),
                runs.stream().mapToLong(run -> run.gap().toMillis()).max().orElse(0) / 1000.0,
                (equal ? "equal" : "") + (equal && !remarks.isEmpty() ? "; " : "") + remarks);
        System.out.print(row);
        String page = System.getProperty("kombo.faults.page", "");
        if (!page.isEmpty()) {
            Path file = Path.of(page);
            Files.writeString(file, Files.readString(file).replace(MARK, row + MARK));
        }
    }

    private static String text(FaultKind kind, List<FaultRun> runs) {
        String brokers = kind.brokers() > 1 && kind.brokers() == Fault.BROKERS ? "three brokers: " : "";
        Set<String> companions =
                runs.stream().map(run -> run.companion().text()).collect(Collectors.toCollection(TreeSet::new));
        String together = kind.companions().size() > 1 ? ", " + String.join("; ", companions) : "";
        return brokers + kind.text() + together;
    }
}
