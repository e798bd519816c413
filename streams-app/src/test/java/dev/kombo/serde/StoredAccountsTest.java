package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.account.ArmAccount;
import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.CurrencyAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.PlacementAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.client.AvroSerdes;
import dev.kombo.client.KomboAvroSerializer;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.report.DayComparisons;
import dev.kombo.engine.report.ReportedComparison;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.ShareMove.MoveKind;
import dev.kombo.experiment.ShareMove.MovedArm;
import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import dev.kombo.experiment.uplift.Crossing;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.ops.ProcessingFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the stores of the report task hold: values that name their fields, and Avro records of version 0.2.0. */
class StoredAccountsTest {
    private static final Schema REPORT = ReleasedRecords.schema("ConversionReport");
    private static final String TOPIC = "a-store-changelog";
    private static final long NOON = 1_700_049_600_000L;
    private static final long MIDNIGHT = 1_700_006_400_000L;

    private final Map<String, Object> settings = KomboConfig.of(
                    Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://" + UUID.randomUUID()))
            .avroSettings();
    private final AvroSerdes avro = new AvroSerdes(settings);
    private final StoredValues stored = new StoredValues(avro, new EngineSettings(KomboConfig.of(Map.of())));
    private final Map<String, byte[]> golden = golden();

    private static Map<String, byte[]> golden() {
        try (InputStream in = StoredAccountsTest.class.getResourceAsStream("accounts-layout-1.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(
                            parts -> parts[0], parts -> HexFormat.of().parseHex(parts[1])));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        avro.close();
    }

    @Test
    void shouldReadAnAccountOfAnExperimentOf020() {
        assertReads(stored.accounts(), ReleasedRecords.record(REPORT, """
                {
                  "experiment": "spring", "window": "TOTAL", "windowStart": 0, "lastEventTime": 1700049600000,
                  "arms": [{
                    "arm": "offers",
                    "users": 100, "activeUsers": 200, "offers": 300, "impressions": 400, "clicks": 500,
                    "dismissals": 600, "conversions": 700, "partialConversions": 800, "returns": 900,
                    "purchases": 1100, "crossConversions": 1300, "viewThroughConversions": 3, "returnedConversions": 2,
                    "clickThroughRate": 1, "conversionRate": 1.75, "returnedShare": 0.003, "dismissalRate": 1,
                    "amounts": [{
                      "currency": "EUR", "revenueMinor": 90000, "attributedMinor": 20000, "viewThroughMinor": 500,
                      "savingMinor": -30, "revenueSquares": 1.5e9, "revenuePerUser": 900
                    }],
                    "placements": [{
                      "placement": "home", "offers": 60, "impressions": 50, "clicks": 40, "dismissals": 30,
                      "conversions": 20, "attributedMinor": {"EUR": 20000}
                    }]
                  }]
                }
                """), account());
    }

    private static long count(OutcomeKind kind) {
        return kind.count() == null ? 0 : 100L * (1 + kind.ordinal());
    }

    private static ExperimentAccount account() {
        ArmAccount arm = new ArmAccount("offers");
        for (OutcomeKind kind : OutcomeKind.values()) {
            arm.restore(kind, count(kind));
        }
        // 0.2.0 did not count offers with a click: as many as clicks, but no more than were seen.
        arm.restore(3, 2, count(OutcomeKind.IMPRESSION));
        arm.restore(new CurrencyAccount("EUR", 90_000, 20_000, 500, -30, 1.5e9));
        arm.restore(new PlacementAccount("home", 60, 50, 40, 30, 20, Map.of("EUR", 20_000L)));
        ExperimentAccount account = new ExperimentAccount("spring", WindowKind.TOTAL, 0);
        account.restore(NOON);
        account.restore(arm);
        return account;
    }

    @Test
    void shouldReadAnAccountOfABundleOf020() {
        Schema arm = REPORT.getField("arms").schema().getElementType();
        Schema schema = arm.getField("bundles").schema().getElementType();
        assertReads(stored.bundles(), ReleasedRecords.record(schema, """
                {
                  "bundleId": "tea-and-cup", "offers": 70, "clicks": 9, "conversions": 4, "revenueMinor": 3600,
                  "currency": "EUR"
                }
                """), bundle());
    }

    private static BundleAccount bundle() {
        return new BundleAccount("tea-and-cup", 70, 9, 4, 3_600, "EUR");
    }

    @Test
    void shouldReadObservationsOf020() {
        ExperimentUplift expected = observations();
        expected.moved(
                new ShareMove(4, NOON, List.of(new MovedArm("control", 0.5, 0.75)), MoveKind.ALLOCATION, null, null));
        assertReads(stored.uplifts(), ReleasedRecords.record(ReleasedRecords.schema("UpliftState"), """
                {
                  "accounts": [{
                    "measure": "revenue28d", "currency": "EUR",
                    "strata": [{
                      "strategyVersion": 3,
                      "arms": [
                        {
                          "name": "control", "kind": "HOLDOUT", "share": 0.25, "entered": 500, "observed": 400,
                          "responseMean": 12.5, "covariateMean": 11, "responseSquares": 900, "covariateSquares": 800,
                          "products": -7
                        },
                        {
                          "name": "gone", "kind": null, "share": "NaN", "entered": 500, "observed": 400,
                          "responseMean": 12.5, "covariateMean": 11, "responseSquares": 900, "covariateSquares": 800,
                          "products": -7
                        }
                      ]
                    }]
                  }],
                  "lastMove": {
                    "version": 4, "time": 1700049600000,
                    "arms": [{"name": "control", "share": 0.5, "probabilityBest": 0.75}]
                  }
                }
                """), expected);
    }

    private static ExperimentUplift observations() {
        ArmMoments moments = new ArmMoments(400, 12.5, 11, 900, 800, -7);
        StratumAccount stratum = new StratumAccount(3);
        stratum.restore(new StratumArm("control", Arm.Kind.HOLDOUT, 0.25, 500, moments));
        stratum.restore(new StratumArm("gone", null, Double.NaN, 500, moments));
        UpliftAccount account = new UpliftAccount();
        account.restore(stratum);
        ExperimentUplift uplift = new ExperimentUplift();
        uplift.restore(new ExperimentUplift.Key(Measure.REVENUE_28D, "EUR"), account);
        return uplift;
    }

    /** Observations with all that was added since 0.2.0. */
    private static ExperimentUplift uplift() {
        ExperimentUplift uplift = observations();
        UpliftAccount predicted = new UpliftAccount();
        predicted.predictor(IntStream.rangeClosed(1, Covariates.FEATURES * (Covariates.FEATURES + 3) / 2)
                .mapToDouble(sum -> sum / 2.0)
                .toArray());
        predicted.weights(19_676, new double[Covariates.FEATURES]);
        uplift.restore(new ExperimentUplift.Key(Measure.CONVERSION_28D, null), predicted);
        uplift.ruled(new DecisionRule("revenue28d", 20_000));
        uplift.days(19_676, 19_670L);
        uplift.moved(new ShareMove(
                4, NOON, List.of(new MovedArm("control", 1, 0)), MoveKind.ROLL_BACK, "offers", "less revenue"));
        uplift.crossed(new Crossing("revenue28d", "offers", "ROLL_BACK", 4, NOON, "less revenue"));
        return uplift;
    }

    @Test
    void shouldReadComparisonsOfADayOf020() {
        ReportedComparison read = comparison(Verdict.WINNING, Role.SHARED, null, Spending.ALWAYS);
        assertReads(
                stored.comparisons(),
                ReleasedRecords.record(REPORT, """
                {
                  "experiment": "spring", "window": "DAY", "windowStart": 1700006400000,
                  "lastEventTime": 1700049600000, "arms": [],
                  "comparisons": [{
                    "measure": "revenue28d", "currency": "EUR", "arm": "offers", "reference": "control",
                    "verdict": "WINNING", "users": 400, "referenceUsers": 390, "burnIn": 250, "mean": 14,
                    "referenceMean": 12.5, "difference": 1.5, "differenceLow": 0.25, "differenceHigh": 2.75,
                    "moreUsers": 77
                  }]
                }
                """),
                new DayComparisons("spring", MIDNIGHT, NOON, List.of(read)));
    }

    private static ReportedComparison comparison(Verdict verdict, Role role, Double error, Spending spending) {
        return new ReportedComparison(
                "revenue28d",
                "EUR",
                "offers",
                "control",
                verdict,
                400,
                390,
                role,
                error,
                spending,
                250,
                14.0,
                12.5,
                1.5,
                0.25,
                2.75,
                null,
                null,
                null,
                null,
                null,
                null,
                77L);
    }

    /** Comparisons of a day with each constant, by their order. */
    private static DayComparisons day() {
        List<ReportedComparison> comparisons = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            Role[] roles = Role.values();
            Spending[] spendings = Spending.values();
            int place = verdict.ordinal();
            comparisons.add(
                    comparison(verdict, roles[place % roles.length], 0.05, spendings[place % spendings.length]));
        }
        return new DayComparisons("spring", MIDNIGHT, NOON, comparisons);
    }

