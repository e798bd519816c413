package dev.kombo.cli;

import dev.kombo.attribution.Outcome;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.console.Figures;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.StrategyFile;
import dev.kombo.console.TextTable;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.replay.OfferRewards;
import dev.kombo.engine.replay.Reward;
import dev.kombo.engine.replay.StrategyReplay;
import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.offpolicy.EstimateOrRefusal;
import dev.kombo.experiment.offpolicy.Estimator;
import dev.kombo.experiment.offpolicy.OffPolicyAccumulator;
import dev.kombo.experiment.offpolicy.Overlap;
import dev.kombo.experiment.offpolicy.PolicyEstimate;
import dev.kombo.experiment.offpolicy.Refusal;
import dev.kombo.ranking.slate.RankingSettings;
import dev.kombo.schema.Decision;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.serde.DecisionMapper;
import dev.kombo.serde.OutcomeMapper;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Estimates from logged decisions what another strategy would have earned. */
@Command(
        name = "whatif",
        description = {
            "Estimates from decision-log and offer-outcome what another strategy would have earned" + " per slate.",
            "Exits with 1 if the log allows no estimate, with 2 if the file cannot be used."
        })
final class WhatifCommand extends PrintingCommand {
    @Mixin
    private LoggedExperiment logged;

    @Option(
            names = "--from",
            paramLabel = "NAME",
            description = "Arm whose logged offers are used; default the arm with the same name.")
    private String from;

    @Option(
            names = "--against",
            paramLabel = "NAME",
            description = "Arm of the file that the other is compared with; default what was shown.")
    private String against;

