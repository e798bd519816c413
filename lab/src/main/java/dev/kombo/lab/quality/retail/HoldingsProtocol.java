package dev.kombo.lab.quality.retail;

import dev.kombo.lab.data.DataSetFolder;
import dev.kombo.lab.data.EventRow;
import dev.kombo.lab.data.EventRows;
import dev.kombo.lab.data.HoldingsTable;
import dev.kombo.lab.quality.data.PredictedPart;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.ranking.Ablations;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Evaluates on holdings of customers, a CSV as {@link HoldingsTable} reads it: one random product of
 * each customer with at least two is held out, the rest is learned from, customer by customer in random order, and
 * finally the products that a customer is not known to hold are ranked for the one held out. With a test part, it alone
 * is asked about, and of the other customers all products are learned from.
 */
public final class HoldingsProtocol {
    /** The protocol. */
    public static final Protocol PROTOCOL = new Protocol(
            HoldingsTable.NAME,
            HoldingsPass.METHODS,
            List.copyOf(Ablations.groups().keySet()),
            "recall@3",
            HoldingsPass.SIMPLE,
            "",
            Set.of(),
            HoldingsProtocol::open);

    private final Map<String, Set<String>> held = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> attributes = new HashMap<>();
    private final Map<String, Long> leftOut = new TreeMap<>();

    private HoldingsProtocol() {}

    private static Protocol.Run open(EvaluationOptions options) throws IOException {
        HoldingsProtocol read = new HoldingsProtocol();
        Path file = DataSetFolder.file(HoldingsTable.NAME, options.dir(), "holdings", "customers");
        Set<String> asked = read.add(file);
        Set<String> attributes = HoldingsTable.attributes(new HoldingsTable().guess(file));
        if (options.part() == PredictedPart.TEST) {
            asked = read.add(options.testCsv());
        }
        HoldingsPass.Holdings holdings = HoldingsPass.Holdings.of(read.held, read.attributes, asked, read.leftOut);
        if (holdings.asked().isEmpty()) {
            throw new DataException("nobody in " + options.dir() + " holds two products: none can be predicted");
        }
        return (seed, progress) -> new HoldingsPass(holdings, attributes, options, seed).run(progress);
    }

    /** Reads a file; returns its customers. */
    private Set<String> add(Path file) throws IOException {
        Set<String> customers = new HashSet<>();
        try (EventRows rows = new HoldingsTable().open(file)) {
            for (EventRow row = rows.next(); row != null; row = rows.next()) {
                if (row instanceof EventRow.Accepted holding) {
                    String customer = holding.event().getUserId();
                    customers.add(customer);
                    held.computeIfAbsent(customer, none -> new LinkedHashSet<>())
                            .add(holding.event().getItemId());
                    attributes.putIfAbsent(customer, holding.event().getAttributes());
                } else if (row instanceof EventRow.Rejected rejected) {
                    leftOut.merge(file.getFileName() + ": " + rejected.reason(), 1L, Long::sum);
                }
            }
        }
        return customers;
    }
}
