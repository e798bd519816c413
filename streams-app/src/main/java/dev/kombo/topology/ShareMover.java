package dev.kombo.topology;

import dev.kombo.ops.Counters;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.UpliftState;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.serde.UpliftMapper;
import dev.kombo.tracking.uplift.ExperimentUplift;
import dev.kombo.tracking.uplift.ShareAllocator;
import dev.kombo.tracking.uplift.ShareMove;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes moves of shares as new versions of the strategy in force. Only the task that owns an experiment's
 * observations does, and stores each move with them in the transaction that sends it: a move is made once, and none
 * follows before it is in force. A move takes the version after the one that it is based on. Whatever else was published
 * meanwhile has that version or a higher one, or another experiment came into force; in each case the move is refused
 * like any strategy, and told of. So a move never takes the place of what an operator published. Touched only by the
 * stream thread that owns the task.
 */
final class ShareMover {
    private static final Logger LOG = LoggerFactory.getLogger(ShareMover.class);

    private final PublishedStrategies published;
    private final Counters counters;
    private final ProcessorContext<String, SpecificRecord> context;

    ShareMover(PublishedStrategies published, Counters counters, ProcessorContext<String, SpecificRecord> context) {
        this.published = published;
        this.counters = counters;
        this.context = context;
    }

    /**
     * Makes a move, if there is one to make.
     *
     * @param time of the latest outcome, epoch milliseconds
     * @return the observations with the move, to be stored; null where shares stay
     */
    UpliftState move(String experiment, UpliftState observations, long time) {
        PublishedStrategies.InForce inForce = published.inForce();
        if (inForce == null
                || inForce.strategy().getAllocation() == null
                || !inForce.strategy().getSalt().equals(experiment)) {
            return null;
        }
        Strategy strategy = inForce.strategy();
        ExperimentUplift uplift = UpliftMapper.toDomain(observations);
        ShareMove move = ShareAllocator.next(StrategyMapper.toDomain(strategy), uplift, time);
        if (move == null) {
            return null;
        }
        context.forward(
                new Record<String, SpecificRecord>(inForce.key(), StrategyMapper.moved(strategy, move), time),
                NodeNames.REPORT_WRITE_STRATEGY);
        counters.count("strategy.shares.moved");
        LOG.info("Shares of {} move with version {}: {}", experiment, move.version(), move.arms());
        uplift.moved(move);
        return UpliftMapper.toAvro(uplift);
    }
}
