package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.ranking.Ablations;
import dev.kombo.table.DataException;
import java.time.Instant;
import java.util.List;

/** Evaluates on what customers bought or hold: the engine is also evaluated without each of its groups of signals. */
abstract class RetailProtocol implements Protocol {
    @Override
    public final List<String> ablations() {
        return List.copyOf(Ablations.groups().keySet());
    }

    /**
     * Returns the time from which is evaluated, epoch milliseconds.
     *
     * @param usual the protocol's own
     * @param last the latest time of the data
     * @throws DataException if the data end before
     */
    static long measuredFrom(EvaluationOptions options, long usual, long last) {
        long from = options.from() == null ? usual : options.from().toEpochMilli();
        if (last < from) {
            throw new DataException("%s ends at %s: nothing from %s on is there to be predicted"
                    .formatted(options.dir(), Instant.ofEpochMilli(last), Instant.ofEpochMilli(from)));
        }
        return from;
    }
}
