package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.experiment.Allocation;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Guardrail;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.experiment.Ramp;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.StrategyPlan.Eligibility;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.UpliftMove;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.message.RawMessageDecoder;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Records of the domain come back from the contract as they were, and those of the contract through the domain. */
class RecordCodecPropertyTest {
    @Property(tries = 200, seed = "1")
    void shouldGiveAStrategyBackThroughItsBytes(@ForAll long seed) throws Exception {
        StrategyPlan plan = plan(new Random(seed));

        assertThat(StrategyMapper.PLANS.toDomain(copy(StrategyMapper.PLANS.toAvro(plan))))
                .isEqualTo(plan);
    }

    @Property(tries = 200, seed = "2")
    void shouldGiveRecordsOfTheContractBack(@ForAll long seed) {
        RandomRecords records = new RandomRecords(seed);
        BundleReport report = records.record(BundleReport.class);
        UpliftMove move = records.record(UpliftMove.class);

        assertThat(ReportMapper.BUNDLES.toAvro(ReportMapper.BUNDLES.toDomain(report)))
                .isEqualTo(report);
        assertThat(UpliftMapper.MOVES.toAvro(UpliftMapper.MOVES.toDomain(move))).isEqualTo(move);
    }

    @Example
    void shouldKeepNamesAndUnknownValuesApart() {
        StrategyPlan plan = new StrategyPlan(3, "salt", List.of(), Long.MIN_VALUE, 9);
        Strategy strategy = StrategyMapper.PLANS.toAvro(plan);

        assertThat(strategy.getStartsAt()).isNull();
        assertThat(strategy.getEndsAt()).isEqualTo(9);
        assertThat(strategy.getAllocation()).isNull();
        assertThat(StrategyMapper.PLANS.toDomain(strategy)).isEqualTo(plan);
    }

    @Example
    void shouldTellOfASymbolOfALaterVersionByNull() {
        Strategy strategy = StrategyMapper.PLANS.toAvro(new StrategyPlan(
                1, "salt", List.of(new Arm("a", Arm.Kind.TREATMENT, 1)), Long.MIN_VALUE, Long.MAX_VALUE));
        strategy.getArms().get(0).setKind(dev.kombo.schema.ArmKind.UNKNOWN);

        assertThat(StrategyMapper.PLANS.toDomain(strategy).arms().get(0).kind()).isNull();
    }

    @Example
    void shouldPassOnWhatTheDomainRefuses() {
        record Even(String itemId, int quantity) {
            Even {
                if (quantity % 2 != 0) {
                    throw new IllegalArgumentException("odd: " + quantity);
                }
            }
        }

        RecordCodec<Even, BundleMember> codec = RecordCodec.of(Even.class, BundleMember.class);

        assertThat(codec.toDomain(new BundleMember("tea", 4))).isEqualTo(new Even("tea", 4));
        assertThatThrownBy(() -> codec.toDomain(new BundleMember("tea", 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("odd: 3");
    }

    @Example
    void shouldRefuseAComponentWithoutAField() {
        assertThatThrownBy(() -> RecordCodec.of(BundleAccount.class, BundleMember.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("BundleMember has no field for bundleId");
        assertThatThrownBy(() -> RecordCodec.of(ShareMove.class, dev.kombo.schema.ShareMove.class))
                .hasMessage("MovedArm has no field for arms.name");
    }

    private static Strategy copy(Strategy strategy) throws Exception {
        SpecificData data = SpecificData.get();
        return (Strategy) new RawMessageDecoder<SpecificRecord>(data, strategy.getSchema())
                .decode(new RawMessageEncoder<SpecificRecord>(data, strategy.getSchema()).encode(strategy));
    }

    private static StrategyPlan plan(Random random) {
        Arm arm = new Arm(
                "arm " + random.nextInt(),
                Arm.Kind.values()[random.nextInt(Arm.Kind.values().length)],
                random.nextDouble(),
                new OfferPolicy(
                        OfferPolicy.Objective.values()[random.nextInt(OfferPolicy.Objective.values().length)],
                        ArmRanker.values()[random.nextInt(ArmRanker.values().length)],
                        random.nextDouble(),
                        List.of(random.nextInt(), random.nextInt()),
                        random.nextBoolean() ? Double.NaN : random.nextDouble(),
                        random.nextBoolean()),
                random.nextBoolean());
        return new StrategyPlan(
                random.nextLong(),
                "salt",
                List.of(arm, new Arm("b", Arm.Kind.HOLDOUT, 0.5)),
                random.nextBoolean() ? Long.MIN_VALUE : random.nextInt(),
                random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(),
                new Eligibility(Set.of("s" + random.nextInt()), Set.of()),
                new StrategyPlan.Options(
                        random.nextBoolean() ? null : new Allocation(random.nextDouble(), 1, random.nextInt()),
                        DecisionRule.STANDARD,
                        random.nextBoolean()
                                ? null
                                : List.of(new Guardrail("m", random.nextDouble(), Guardrail.Action.HOLD)),
                        random.nextBoolean() ? null : new Ramp(List.of(random.nextDouble()), random.nextInt()),
                        random.nextBoolean() ? null : "reason",
                        List.of()));
    }
}
