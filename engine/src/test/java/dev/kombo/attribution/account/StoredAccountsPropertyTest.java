package dev.kombo.attribution.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.OutcomeKind;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.Stored;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Accounts are read as they were written. */
class StoredAccountsPropertyTest {
    private static final double[] REALS = {0, -0.0, 1.5, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.NaN};

    @Property(tries = 300, seed = "43")
    void shouldReadAnAccountOfAnExperimentAsWritten(@ForAll Random random) {
        ExperimentAccount account = experiment(random);
        byte[] written = Stored.bytes(account::fields);
        ExperimentAccount read = ExperimentAccount.BLANK.fields(new FlatReader(written));

        assertThat(written[0]).as("its version").isEqualTo((byte) 1);
        assertThat(read)
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(account);
        assertThat(Stored.bytes(read::fields)).isEqualTo(written);
        assertThat(Stored.bytes(account.copy()::fields)).isEqualTo(written);
    }

    @Property(tries = 300, seed = "44")
    void shouldReadAnAccountOfABundleAsWritten(@ForAll Random random) {
        BundleAccount account = new BundleAccount(
                text(random),
                number(random),
                number(random),
                number(random),
                number(random),
                random.nextBoolean() ? null : text(random));
        byte[] written = Stored.bytes(account::fields);

        assertThat(written[0]).as("its version").isEqualTo((byte) 1);
        assertThat(BundleAccount.BLANK.fields(new FlatReader(written))).isEqualTo(account);
    }

    /** What is read is counted on, and what stands for an account to be read stays empty. */
    @Example
    void shouldGoOnFromWhatWasRead() {
        byte[] written = Stored.bytes(new ExperimentAccount("e", WindowKind.DAY, 9)::fields);
        ExperimentAccount one = ExperimentAccount.BLANK.fields(new FlatReader(written));
        one.restore(new ArmAccount("a"));

        assertThat(ExperimentAccount.BLANK.fields(new FlatReader(written)).arms())
                .isEmpty();
        assertThat(ExperimentAccount.BLANK.arms()).isEmpty();
    }

    private static ExperimentAccount experiment(Random random) {
        WindowKind[] kinds = WindowKind.values();
        ExperimentAccount account =
                new ExperimentAccount(text(random), kinds[random.nextInt(kinds.length)], number(random));
        account.restore(number(random));
        for (int i = random.nextInt(4); i > 0; i--) {
            account.restore(arm(random));
        }
        return account;
    }

    private static ArmAccount arm(Random random) {
        ArmAccount arm = new ArmAccount(text(random));
        for (OutcomeKind kind : OutcomeKind.values()) {
            arm.restore(kind, number(random));
        }
        arm.restore(number(random), number(random), random.nextInt(9));
        for (int i = random.nextInt(3); i > 0; i--) {
            arm.restore(new CurrencyAccount(
                    text(random),
                    number(random),
                    number(random),
                    number(random),
                    number(random),
                    REALS[random.nextInt(REALS.length)]));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            arm.restore(placement(random));
        }
        return arm;
    }

    private static PlacementAccount placement(Random random) {
        Map<String, Long> sums = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            sums.put(text(random), number(random));
        }
        return new PlacementAccount(
                text(random),
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                Collections.unmodifiableMap(sums));
    }

    private static String text(Random random) {
        return random.nextInt(8) == 0 ? "" : "\u20ac " + random.nextInt(100);
    }

    private static long number(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE;
            case 2 -> Long.MIN_VALUE;
            default -> random.nextLong() >> random.nextInt(Long.SIZE);
        };
    }
}
