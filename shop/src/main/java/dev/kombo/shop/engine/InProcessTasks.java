package dev.kombo.shop.engine;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.codec.Fields;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.EventOutputs.RankedExample;
import dev.kombo.engine.item.EntityTables;
import dev.kombo.engine.item.ItemInput;
import dev.kombo.engine.item.ItemOutput;
import dev.kombo.engine.item.ItemTask;
import dev.kombo.engine.item.TaskPartition;
import dev.kombo.engine.model.Arrival;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.model.LiveModelsWriter;
import dev.kombo.engine.report.ReportInput;
import dev.kombo.engine.report.ReportOutput;
import dev.kombo.engine.report.ReportTables;
import dev.kombo.engine.report.ReportTask;
import dev.kombo.engine.shopper.ShopperInput;
import dev.kombo.engine.shopper.ShopperOutput;
import dev.kombo.engine.shopper.ShopperTables;
import dev.kombo.engine.shopper.ShopperTask;
import dev.kombo.engine.strategy.StrategyInput;
import dev.kombo.engine.strategy.StrategyOutput;
import dev.kombo.engine.strategy.StrategyTask;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.MapTable;
import dev.kombo.engine.task.Partitions;
import dev.kombo.engine.trainer.RankerNames;
import dev.kombo.engine.trainer.TrainerInput;
import dev.kombo.engine.trainer.TrainerTask;
import dev.kombo.engine.trainer.TrainingExample;
import dev.kombo.entity.EntityModel;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.metric.Counters;
import dev.kombo.profile.ShopperEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * All tasks of the engine in this process, over tables in memory and with one partition each, connected to each other
 * as the service's topics connect them. What a task emits reaches the others when it has handled its input; the clock
 * is that of the caller. Something that fails ends the run, as nothing is to be lost in silence. Not thread-safe.
 */
public final class InProcessTasks {
    private static final float[] NONE = {};

    /** The only partition. */
    private static final int PARTITION = 0;

    /** Rows that the item task keeps decoded; here all rows are in memory. */
    private static final int DECODED_ROWS = 1 << 14;

    private final EngineSettings settings;
    private final LiveModels models;
    private final LiveModelsWriter writer;
    private final ShopperTask shopper;
    private final ItemTask item;
    private final TrainerTask trainer;
    private final ReportTask report;
    private final StrategyTask strategy;
    private final Queue<Runnable> undelivered = new ArrayDeque<>();
    private long systemTime;

    /** Is told what the tasks emit that leaves the service. */
    public interface Listener {
        /** An offer, an outcome, or anything else that the shopper task emitted. */
        void told(ShopperOutput output);

        /** A report or a change of one. */
        void told(ReportOutput output);

        /** A strategy was activated or rejected. */
        void told(StrategyOutput output);
    }

    /** Tasks that know nothing yet. */
    public InProcessTasks(EngineSettings settings, Counters counters, Listener listener) {
        this.settings = settings;
        this.models = new LiveModels(settings, 1);
        this.writer = new LiveModelsWriter(models, settings, counters);
        Isolation isolation = (key, time, work) -> {
            work.run();
            return true;
        };
        this.shopper = shopper(counters, isolation, listener);
        this.item = new ItemTask(
                new EntityTables(
                        new MapTable<>(),
                        new MapTable<>(),
                        new MapTable<>(),
                        settings.neighbors(),
                        settings.index().popularity(),
                        isolation,
                        DECODED_ROWS),
                this::told,
                settings,
                models,
                new TaskPartition(PARTITION, 1, entity -> true, 0),
                isolation,
                counters);
        this.trainer = new TrainerTask(
                new MapTable<>(),
                new MapTable<>(),
                output -> undelivered.add(() -> writer.trained(output.model(), now())),
                settings.training(),
                settings.seed(),
                counters);
        ReportTables accounts = new ReportTables(
                new MapTable<>(ExperimentAccount::copy),
                new MapTable<>(),
                new MapTable<>(ExperimentUplift::copy),
                new MapTable<>(),
                new MapTable<>(),
                new MapTable<>());
        this.report = new ReportTask(accounts, output -> told(output, listener), settings, models, isolation, counters);
        this.strategy = new StrategyTask(
                new MapTable<>(),
                output -> told(output, listener),
                () -> settings.standardPlan(models.catalog().costsKnown()),
                models.catalog(),
                counters);
    }