    /** A value that changes here is written in another layout, which needs another version. */
    @Test
    void shouldWriteTheBytesOfTheLayout() {
        assertWrites("experiment", stored.accounts(), account());
        assertWrites("bundle", stored.bundles(), bundle());
        assertWrites("observations", stored.uplifts(), uplift());
        assertWrites("comparisons", stored.comparisons(), day());
    }

    private <T> void assertWrites(String name, Serde<T> values, T value) {
        byte[] written = values.serializer().serialize(TOPIC, value);
        assertThat(HexFormat.of().formatHex(written))
                .as(name)
                .isEqualTo(HexFormat.of().formatHex(golden.getOrDefault(name, new byte[0])));
        assertSame(values.deserializer().deserialize(TOPIC, golden.get(name)), value);
    }

    @Test
    void shouldRefuseBytesThatCannotBeReadAsAnAvroValueIsRefused() {
        assertRefuses("experiment", stored.accounts());
        assertRefuses("bundle", stored.bundles());
        assertRefuses("observations", stored.uplifts());
        assertRefuses("comparisons", stored.comparisons());
    }

    private void assertRefuses(String name, Serde<?> values) {
        byte[] whole = golden.get(name);
        for (int length = 0; length < whole.length; length++) {
            assertRefuses(values, Arrays.copyOf(whole, length));
        }
        assertRefuses(values, Arrays.copyOf(whole, whole.length + 1));
        for (int version : new int[] {2, 255}) {
            byte[] later = whole.clone();
            later[0] = (byte) version;
            assertRefuses(values, later);
        }
        byte[] absurd = whole.clone();
        Arrays.fill(absurd, 1, absurd.length, (byte) 0xfe);
        assertRefuses(values, absurd);
        // An id that the registry does not know, and no id.
        assertRefuses(values, new byte[] {0, 1, 1, 1, 1, 1});
        assertRefuses(values, new byte[] {0});
    }

