package dev.kombo.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Formats a plain-text table with columns as wide as their content and numbers aligned to the right. Picocli's table
 * needs the widths beforehand and aligns all text to the left.
 */
public final class TextTable {
    private static final String GAP = "  ";
    private static final Pattern NUMBER = Pattern.compile("(-?\\d[\\d,.]*( \\S{1,4})?)?");

    private final List<Object[]> rows = new ArrayList<>();

    /** A table with a header row. */
    public TextTable(String... head) {
        rows.add(head.clone());
    }

    /** Adds a row; it must have as many cells as the header. */
    public TextTable row(Object... cells) {
        if (cells.length != rows.get(0).length) {
            throw new IllegalArgumentException(cells.length + " cells under a head of " + rows.get(0).length);
        }
        rows.add(Arrays.stream(cells)
                .map(cell -> cell == null ? "" : cell.toString())
                .toArray());
        return this;
    }

    /** Number of rows without the header. */
    public int size() {
        return rows.size() - 1;
    }

    @Override
    public String toString() {
        Object[] rule = new Object[rows.get(0).length];
        StringBuilder format = new StringBuilder();
        for (int i = 0; i < rule.length; i++) {
            int column = i;
            List<String> cells =
                    rows.stream().map(row -> row[column].toString()).toList();
            int width = cells.stream().mapToInt(String::length).max().orElseThrow();
            boolean numbers = size() > 0
                    && cells.stream()
                            .skip(1)
                            .allMatch(cell -> NUMBER.matcher(cell).matches());
            rule[i] = "-".repeat(width);
            format.append(i == 0 ? "%" : GAP + "%")
                    .append(numbers ? "" : "-")
                    .append(Math.max(1, width))
                    .append('s');
        }
        List<Object[]> lines = new ArrayList<>(rows);
        lines.add(1, rule);
        StringBuilder text = new StringBuilder();
        for (Object[] line : lines) {
            text.append(String.format(format.toString(), line).stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
