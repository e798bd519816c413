package dev.kombo.cli;

/** A table in Markdown. */
public final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();

    /** A table with a head. */
    public MarkdownTable(String... head) {
        row((Object[]) head);
        text.append("| --- ".repeat(head.length)).append("|\n");
    }

    /** Adds a row. */
    public MarkdownTable row(Object... cells) {
        for (Object cell : cells) {
            String escaped =
                    cell == null ? "" : cell.toString().replace("|", "\\|").replace("\n", " ");
            text.append("| ").append(escaped).append(escaped.isEmpty() ? "" : " ");
        }
        text.append("|\n");
        return this;
    }

    /** A piece of code in a cell. */
    static String code(Object value) {
        return value == null || value.toString().isEmpty() ? "" : "`" + value + "`";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
