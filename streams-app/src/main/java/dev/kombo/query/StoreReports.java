package dev.kombo.query;

import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.UpliftState;
import dev.kombo.serde.ComparisonMapper;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Accounts of the experiments whose partitions this instance owns, totals with comparisons; without their bundles. */
public final class StoreReports implements Reports {
    private final KafkaStreams streams;
    private final String accounts;
    private final String uplifts;

    /**
     * @param accounts name of the store of accounts
     * @param uplifts name of the store of observations
     */
    public StoreReports(KafkaStreams streams, String accounts, String uplifts) {
        this.streams = streams;
        this.accounts = accounts;
        this.uplifts = uplifts;
    }

    @Override
    public List<ConversionReport> latest() {
        List<ConversionReport> reports = new ArrayList<>();
        try {
            ReadOnlyKeyValueStore<String, UpliftState> observations = store(uplifts);
            try (KeyValueIterator<String, ConversionReport> all =
                    this.<ConversionReport>store(accounts).all()) {
                all.forEachRemaining(account -> reports.add(complete(account.value, observations)));
            }
        } catch (InvalidStateStoreException e) {
            throw new StateUnavailableException("the store " + accounts + " cannot be read: " + e.getMessage(), e);
        }
        return reports;
    }

    private static ConversionReport complete(
            ConversionReport report, ReadOnlyKeyValueStore<String, UpliftState> observations) {
        return report.getWindow() == ReportWindow.TOTAL
                ? ComparisonMapper.complete(report, observations.get(report.getExperiment()))
                : report;
    }

    private <V> ReadOnlyKeyValueStore<String, V> store(String name) {
        return streams.store(
                StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore()));
    }
}
