package dev.kombo.query.report;

import dev.kombo.attribution.account.BundleTotals;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.query.source.LocalStore;
import dev.kombo.query.source.Reports;
import dev.kombo.query.source.StoreReading;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.UpliftState;
import dev.kombo.serde.AccountMapper;
import dev.kombo.serde.ComparisonMapper;
import dev.kombo.topology.common.AccountKeys;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.report.ArmRankingModels;
import dev.kombo.topology.report.AssignedUsers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads the results of experiments and bundles from the stores of this instance. Totals and days of an experiment come
 * with the comparisons of its arms, totals also with the stage of each arm's model.
 */
public final class LocalReports implements Reports {
    private final LocalStore<ConversionReport> accounts;
    private final LocalStore<UpliftState> uplifts;
    private final LocalStore<ConversionReport> history;
    private final LocalStore<BundleReport> bundles;
    private final LiveModels models;

    public LocalReports(KafkaStreams streams, LiveModels models) {
        this.models = models;
        this.accounts = new LocalStore<>(streams, StoreNames.EXPERIMENT_ACCOUNT);
        this.uplifts = new LocalStore<>(streams, StoreNames.UPLIFT_ACCOUNT);
        this.history = new LocalStore<>(streams, StoreNames.COMPARISON_HISTORY);
        this.bundles = new LocalStore<>(streams, StoreNames.BUNDLE_ACCOUNT);
    }

    @Override
    public StoreReading<List<ConversionReport>> latest(List<Integer> partitions) {
        return collect(partitions, partition -> {
            StoreReading<List<ConversionReport>> stored = accounts.read(partition, LocalReports::all);
            StoreReading<Map<String, ConversionReport>> comparisons =
                    history.read(partition, store -> byDay(all(store)));
            Map<String, ConversionReport> days = byDay(stored.value());
            List<ConversionReport> complete = new ArrayList<>();
            boolean stale = stored.stale() || comparisons.stale();
            for (ConversionReport report : stored.value()) {
                if (report.getWindow() == ReportWindow.TOTAL) {
                    StoreReading<UpliftState> observed =
                            uplifts.read(partition, store -> store.get(report.getExperiment()));
                    complete.add(ArmRankingModels.addedTo(
                            ComparisonMapper.complete(
                                    report,
                                    observed.value(),
                                    models.strategy().plan(),
                                    AssignedUsers.perDay(report, days::get)),
                            models));
                    stale |= observed.stale();
                } else if (report.getWindow() == ReportWindow.DAY) {
                    complete.add(ComparisonMapper.withComparisons(
                            report, comparisons.value().get(dayOf(report))));
                } else {
                    complete.add(report);
                }
            }
            return new StoreReading<>(complete, stale);
        });
    }

    @Override
    public StoreReading<List<OfBundle>> ofBundle(String bundleId, List<Integer> partitions) {
        return collect(partitions, partition -> {
            StoreReading<List<ConversionReport>> stored = accounts.read(partition, LocalReports::all);
            StoreReading<List<OfBundle>> found =
                    bundles.read(partition, store -> ofBundle(bundleId, stored.value(), store));
            return new StoreReading<>(found.value(), stored.stale() || found.stale());
        });
    }

    @Override
    public StoreReading<BundleTotals> bundlesOf(String experiment, List<Integer> partitions) {
        BundleTotals totals = new BundleTotals();
        boolean stale = false;
        for (int partition : partitions) {
            stale |= bundles.read(partition, store -> {
                        AccountKeys.KeyRange keys = AccountKeys.bundlesOf(experiment);
                        try (KeyValueIterator<String, BundleReport> found = store.range(keys.first(), keys.end())) {
                            found.forEachRemaining(
                                    account -> totals.add(AccountMapper.BUNDLES.toDomain(account.value)));
                        }
                        return totals;
                    })
                    .stale();
        }
        return new StoreReading<>(totals, stale);
    }

    private static List<OfBundle> ofBundle(
            String bundleId, List<ConversionReport> reports, ReadOnlyKeyValueStore<String, BundleReport> store) {
        List<OfBundle> found = new ArrayList<>();
        for (ConversionReport report : reports) {
            if (report.getWindow() == ReportWindow.TOTAL) {
                for (ArmReport arm : report.getArms()) {
                    BundleReport figures =
                            store.get(AccountKeys.bundle(report.getExperiment(), arm.getArm(), bundleId));
                    if (figures != null) {
                        found.add(new OfBundle(report.getExperiment(), arm.getArm(), figures));
                    }
                }
            }
        }
        return found;
    }

    private static Map<String, ConversionReport> byDay(List<ConversionReport> reports) {
        Map<String, ConversionReport> days = new HashMap<>();
        reports.stream()
                .filter(report -> report.getWindow() == ReportWindow.DAY)
                .forEach(report -> days.put(dayOf(report), report));
        return days;
    }

    private static String dayOf(ConversionReport report) {
        return AccountKeys.window(report.getExperiment(), WindowKind.DAY, report.getWindowStart());
    }

    private static List<ConversionReport> all(ReadOnlyKeyValueStore<String, ConversionReport> store) {
        List<ConversionReport> reports = new ArrayList<>();
        try (KeyValueIterator<String, ConversionReport> all = store.all()) {
            all.forEachRemaining(account -> reports.add(account.value));
        }
        return reports;
    }

    private static <T> StoreReading<List<T>> collect(
            List<Integer> partitions, IntFunction<StoreReading<List<T>>> part) {
        List<T> all = new ArrayList<>();
        boolean stale = false;
        for (int partition : partitions) {
            StoreReading<List<T>> read = part.apply(partition);
            all.addAll(read.value());
            stale |= read.stale();
        }
        return new StoreReading<>(all, stale);
    }
}
