package dev.kombo.lab.replay;

import dev.kombo.cli.CommandException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the rows of a file, each counted once.
 *
 * @param rows data rows of the file
 * @param accepted rows that are events which the topology took
 * @param rejected the other rows, by reason
 * @param examples the first row of each reason, with what is wrong in it, for a person
 * @param leftOut rows of the files beside it, which tell of the catalogue, that could not be used, by name of the file and
 *     reason
 */
public record ReplayAccount(
        long rows,
        long accepted,
        SortedMap<String, Long> rejected,
        SortedMap<String, String> examples,
        SortedMap<String, Long> leftOut) {
    /**
     * Checks the sum.
     *
     * @throws CommandException when {@code rows} is not {@code accepted} and all rejections together
     */
    public ReplayAccount {
        rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
        examples = Collections.unmodifiableSortedMap(new TreeMap<>(examples));
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
        long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
        if (rows != accepted + refused) {
            throw CommandException.failure("the account does not add up: %d rows, but %d accepted and %d rejected %s"
                    .formatted(rows, accepted, refused, rejected));
        }
    }

    /**
     * Refuses a file that taught nothing.
     *
     * @throws CommandException when no row of the file was accepted
     */
    public void requireAccepted(Path file) {
        if (accepted == 0) {
            throw CommandException.failure("no row of " + file + " is an event that the service took");
        }
    }
}
