package dev.kombo.topology.report;

import dev.kombo.engine.model.ActiveStrategy;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.ConversionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Describes for operators what currently ranks the offers of each arm. */
public final class ArmRankingModels {
    private ArmRankingModels() {}

    /** Returns the report of a total with the current model stage of each arm. */
    public static ConversionReport addedTo(ConversionReport total, LiveModels models) {
        List<ArmReport> arms = new ArrayList<>();
        for (ArmReport arm : total.getArms()) {
            arms.add(ArmReport.newBuilder(arm)
                    .setModelStage(of(total.getExperiment(), arm.getArm(), models))
                    .build());
        }
        return ConversionReport.newBuilder(total).setArms(arms).build();
    }

    /** Returns the model stage of an arm; null if the experiment or the arm is not active. */
    private static String of(String experiment, String armName, LiveModels models) {
        StrategyPlan users = models.strategy().plan();
        StrategyPlan plan = ActiveStrategy.ofVisitors(experiment) ? users.ofVisitors() : users;
        Arm arm = plan.salt().equals(experiment) ? plan.arm(armName) : null;
        if (arm == null) {
            return null;
        }
        if (arm.kind() == Arm.Kind.HOLDOUT) {
            return "none";
        }
        if (arm.kind() == Arm.Kind.BASELINE) {
            return "popularity";
        }
        return arm.policy().objective() == OfferPolicy.Objective.RELEVANCE
                ? "relevance"
                : models.conversionModel()
                        .modelStage()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }
}
