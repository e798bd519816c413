package dev.kombo.engine.strategy;

import dev.kombo.engine.task.MapTable;
import dev.kombo.engine.task.Table;

class StrategyTaskTest extends StrategyContract {
    @Override
    protected Table<String, StrategyState> table() {
        return new MapTable<>();
    }
}
