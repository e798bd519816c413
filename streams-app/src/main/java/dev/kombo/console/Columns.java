package dev.kombo.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The columns of a table: what stands above each, and what each shows of a row. */
public final class Columns<R> {
    private final Map<String, Function<R, ?>> columns = new LinkedHashMap<>();

    public Columns<R> add(String head, Function<R, ?> cell) {
        columns.put(head, cell);
        return this;
    }

    public TextTable text(Iterable<R> rows) {
        TextTable table = new TextTable(head());
        rows.forEach(row -> table.row(cells(row)));
        return table;
    }

    private String[] head() {
        return columns.keySet().toArray(String[]::new);
    }

    private Object[] cells(R row) {
        return columns.values().stream().map(cell -> cell.apply(row)).toArray();
    }
}
