package dev.kombo.query.report;

import dev.kombo.attribution.account.ArmAccount;
import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.BundleTotals;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.report.AssignedUsers;
import dev.kombo.engine.report.DayComparisons;
import dev.kombo.engine.report.ModelStages;
import dev.kombo.engine.report.Report;
import dev.kombo.engine.report.ReportKeys;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.query.source.LocalStore;
import dev.kombo.query.source.Reports;
import dev.kombo.query.source.StoreReading;
import dev.kombo.schema.ConversionReport;
import dev.kombo.serde.ReportMapper;
import dev.kombo.topology.task.StoreNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
    private final LocalStore<ExperimentAccount> accounts;
    private final LocalStore<ExperimentUplift> uplifts;
    private final LocalStore<DayComparisons> history;
    private final LocalStore<BundleAccount> bundles;
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
            StoreReading<Map<String, ExperimentAccount>> stored = accounts.read(partition, LocalReports::all);
            StoreReading<Map<String, DayComparisons>> comparisons = history.read(partition, LocalReports::all);
            List<ConversionReport> reports = new ArrayList<>();
            boolean stale = stored.stale() || comparisons.stale();
            for (Map.Entry<String, ExperimentAccount> window : stored.value().entrySet()) {
                ExperimentAccount account = window.getValue();
                Report report = Report.ofDay(account, comparisons.value().get(window.getKey()));
                if (account.window() == WindowKind.TOTAL) {
                    StoreReading<ExperimentUplift> observed =
                            uplifts.read(partition, store -> store.get(account.experiment()));
                    report = total(account, observed.value(), stored.value());
                    stale |= observed.stale();
                }
                reports.add(ReportMapper.toAvro(report));
            }
            return new StoreReading<>(reports, stale);
        });
    }

    private Report total(
            ExperimentAccount account, ExperimentUplift uplift, Map<String, ExperimentAccount> accountsByKey) {
        return Report.ofTotal(
                account,
                uplift,
                ModelStages.of(account, models),
                models.strategy().plan(),
                AssignedUsers.perDay(account, accountsByKey::get));
    }

    @Override
    public StoreReading<List<OfBundle>> ofBundle(String bundleId, List<Integer> partitions) {
        return collect(partitions, partition -> {
            StoreReading<Map<String, ExperimentAccount>> stored = accounts.read(partition, LocalReports::all);
            StoreReading<List<OfBundle>> found = bundles.read(
                    partition, store -> ofBundle(bundleId, stored.value().values(), store));
            return new StoreReading<>(found.value(), stored.stale() || found.stale());
        });
    }

    @Override
    public StoreReading<BundleTotals> bundlesOf(String experiment, List<Integer> partitions) {
        BundleTotals totals = new BundleTotals();
        boolean stale = false;
        for (int partition : partitions) {
            stale |= bundles.read(partition, store -> {
                        ReportKeys.KeyRange keys = ReportKeys.bundlesOf(experiment);
                        try (KeyValueIterator<String, BundleAccount> found = store.range(keys.first(), keys.end())) {
                            found.forEachRemaining(account -> totals.add(account.value));
                        }
                        return totals;
                    })
                    .stale();
        }
        return new StoreReading<>(totals, stale);
    }

    private static List<OfBundle> ofBundle(
            String bundleId,
            Collection<ExperimentAccount> windows,
            ReadOnlyKeyValueStore<String, BundleAccount> store) {
        List<OfBundle> found = new ArrayList<>();
        for (ExperimentAccount account : windows) {
            if (account.window() == WindowKind.TOTAL) {
                for (ArmAccount arm : account.arms()) {
                    BundleAccount figures = store.get(ReportKeys.bundle(account.experiment(), arm.arm(), bundleId));
                    if (figures != null) {
                        found.add(new OfBundle(account.experiment(), arm.arm(), ReportMapper.BUNDLES.toAvro(figures)));
                    }
                }
            }
        }
        return found;
    }

    /** All rows of a store, in its order. */
    private static <V> Map<String, V> all(ReadOnlyKeyValueStore<String, V> store) {
        Map<String, V> rows = new LinkedHashMap<>();
        try (KeyValueIterator<String, V> all = store.all()) {
            all.forEachRemaining(row -> rows.put(row.key, row.value));
        }
        return rows;
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
