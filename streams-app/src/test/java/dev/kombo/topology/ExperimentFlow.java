package dev.kombo.topology;

import dev.kombo.attribution.account.AccountRetention;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.EventType;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A shop with an experiment of two halves. */
abstract class ExperimentFlow {
    static final int CAP = 3_000;
    static final Duration ENTRY = Duration.ofHours(1);

    static final List<StrategyArm> HALVES = List.of(
            StrategyArms.of("control", ArmKind.HOLDOUT, 0.5), StrategyArms.of("offers", ArmKind.TREATMENT, 0.5));

    @RegisterExtension
    final Shop shop = new Shop();

    EngineDriver engine;

    @BeforeEach
    void open() {
        open("400");
    }

    void open(String retentionDays) {
        engine = shop.open(Map.of(
                AccountRetention.DAYS.name(),
                retentionDays,
                OfferSettings.TRIGGERS.name(),
                "VIEW",
                UpliftSettings.REVENUE_CAP.name(),
                Integer.toString(CAP)));
        engine.input(engine.topics.name(Topic.STRATEGY), Strategy.class)
                .pipeInput(
                        "default",
                        Strategy.newBuilder()
                                .setPrimaryMeasure("revenue1d")
                                .setVersion(2)
                                .setSalt("test")
                                .setArms(HALVES)
                                .build());
    }

    /** The latest report of a day, counted from the first. */
    static ConversionReport day(List<ConversionReport> reports, int number) {
        long start = WindowKind.DAY.startOf(timeOf(Duration.ofDays(number)));
        return reports.stream()
                .filter(report -> report.getWindow() == ReportWindow.DAY && report.getWindowStart() == start)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    ConversionReport total(List<ConversionReport> reports) {
        return reports.stream()
                .filter(report -> report.getWindow() == ReportWindow.TOTAL
                        && report.getExperiment().equals("test"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** Without those that are deleted. */
    List<ConversionReport> reports() {
        return engine.values(engine.topics.name(Topic.CONVERSION_REPORT), ConversionReport.class).stream()
                .filter(Objects::nonNull)
                .toList();
    }

    void enter(String user) {
        enter(user, ENTRY);
    }

    void enter(String user, Duration at) {
        view("enter", user, at);
    }

    void view(String eventId, String user, Duration at) {
        engine.send(EngineDriver.event(eventId, user, EventType.VIEW, at).setItemId("a"));
    }

    void buy(String order, String user, long minor, Duration at) {
        BehaviorEvent.Builder purchase = EngineDriver.purchase(order, user, "b", minor, at);
        engine.send(purchase.setOrderId(order));
    }

    static long timeOf(Duration afterStart) {
        return EngineDriver.START.plus(afterStart).toEpochMilli();
    }
}