    private ShopperTask shopper(Counters counters, Isolation isolation, Listener listener) {
        return new ShopperTask(
                new ShopperTables(
                        new MapTable<>(), new MapTable<>(), new MapTable<>(), new MapTable<>(), new MapTable<>()),
                new ShopperTask.Surroundings(
                        output -> told(output, listener), isolation, new OnePartition(), Topics.EVENTS_KEPT_MILLIS),
                settings,
                models,
                counters,
                what -> {});
    }

    /** What is known of catalogue, models and strategy. */
    public LiveModels models() {
        return models;
    }

    /** Takes what the shop itself publishes, such as its catalogue. */
    public LiveModelsWriter published() {
        return writer;
    }

    /** Publishes a strategy, as an operator does. */
    public void publish(StrategyPlan plan, long time) {
        strategy.accept(new StrategyInput.Published("default", plan, plan.toString(), time), time);
        deliver();
    }

    /**
     * Handles an event.
     *
     * @param clock the machine's clock, epoch milliseconds
     */
    public void handle(ShopperEvent event, long clock) {
        systemTime = clock;
        shopper.accept(new ShopperInput.Happened(event.partitionId(), event, event, event.time()), clock);
        deliver();
    }

    /**
     * Lets the shopper task do what is due by the clock; what it emits waits for {@link #deliver}.
     *
     * @return whether there was anything
     */
    public boolean tickShopper(long clock) {
        systemTime = clock;
        return shopper.tick(clock);
    }

    /**
     * Lets the item task do its next part of what is due by the clock; what it emits waits for {@link #deliver}.
     *
     * @return whether there may be more
     */
    public boolean tickItem(long clock) {
        systemTime = clock;
        return item.tick(clock);
    }

    /** Lets the trainer task publish what it has learned, with the next {@link #deliver}. */
    public void tickTrainer(long clock) {
        systemTime = clock;
        trainer.tick(clock);
    }

    /** Lets the report task publish what it has counted, with the next {@link #deliver}. */
    public void tickReport(long clock) {
        systemTime = clock;
        report.tick(clock);
    }

    private Arrival now() {
        return new Arrival(systemTime, systemTime);
    }

    /** Lets the tasks see what the others have emitted by the clock, as they do in a service after its commit. */
    public void deliver() {
        for (Runnable next = undelivered.poll(); next != null; next = undelivered.poll()) {
            next.run();
        }
    }

    private void told(ShopperOutput output, Listener listener) {
        if (output instanceof ShopperOutput.EntityChanged changed) {
            // The topic has rounded weights.
            ItemInput update =
                    received(new ItemInput(changed.entity(), changed.update(), changed.time()), ItemInput::fields);
            undelivered.add(() -> item.accept(update, systemTime));
        } else if (output instanceof ShopperOutput.OutcomesFound found) {
            for (Outcome outcome : found.outcomes()) {
                undelivered.add(() -> report.accept(new ReportInput(outcome, found.time()), systemTime));
            }
        } else if (output instanceof ShopperOutput.RankerExampleMade made) {
            RankedExample ranked = made.example();
            learn(RankerNames.RELEVANCE, TrainingExample.of(ranked.example(), ranked.modelVersion()));
        } else if (output instanceof ShopperOutput.ConversionExampleMade made) {
            learn(RankerNames.CONVERSION, TrainingExample.of(made.example()));
        } else if (output instanceof ShopperOutput.SessionAsked asked) {
            handle(new ShopperInput.SessionAsked(asked.login(), asked.time()));
        } else if (output instanceof ShopperOutput.SessionMoved moved) {
            handle(new ShopperInput.SessionMoved(moved.login(), moved.session(), moved.time()));
        } else if (output instanceof ShopperOutput.SessionErased erased) {
            handle(new ShopperInput.SessionErased(erased.sessionId(), erased.erasedAt(), erased.time()));
        } else if (output instanceof ShopperOutput.SessionsErased erased) {
            handle(new ShopperInput.SessionsErased(erased.sessions(), erased.erasedAt(), erased.time()));
        } else if (output instanceof ShopperOutput.HandedOver handed) {
            throw new IllegalStateException("an event of a session came after its user's login: " + handed);
        }
        listener.told(output);
    }

