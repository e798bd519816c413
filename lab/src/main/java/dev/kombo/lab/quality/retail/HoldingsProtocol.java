package dev.kombo.lab.quality.retail;

import dev.kombo.lab.data.DataSetFolder;
import dev.kombo.lab.data.EventRow;
import dev.kombo.lab.data.EventRows;
import dev.kombo.lab.data.HoldingsTable;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Evaluates on holdings of customers, {@code holdings.csv} as {@link HoldingsTable} reads it: one random product of
 * each customer with at least two is held out, the rest is learned from, customer by customer in random order, and
 * finally the products that a customer is not known to hold are ranked for the one held out.
 */
public final class HoldingsProtocol extends RetailProtocol {
    @Override
    public String dataset() {
        return HoldingsTable.NAME;
    }

    @Override
    public List<String> methods() {
        return HoldingsPass.METHODS;
    }

    @Override
    public String metric() {
        return "recall@3";
    }

    @Override
    public List<String> simpleMethods() {
        return HoldingsPass.SIMPLE;
    }

    @Override
    public Run open(EvaluationOptions options) throws IOException {
        Map<String, Set<String>> held = new LinkedHashMap<>();
        Map<String, Long> leftOut = new TreeMap<>();
        Map<String, Map<String, String>> attributes = new HashMap<>();
        Path file = DataSetFolder.file(dataset(), options.dir(), "holdings", "customers");
        try (EventRows rows = new HoldingsTable().open(file)) {
            for (EventRow row = rows.next(); row != null; row = rows.next()) {
                if (row instanceof EventRow.Accepted holding) {
                    held.computeIfAbsent(holding.event().getUserId(), none -> new LinkedHashSet<>())
                            .add(holding.event().getItemId());
                    attributes.putIfAbsent(
                            holding.event().getUserId(), holding.event().getAttributes());
                } else if (row instanceof EventRow.Rejected rejected) {
                    leftOut.merge(file.getFileName() + ": " + rejected.reason(), 1L, Long::sum);
                }
            }
        }
        if (held.values().stream().noneMatch(products -> products.size() > 1)) {
            throw new DataException("nobody in " + options.dir() + " holds two products: none can be predicted");
        }
        HoldingsPass.Holdings holdings = HoldingsPass.Holdings.of(held, attributes, leftOut);
        Map<String, String> given = new HashMap<>(options.settings());
        given.putIfAbsent(ProfileLimits.HOLDINGS.name(), "true");
        return (seed, progress) -> new HoldingsPass(holdings, options.methods(), given, seed).run(progress);
    }
}
