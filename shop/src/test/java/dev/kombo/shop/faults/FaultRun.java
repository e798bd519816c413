package dev.kombo.shop.faults;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A fault that happened under load, and what came of it.
 *
 * @param brokers of the installation
 * @param cells of profiles that were compared, of all shoppers of the installation so far
 * @param recovery from the end of the fault to an offer in each partition
 * @param gap longest time without a committed offer in a partition
 * @param gaveUp how often instances ended by themselves
 * @param fired rules about Kafka's protocol, with how often they fired
 * @param differences what is not as the books say
 * @param faults what nothing excuses: why it was not finished, a rule that never fired
 * @param brokenTransactions what brokers did wrong with transactions meanwhile
 */
record FaultRun(
        long seed,
        Companion companion,
        int brokers,
        long events,
        int offers,
        long cells,
        Duration recovery,
        Duration gap,
        int gaveUp,
        List<String> fired,
        Set<String> differences,
        Set<String> faults,
        Set<String> brokenTransactions) {

    boolean equal() {
        return differences.isEmpty() && faults.isEmpty();
    }

    /**
     * Whether differences come from transactions that the only broker forgot or ended in both ways: which Kafka 4.4.0
     * does when all brokers crash. With several brokers nothing excuses a difference.
     */
    boolean excused() {
        return faults.isEmpty() && !equal() && brokers == 1 && !brokenTransactions.isEmpty();
    }

    /** Of which the build fails; none where they are excused. */
    Set<String> failures() {
        return excused() ? Set.of() : all();
    }

    private Set<String> all() {
        Set<String> all = new TreeSet<>(faults);
        all.addAll(differences);
        return all;
    }

    /** For the table; empty where all is equal and nothing is to be said. */
    String remark() {
        Set<String> remarks = new TreeSet<>(brokenTransactions);
        if (gaveUp > 0) {
            remarks.add("an instance gave up, times: " + gaveUp);
        }
        if (equal()) {
            return String.join("; ", remarks);
        }
        return "seed %d, %s: %d differences, such as %s%s"
                .formatted(
                        seed,
                        companion.text(),
                        all().size(),
                        all().iterator().next(),
                        remarks.isEmpty() ? "" : "; " + String.join("; ", remarks));
    }
}