    private void handle(ShopperInput input) {
        undelivered.add(() -> shopper.accept(input, systemTime));
    }

    /** What a reader of a topic gets of a value that was sent. */
    private static <T> T received(T value, Fields.Shape<T> shape) {
        FlatWriter out = new FlatWriter();
        shape.fields(value, out);
        return shape.fields(value, new FlatReader(out.toBytes()));
    }

    private void learn(String model, TrainingExample example) {
        TrainerInput input = new TrainerInput(model, received(example, TrainingExample::fields));
        undelivered.add(() -> trainer.accept(input, systemTime));
    }

    private void told(ItemOutput output) {
        if (output instanceof ItemOutput.ModelPublished published) {
            EntityModel model = published.published().model();
            undelivered.add(() -> writer.model(model, now()));
        } else if (output instanceof ItemOutput.ModelRemoved removed) {
            undelivered.add(() -> writer.removeModel(removed.key()));
        } else if (output instanceof ItemOutput.SweepBlock block) {
            undelivered.add(() -> sweep(block));
        } else if (output instanceof ItemOutput.SweepColumns block) {
            undelivered.add(() -> sweep(block));
        } else if (output instanceof ItemOutput.SweepBlockRemoved removed) {
            undelivered.add(() -> models.sweepBlocks().remove(removed.key()));
        } else if (output instanceof ItemOutput.SweepEnded ended) {
            undelivered.add(() -> writer.sweepEnded(ended.sum(), now()));
        } else if (output instanceof ItemOutput.SuggestionMade made) {
            undelivered.add(() -> writer.suggestion(made.suggestion()));
        } else if (output instanceof ItemOutput.SuggestionWithdrawn withdrawn) {
            undelivered.add(() -> writer.removeSuggestion(withdrawn.key()));
        } else if (output instanceof ItemOutput.BundleOffered offered) {
            undelivered.add(() -> writer.bundle(offered.key(), offered.bundle(), now()));
        } else if (output instanceof ItemOutput.BundleTakenOut out) {
            undelivered.add(() -> writer.bundle(out.key(), null, now()));
        }
        // Prices are for an instance that starts later.
    }

    private void sweep(ItemOutput.SweepBlock block) {
        models.sweepBlocks().add(block.key());
        for (int row = 0; row < block.vectors().size(); row++) {
            writer.sweepRow(
                    block.partners().get(row),
                    block.generation(),
                    values(block.vectors().get(row)));
        }
    }

    private void sweep(ItemOutput.SweepColumns block) {
        models.sweepBlocks().add(block.key());
        for (int column = 0; column < block.columns().size(); column++) {
            // The topic has rounded numbers.
            QuantizedVector rounded = QuantizedVector.of(block.columns().get(column));
            writer.sweepColumn(block.partition(), block.partners().get(column), values(rounded));
        }
    }

    private static float[] values(QuantizedVector vector) {
        return vector.scale() == 0 ? NONE : vector.toFloats();
    }

    private void told(ReportOutput output, Listener listener) {
        if (output instanceof ReportOutput.MoveRequested requested) {
            StrategyInput move = new StrategyInput.Moved(requested.experiment(), requested.move(), requested.time());
            undelivered.add(() -> strategy.accept(move, systemTime));
        } else if (output instanceof ReportOutput.BudgetsSpent spent) {
            undelivered.add(() -> writer.budgets(spent.experiment(), spent.spending()));
        } else if (output instanceof ReportOutput.BudgetsEnded ended) {
            undelivered.add(() -> writer.budgets(ended.experiment(), List.of()));
        }
        listener.told(output);
    }

    private void told(StrategyOutput output, Listener listener) {
        if (output instanceof StrategyOutput.Activated activated) {
            undelivered.add(() -> writer.strategy(activated.plan()));
        }
        listener.told(output);
    }

    /** Owns all keys. */
    private static final class OnePartition implements Partitions {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public int own() {
            return PARTITION;
        }

        @Override
        public int of(String key) {
            return PARTITION;
        }
    }
}
