package dev.kombo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A table of plain text: columns as wide as they need to be, numbers to the right. */
public final class TextTable {
    private static final String GAP = "  ";
    private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d,.]*( \\S{1,4})?");

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with a head. */
    public TextTable(String... head) {
        rows.add(List.of(head));
    }

    /** Adds a row; it must have as many cells as the head. */
    public TextTable row(Object... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells under a head of " + rows.get(0).size());
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell == null ? "" : cell.toString());
        }
        rows.add(row);
        return this;
    }

    /** Rows without the head. */
    public int size() {
        return rows.size() - 1;
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            numbers[column] = rows.size() > 1;
            for (int row = 0; row < rows.size(); row++) {
                String cell = rows.get(row).get(column);
                widths[column] = Math.max(widths[column], cell.length());
                numbers[column] &= row == 0 || isNumber(cell);
            }
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            append(text, rows.get(row), widths, numbers);
            if (row == 0) {
                List<String> rule = new ArrayList<>();
                for (int width : widths) {
                    rule.add("-".repeat(width));
                }
                append(text, rule, widths, numbers);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> row, int[] widths, boolean[] numbers) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String space = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP).append(numbers[column] ? space + cell : cell + space);
        }
        text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }

    /** A number, perhaps with a unit after it. */
    private static boolean isNumber(String cell) {
        return cell.isEmpty() || NUMBER.matcher(cell).matches();
    }
}
