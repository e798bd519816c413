package dev.kombo.engine.item;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.metric.Counters;

/** The tables, outputs, settings and models that the classes of one {@link ItemTask} share. */
record ItemContext(
        EntityTables tables,
        Outputs<ItemOutput> outputs,
        EngineSettings settings,
        LiveModels models,
        TaskPartition partition,
        Isolation isolation,
        Counters counters) {}
