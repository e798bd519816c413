package dev.kombo.shop.command;

import dev.kombo.console.CommandException;
import dev.kombo.console.StrategyFile;
import dev.kombo.schema.OfferObjective;
import dev.kombo.schema.Strategy;
import dev.kombo.shop.simulation.SimulationSettings;
import dev.kombo.shop.simulation.SimulationStrategy;
import dev.kombo.shop.simulation.Timetable;
import dev.kombo.shop.simulation.WorldVariant;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** The options of {@code kombo simulate}: world, shoppers, days and experiment. */
final class SimulationOptions {
    private static final int MOST_SEEDS = 100;
    private static final int MOST_USERS = 100_000;
    private static final int MOST_DAYS = 3_650;
    private static final double MOST_ACCEPTANCE = 0.5;

    /** The warm-up takes one in so many days, unless it is given. */
    private static final int WARM_UP_PART = 6;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "3000",
            description = "Number of shoppers; default 3000.")
    private int users;

    @Option(names = "--days", paramLabel = "D", defaultValue = "240", description = "Number of days; default 240.")
    private int days;

    @Option(
            names = "--warm-up",
            paramLabel = "D",
            description = "Days without offers before the experiment starts; default a sixth of all days.")
    private Integer warmUp;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of all random draws; default 1.")
    private long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description = "Run with seeds S to S+N-1; default 1.")
    private int seeds;

    @Option(
            names = "--acceptance",
            paramLabel = "P",
            defaultValue = "0.015",
            description =
                    "Probability that a random slate, seen with an empty basket, sells a bundle; default" + " 0.015.")
    private double acceptance;

    @Option(
            names = "--basket",
            paramLabel = "KIND",
            defaultValue = "small",
            description = "Order size: small (at most 3 lines) or large (about 10); default small.")
    private SimulationSettings.BasketKind basket;

    @Option(
            names = "--world",
            paramLabel = "NAME",
            defaultValue = "standard",
            description = "What the shoppers are like: standard, or a world in which something is different that"
                    + " policies rely on: taste_by_price, taste_by_item, no_categories, idle_clicks, fatigue, season,"
                    + " reference_price, durables, durables_mined, sets; default standard.")
    private WorldVariant variant;

    @Option(
            names = "--slots",
            description = "Offer bundles of items of the same categories as one bundle with slots, of the same items.")
    private boolean slots;

    @Option(
            names = "--strategy",
            paramLabel = "FILE",
            description = "Run the experiment of this strategy, a record Strategy as JSON; without a start it"
                    + " starts after the warm-up.")
    private Path strategy;

    @Option(
            names = "--objective",
            paramLabel = "NAME",
            description = "Objective of the treatment: relevance, conversion, revenue or margin; default revenue.")
    private OfferObjective objective;

    @Option(
            names = "--budget",
            paramLabel = "MINOR",
            description = "Most that discounts of the first treatment cost on a day, in pence; default no limit.")
    private Integer budget;

    /**
     * Returns the settings of the first seed, validated.
     *
     * @throws CommandException naming the first mistake
     */
    SimulationSettings settings() {
        OptionChecks.within("--users", users, 1, MOST_USERS);
        OptionChecks.within("--days", days, 2, MOST_DAYS);
        OptionChecks.within("--seeds", seeds, 1, MOST_SEEDS);
        if (seed > Long.MAX_VALUE - seeds) {
            throw CommandException.mistake("--seed is " + seed + ", which leaves no " + seeds + " seeds from there");
        }
        int warmUpDays = OptionChecks.within("--warm-up", warmUp == null ? days / WARM_UP_PART : warmUp, 0, days - 1);
        if (!(acceptance > 0 && acceptance <= MOST_ACCEPTANCE)) {
            throw CommandException.mistake("--acceptance is " + acceptance + ", expected above 0 to 0.5");
        }
        return new SimulationSettings(
                seed, users, days, warmUpDays, acceptance, basket, Timetable.fast(), variant, slots);
    }

    /**
     * Returns the experiment, validated.
     *
     * @throws CommandException naming what is wrong with it
     */
    Strategy strategy(SimulationSettings settings) {
        if (objective == OfferObjective.UNKNOWN) {
            throw CommandException.mistake("--objective is unknown; expected relevance, conversion, revenue or margin");
        }
        if (strategy == null) {
            OfferObjective aim = objective == null ? OfferObjective.REVENUE : objective;
            return limited(SimulationStrategy.standard(aim, settings.experimentStart()));
        }
        if (objective != null) {
            throw CommandException.mistake("--objective does not go with --strategy, whose arms have their own");
        }
        Strategy given = StrategyFile.record(strategy);
        if (given.getStartsAt() == null) {
            given.setStartsAt(settings.experimentStart());
        }
        Strategy limited = limited(given);
        StrategyFile.plan(strategy, limited);
        return limited;
    }

    private Strategy limited(Strategy given) {
        return budget == null
                ? given
                : SimulationStrategy.limited(given, OptionChecks.within("--budget", budget, 1, Integer.MAX_VALUE));
    }

    /** Returns the seeds to run, at least one. */
    List<Long> seeds() {
        return LongStream.range(seed, seed + seeds).boxed().toList();
    }

    /** Returns the options by name, for the summary; files by their last name only. */
    Map<String, String> described(SimulationSettings settings) {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("users", Integer.toString(settings.users()));
        described.put("days", Integer.toString(settings.days()));
        described.put("warmUp", Integer.toString(settings.warmUpDays()));
        described.put("acceptance", Double.toString(settings.acceptance()));
        described.put("basket", settings.basket().name().toLowerCase(Locale.ROOT));
        described.put("world", settings.variant().name().toLowerCase(Locale.ROOT));
        if (slots) {
            described.put("slots", "true");
        }
        if (budget != null) {
            described.put("budget", budget.toString());
        }
        if (strategy == null) {
            OfferObjective aim = objective == null ? OfferObjective.REVENUE : objective;
            described.put("objective", aim.name().toLowerCase(Locale.ROOT));
        } else {
            described.put("strategy", strategy.getFileName().toString());
        }
        return described;
    }
}