    @Option(
            names = "--reward",
            paramLabel = "KIND",
            defaultValue = "REVENUE",
            description = "One of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Reward reward;

    private final Map<String, Long> otherArms = new TreeMap<>();
    private long otherVersion;

    @Override
    protected boolean run(PrintWriter out) {
        StrategyPlan plan = logged.plan();
        Arm candidate = StrategyFile.candidate(plan, logged.arm);
        if (isHoldout(plan, from)) {
            throw CommandException.mistake("arm " + from + " makes no offers: its decisions have no outcomes");
        }
        KomboConfig config = logged.reachable();
        OfferRewards rewards = new OfferRewards(reward, logged.currency);
        StrategyReplay replay = new StrategyReplay(
                candidate,
                against == null ? null : StrategyFile.candidate(plan, against),
                rewards,
                config.get(RankingSettings.ODDS_MIN));
        try (TopicReader reader = new TopicReader(config)) {
            Topics topics = Topics.of(config);
            // Outcomes first: a decision is evaluated only with outcomes that were read before it.
            reader.read(
                    topics.name(Topic.OFFER_OUTCOME),
                    OfferOutcomes.class,
                    outcomes -> outcomes.getOutcomes().forEach(outcome -> add(outcome, plan, rewards)));
            String money = logged.onlyCurrency(rewards.currencies());
            String logging = from == null ? candidate.name() : from;
            reader.read(
                    topics.name(Topic.DECISION_LOG), Decision.class, decision -> add(decision, plan, logging, replay));
            return new WhatifText(out, reward, money, against == null ? "what was shown" : "arm " + against)
                    .print(replay, plan.salt(), candidate, logging, new LeftOut(otherArms, otherVersion));
        }
    }

    private static void add(OfferOutcome record, StrategyPlan plan, OfferRewards rewards) {
        Outcome outcome = record.getExperiment().equals(plan.salt()) ? OutcomeMapper.toDomain(record) : null;
        if (outcome != null) {
            rewards.add(outcome);
        }
    }

    private void add(Decision record, StrategyPlan plan, String logging, StrategyReplay replay) {
        if (!record.getExperiment().equals(plan.salt())) {
            return;
        }
        if (isHoldout(plan, record.getArm())) {
            return;
        }
        if (!record.getArm().equals(logging)) {
            otherArms.merge(record.getArm(), 1L, Long::sum);
            return;
        }
        LoggedDecision decision = DecisionMapper.toDomain(record);
        if (decision == null) {
            otherVersion++;
        } else {
            replay.add(decision);
        }
    }

    private static boolean isHoldout(StrategyPlan plan, String name) {
        Arm arm = plan.arm(name);
        return arm != null && arm.kind() == Arm.Kind.HOLDOUT;
    }

    /**
     * Formats the evaluation of a candidate arm for people.
     *
     * @param currency ISO 4217 code of revenue; empty if there is none
     * @param reference what the candidate is compared with
     */
    record WhatifText(PrintWriter out, Reward reward, String currency, String reference) {
        private static final Overlap.Limits LIMITS = Overlap.Limits.standard();

        /** Prints the evaluation; returns false if the log allows none. */
        boolean print(StrategyReplay replay, String experiment, Arm candidate, String logging, LeftOut leftOut) {
            OffPolicyAccumulator slates = replay.slates();
            Overlap overlap = slates.overlap();
            out.println("Experiment " + experiment + ": arm " + candidate.name()
                    + " of the file, evaluated on the offers of arm " + logging);
            count("slates", overlap.slates());
            count("left out, attribution still open", replay.open());
            count("left out, ranked with other weights", replay.otherRanker());
            count("left out, another version of Kombo", leftOut.otherVersion());
            EstimateOrRefusal answer = slates.value(Estimator.INVERSE_PROPENSITY, LIMITS);
            if (overlap.slates() == 0) {
                out.println("No estimate: no decision of arm " + logging + " can be evaluated" + why(replay, leftOut));
            } else if (answer instanceof Refusal refusal) {
                line("effective sample size", Figures.text("%,.1f", overlap.effectiveSampleSize()));
                out.println("No estimate: " + refusal.explanation() + " (" + refusal.reason() + ")");
            } else {
                line("effective sample size", Figures.text("%,.1f", overlap.effectiveSampleSize()));
                line(
                        "mean weight",
                        Figures.text("%.3f", overlap.meanWeight()) + " +- "
                                + Figures.text("%.3f", overlap.meanWeightError()));
                out.println();
                out.print(table(slates, replay.difference(LIMITS)));
                if (replay.otherRanker() > 0) {
                    out.println(
                            "The estimates hold for decisions that were ranked with the weights of the arms compared.");
                }
                out.println(
                        "Rely on " + name(slates.recommended()) + ", by a rule that does not look at the estimates.");
            }
            return answer instanceof PolicyEstimate;
        }

        private static String why(StrategyReplay replay, LeftOut leftOut) {
            if (replay.open() > 0) {
                return " yet; one can once the attribution of its offer has ended (kombo.attribution.window.ms)";
            }
            if (leftOut.otherVersion() > 0) {
                return "";
            }
            if (replay.otherRanker() > 0) {
                return "; their weights were not those of the arms compared";
            }
            return leftOut.otherArms().isEmpty()
                    ? "; set decisionSamplingRate in the strategy to log decisions"
                    : "; decisions were logged for "
                            + String.join(", ", leftOut.otherArms().keySet()) + " (--from)";
        }

        private TextTable table(OffPolicyAccumulator slates, EstimateOrRefusal difference) {
            String unit =
                    reward == Reward.REVENUE ? "revenue" + (currency.isEmpty() ? "" : ", " + currency) : reward.name();
            TextTable table = new TextTable(
                    "estimate", unit.toLowerCase(Locale.ROOT) + " per slate", "standard error", "low", "high");
            row(table, "logged", slates.logged(LIMITS));
            for (Estimator estimator : Estimator.values()) {
                row(table, name(estimator), slates.value(estimator, LIMITS));
            }
            row(table, "difference to " + reference, difference);
            return table;
        }

        private static String name(Estimator estimator) {
            return estimator.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        private void row(TextTable table, String name, EstimateOrRefusal value) {
            if (value instanceof PolicyEstimate estimate) {
                table.row(
                        name,
                        amount(estimate.value()),
                        amount(estimate.standardError()),
                        amount(estimate.interval().low()),
                        amount(estimate.interval().high()));
            }
        }

        /** Formats revenue in minor units: a slate earns little, so whole units would hide it. */
        private static String amount(double value) {
            return Figures.text("%,.5f", value);
        }

        private void count(String name, long count) {
            if (count > 0 || name.equals("slates")) {
                line(name, Figures.count(count));
            }
        }

        private void line(String name, String value) {
            out.println(Figures.text("  %-34s%s", name, value));
        }
    }

    /**
     * Decisions left out of the evaluation.
     *
     * @param otherArms number of decisions of each other arm of the experiment
     * @param otherVersion number of the arm's decisions logged by a version of Kombo with other signals or features
     */
    record LeftOut(Map<String, Long> otherArms, long otherVersion) {}
}
