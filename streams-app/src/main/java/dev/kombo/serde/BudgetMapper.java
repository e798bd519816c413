package dev.kombo.serde;

import dev.kombo.experiment.BudgetSpending;
import dev.kombo.schema.SpentBudget;
import java.util.List;

/** Maps what budgets have spent to Avro records and back. */
public final class BudgetMapper {
    private static final RecordCodec<BudgetSpending, SpentBudget> BUDGETS =
            RecordCodec.of(BudgetSpending.class, SpentBudget.class);

    private BudgetMapper() {}

    /** Returns what the budgets of an experiment have spent. */
    public static List<BudgetSpending> toDomain(dev.kombo.schema.BudgetSpending published) {
        return BUDGETS.toDomains(published.getBudgets());
    }

    /** Returns it as an Avro record; {@link #toDomain} reverses it. */
    public static dev.kombo.schema.BudgetSpending toAvro(List<BudgetSpending> spending) {
        return new dev.kombo.schema.BudgetSpending(BUDGETS.toAvros(spending));
    }
}
