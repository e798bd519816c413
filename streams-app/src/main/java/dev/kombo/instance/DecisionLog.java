package dev.kombo.instance;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.replay.ConversionDiagnosis;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.query.http.ApiException;
import dev.kombo.schema.Decision;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.serde.DecisionMapper;
import dev.kombo.serde.OutcomeMapper;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Reads logged decisions and outcomes from their topics, for the command line all of them, for the API one request at a
 * time and only as many as an instance has time and memory for.
 */
public final class DecisionLog {
    private static final long MOST_DECISIONS = 50_000;
    private static final long MOST_OUTCOMES = 500_000;

    private final KomboConfig config;
    private final Topics topics;
    private final Semaphore one = new Semaphore(1);

    /** @param config settings of the service, whose topics are read */
    public DecisionLog(KomboConfig config) {
        this.config = config;
        this.topics = Topics.of(config);
    }

    /**
     * Reads all that was logged of an experiment.
     *
     * @param arm of its treatments, by name
     * @param currency ISO 4217 code of the money that counts; null: any
     * @throws CommandException if a topic cannot be read
     */
    public ConversionDiagnosis read(StrategyPlan plan, String arm, String currency) {
        try (TopicReader reader = new TopicReader(config)) {
            return read(reader, plan, arm, currency);
        }
    }

    /**
     * Reads what was logged of the first treatment of an experiment.
     *
     * @throws ApiException 503 while another request reads, or where the log cannot be read, or is too long
     */
    ConversionDiagnosis diagnosis(StrategyPlan plan) {
        if (!one.tryAcquire()) {
            throw ApiException.unavailable("busy", "another request reads the decisions; ask again when it has ended");
        }
        try (TopicReader reader = new TopicReader(config)) {
            if (reader.records(topics.decisionLog()) > MOST_DECISIONS
                    || reader.records(topics.offerOutcome()) > MOST_OUTCOMES) {
                throw ApiException.unavailable(
                        "log-too-long", "more is logged than an instance reads for a request; run ./kombo diagnose");
            }
            Arm treatment = plan.first(Arm.Kind.TREATMENT);
            return read(reader, plan, treatment == null ? "" : treatment.name(), null);
        } catch (CommandException e) {
            throw ApiException.unavailable("log-unreadable", e.getMessage());
        } finally {
            one.release();
        }
    }

    private ConversionDiagnosis read(TopicReader reader, StrategyPlan plan, String arm, String currency) {
        Arm holdout = plan.first(Arm.Kind.HOLDOUT);
        ConversionDiagnosis diagnosis = new ConversionDiagnosis(arm, holdout == null ? "" : holdout.name(), currency);
        reader.read(
                topics.decisionLog(),
                Decision.class,
                record -> Optional.of(record)
                        .filter(one -> one.getExperiment().equals(plan.salt()))
                        .map(DecisionMapper::toDomain)
                        .ifPresent(diagnosis::add));
        reader.read(
                topics.offerOutcome(),
                OfferOutcomes.class,
                records -> records.getOutcomes().stream()
                        .filter(one -> one.getExperiment().equals(plan.salt()))
                        .map(OutcomeMapper::toDomain)
                        .filter(Objects::nonNull)
                        .forEach(diagnosis::add));
        return diagnosis;
    }
}
