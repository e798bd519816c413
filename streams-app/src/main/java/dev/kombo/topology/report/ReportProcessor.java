package dev.kombo.topology.report;

import dev.kombo.attribution.Outcome;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.topology.common.ScheduledProcessor;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Counts outcomes in the accounts of an experiment, in total, by day, by hour and by bundle, and adds matured measures
 * of its shoppers to the observations that arms are compared by. All arms of an experiment are counted in one task and
 * one record per window, which is what makes them comparable. Accounts are plain stores with the window's start in the
 * key, not window stores: those drop late records when partitions advance unequally.
 */
public final class ReportProcessor extends ScheduledProcessor<String, OfferOutcomes, String, SpecificRecord> {
    /** Least time between two publications of a report, in milliseconds: as often as a person looks again. */
    private static final long PUBLISH_INTERVAL_MILLIS = 1_000;

    private final EngineContext engine;
    private ReportAccounts accounts;
    private ReportPublisher publisher;

    public ReportProcessor(EngineContext engine) {
        this.engine = engine;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        accounts = new ReportAccounts(engine, context);
        publisher = new ReportPublisher(engine, accounts, context);
        schedule(context, PUBLISH_INTERVAL_MILLIS, publisher::publish);
    }

    @Override
    public void process(Record<String, OfferOutcomes> record) {
        if (record.value() == null) {
            engine.counters().count(KomboMetric.OUTCOMES_UNKNOWN);
            return;
        }
        List<OfferOutcome> published = record.value().getOutcomes();
        List<Outcome> outcomes = new ArrayList<>(published.size());
        for (int i = 0; i < published.size(); i++) {
            Outcome outcome = OutcomeMapper.toDomain(published.get(i));
            if (outcome == null) {
                engine.counters().count(KomboMetric.OUTCOMES_UNKNOWN);
            } else {
                outcomes.add(outcome);
            }
        }
        accounts.count(outcomes);
        publisher.publishBudgets();
    }
}