    private static void assertRefuses(Serde<?> values, byte[] bytes) {
        assertThatThrownBy(() -> values.deserializer().deserialize(TOPIC, bytes))
                .as(HexFormat.of().formatHex(bytes))
                .isInstanceOfAny(IllegalArgumentException.class, SerializationException.class)
                .satisfies(e -> assertThat(ProcessingFailures.infrastructureAtFault(e))
                        .as("so that only what reads the row fails")
                        .isFalse());
    }

    @Test
    void shouldReadDamagedBytesAsAValueOrRefuseThem() {
        Map<String, Serde<?>> all = Map.of(
                "experiment",
                stored.accounts(),
                "bundle",
                stored.bundles(),
                "observations",
                stored.uplifts(),
                "comparisons",
                stored.comparisons());
        Random random = new Random(47);
        int refused = 0;
        for (Map.Entry<String, Serde<?>> one : all.entrySet()) {
            for (int i = 0; i < 2_000; i++) {
                byte[] damaged = golden.get(one.getKey()).clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    damaged[1 + random.nextInt(damaged.length - 1)] = (byte) random.nextInt();
                }
                try {
                    assertThat(one.getValue().deserializer().deserialize(TOPIC, damaged))
                            .isNotNull();
                } catch (IllegalArgumentException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    private <T> void assertReads(Serde<T> values, GenericRecord written, T expected) {
        byte[] bytes;
        try (KomboAvroSerializer earlier = new KomboAvroSerializer()) {
            earlier.configure(settings, false);
            bytes = earlier.serialize(TOPIC, written);
        }
        assertThat(bytes[0]).as("of an Avro record").isZero();
        T read = values.deserializer().deserialize(TOPIC, bytes);
        assertSame(read, expected);

        byte[] anew = values.serializer().serialize(TOPIC, read);
        assertThat(anew[0]).as("its version").isPositive();
        assertThat(anew).as("takes no more space").hasSizeLessThanOrEqualTo(bytes.length);
        assertSame(values.deserializer().deserialize(TOPIC, anew), expected);
    }

    private static void assertSame(Object one, Object other) {
        assertThat(one)
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(other);
    }
}
