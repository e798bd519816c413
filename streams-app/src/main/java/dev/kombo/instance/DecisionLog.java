package dev.kombo.instance;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topic;
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
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;

/**
 * Reads logged decisions and outcomes from their topics, for the command line all of them, for the API one request at a
 * time and only as many as an instance has time and memory for.
 */
public final class DecisionLog {
    private static final Limits LIMITS = new Limits(50_000, 500_000, Duration.ofSeconds(30));

    private final KomboConfig config;
    private final Limits limits;
    private final Topics topics;
    private final Semaphore one = new Semaphore(1);

    /**
     * What a request may take.
     *
     * @param decisions most records of decisions
     * @param outcomes most records of outcomes
     * @param time longest time to read them, and to wait for an answer
     */
    public record Limits(long decisions, long outcomes, Duration time) {}

    /** @param config settings of the service, whose topics are read */
    public DecisionLog(KomboConfig config) {
        this(config, LIMITS);
    }

    /**
     * Reads with other limits.
     *
     * @param config settings of the service, whose topics are read
     */
    public DecisionLog(KomboConfig config, Limits limits) {
        this.config = config;
        this.limits = limits;
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
            return read(reader, plan, arm, currency, () -> {});
        }
    }

    /**
     * Reads what was logged of the first treatment of an experiment.
     *
     * @throws ApiException 503 while another request reads, or where the log cannot be read, or is too long
     */
    public ConversionDiagnosis diagnosis(StrategyPlan plan) {
        if (!one.tryAcquire()) {
            throw ApiException.unavailable("busy", "another request reads the decisions; ask again when it has ended");
        }
        long started = System.nanoTime();
        try (TopicReader reader = new TopicReader(config, limits.time())) {
            if (reader.records(topics.name(Topic.DECISION_LOG)) > limits.decisions()
                    || reader.records(topics.name(Topic.OFFER_OUTCOME)) > limits.outcomes()) {
                throw tooLong("more is logged than an instance reads for a request");
            }
            Arm treatment = plan.first(Arm.Kind.TREATMENT);
            return read(reader, plan, treatment == null ? "" : treatment.name(), null, () -> {
                if (System.nanoTime() - started > limits.time().toNanos()) {
                    throw tooLong("the log was not read within " + limits.time().toSeconds() + " s");
                }
            });
        } catch (CommandException | KafkaException e) {
            throw ApiException.unavailable("log-unreadable", e.getMessage());
        } finally {
            one.release();
        }
    }

    private static ApiException tooLong(String why) {
        return ApiException.unavailable("log-too-long", why + "; run ./kombo diagnose");
    }

    /** @param each called for each record, before it */
    private ConversionDiagnosis read(
            TopicReader reader, StrategyPlan plan, String arm, String currency, Runnable each) {
        Arm holdout = plan.first(Arm.Kind.HOLDOUT);
        ConversionDiagnosis diagnosis = new ConversionDiagnosis(arm, holdout == null ? "" : holdout.name(), currency);
        reader.read(topics.name(Topic.DECISION_LOG), Decision.class, record -> {
            each.run();
            Optional.of(record)
                    .filter(one -> one.getExperiment().equals(plan.salt()))
                    .map(DecisionMapper::toDomain)
                    .ifPresent(diagnosis::add);
        });
        reader.read(topics.name(Topic.OFFER_OUTCOME), OfferOutcomes.class, records -> {
            each.run();
            records.getOutcomes().stream()
                    .filter(one -> one.getExperiment().equals(plan.salt()))
                    .map(OutcomeMapper::toDomain)
                    .filter(Objects::nonNull)
                    .forEach(diagnosis::add);
        });
        return diagnosis;
    }
}
