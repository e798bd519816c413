package dev.kombo.shop.replay;

import dev.kombo.console.CommandException;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * Counts the rows of a replayed file by result, each row once.
 *
 * @param rows data rows of the file
 * @param accepted rows whose events the topology accepted
 * @param leftOut rows that were left out although they can be read, as those of cancelled orders, by reason
 * @param rejected the other rows, by reason
 * @param examples the first row of each reason, with what is wrong in it, for a person
 * @param unusable number of unusable rows of catalogue files beside it, by name of the file and reason
 */
public record ReplayAccount(
        long rows,
        long accepted,
        SortedMap<String, Long> leftOut,
        SortedMap<String, Long> rejected,
        SortedMap<String, String> examples,
        SortedMap<String, Long> unusable) {
    /** One in so many rows must be accepted, or the file is of another format. */
    private static final long FEW_ACCEPTED = 10;

    /**
     * Checks the sum.
     *
     * @throws CommandException if {@code rows} is not the sum of {@code accepted} and all rows left out and rejected
     */
    public ReplayAccount {
        if (rows != accepted + sum(leftOut) + sum(rejected)) {
            throw CommandException.failure(
                    "the account does not add up: %d rows, but %d accepted, left out %s and rejected %s"
                            .formatted(rows, accepted, leftOut, rejected));
        }
    }

    private static long sum(SortedMap<String, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Rejects a file of which hardly a row is accepted: it has another format, or a quote that is never closed.
     *
     * @throws CommandException if less than a tenth of the rows were accepted
     */
    public void requireMany(Path file) {
        requireAccepted(file);
        if (accepted < (rows - sum(leftOut)) / FEW_ACCEPTED) {
            throw CommandException.failure(
                    "only %d of the %d rows of %s are events that the service took; first of each kind: %s"
                            .formatted(accepted, rows, file, String.join("; ", examples.values())));
        }
    }

    /**
     * Rejects a file without a single accepted row.
     *
     * @throws CommandException if no row of the file was accepted
     */
    public void requireAccepted(Path file) {
        if (accepted == 0) {
            throw CommandException.failure("no row of " + file + " is an event that the service took");
        }
    }
}
