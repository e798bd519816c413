package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.FlatReader;
import dev.kombo.codec.Stored;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.ShareMove.MovedArm;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Observations of an experiment are read as they were written. */
class StoredUpliftPropertyTest {
    private static final int SUMS = Covariates.FEATURES * (Covariates.FEATURES + 1) / 2 + Covariates.FEATURES;

    @Property(tries = 300, seed = "45")
    void shouldReadObservationsAsWritten(@ForAll Random random) {
        ExperimentUplift uplift = uplift(random);
        byte[] written = Stored.bytes(uplift::fields);
        ExperimentUplift read = ExperimentUplift.BLANK.fields(new FlatReader(written));

        assertThat(written[0]).as("its version").isEqualTo((byte) 1);
        assertThat(read)
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(uplift);
        assertThat(Stored.bytes(read::fields)).isEqualTo(written);
        assertThat(Stored.bytes(uplift.copy()::fields)).isEqualTo(written);
        read.crossed(new Crossing("another", "arm", "STOP", Long.MAX_VALUE, 0, ""));
        assertThat(read.crossings()).as("goes on").hasSize(uplift.crossings().size() + 1);
        assertThat(ExperimentUplift.BLANK.accounts()).isEmpty();
    }

    @Example
    void shouldTakeLittleSpaceBeforeAnythingWasPredicted() {
        UpliftAccount account = new UpliftAccount();
        account.open(1, Accounts.halves());
        assertThat(Stored.bytes(account::fields)).hasSizeLessThan(150);
    }

    /** As after a release that predicts from other features. */
    @Example
    void shouldForgetWhatWasLearnedFromOtherFeatures() {
        UpliftAccount account = new UpliftAccount();
        byte[] other = Stored.bytes(f -> {
            f.size(0);
            f.reals(new double[] {1, 2, 3});
            f.size(1);
            f.number(20_000L);
            f.reals(new double[] {4, 5});
        });

        UpliftAccount read = UpliftAccount.BLANK.fields(new FlatReader(other));
        assertThat(Stored.bytes(read::fields)).isEqualTo(Stored.bytes(account::fields));
    }

    private static ExperimentUplift uplift(Random random) {
        ExperimentUplift uplift = new ExperimentUplift();
        for (Measure measure : Measure.values()) {
            if (random.nextInt(3) == 0) {
                uplift.restore(new ExperimentUplift.Key(measure, random.nextBoolean() ? null : "EUR"), account(random));
            }
        }
        uplift.ruled(random.nextBoolean() ? null : new DecisionRule("revenue7d", random.nextInt()));
        uplift.days(random.nextInt(), random.nextBoolean() ? null : random.nextLong());
        uplift.moved(random.nextBoolean() ? null : move(random));
        for (int i = random.nextInt(3); i > 0; i--) {
            uplift.crossed(new Crossing("m" + i, "arm", "STOP", i, random.nextLong(), "reason"));
        }
        return uplift;
    }

    private static UpliftAccount account(Random random) {
        UpliftAccount account = new UpliftAccount();
        for (int version = random.nextInt(3); version > 0; version--) {
            StratumAccount stratum = new StratumAccount(version);
            for (int arm = random.nextInt(4); arm > 0; arm--) {
                stratum.restore(arm(random));
            }
            account.restore(stratum);
        }
        if (random.nextBoolean()) {
            double[] sums = random.doubles(SUMS).toArray();
            sums[0]++;
            account.predictor(sums);
        }
        for (int day = random.nextInt(3); day > 0; day--) {
            account.weights(
                    random.nextLong(), random.doubles(Covariates.FEATURES).toArray());
        }
        return account;
    }

    private static StratumArm arm(Random random) {
        Arm.Kind[] kinds = Arm.Kind.values();
        return new StratumArm(
                "arm " + random.nextInt(),
                random.nextBoolean() ? null : kinds[random.nextInt(kinds.length)],
                random.nextBoolean() ? Double.NaN : random.nextDouble(),
                random.nextLong(),
                new ArmMoments(
                        random.nextLong(),
                        random.nextGaussian(),
                        -0.0,
                        Double.MAX_VALUE,
                        random.nextBoolean() ? Double.NaN : random.nextDouble(),
                        Double.NEGATIVE_INFINITY));
    }

    private static ShareMove move(Random random) {
        ShareMove.MoveKind[] kinds = ShareMove.MoveKind.values();
        return new ShareMove(
                random.nextLong(),
                random.nextLong(),
                random.nextBoolean() ? List.of() : List.of(new MovedArm("a", random.nextDouble(), 0)),
                kinds[random.nextInt(kinds.length)],
                random.nextBoolean() ? null : "a",
                random.nextBoolean() ? null : "reason");
    }
}
