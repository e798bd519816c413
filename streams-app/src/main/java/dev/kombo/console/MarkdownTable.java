package dev.kombo.console;

/** Builds a Markdown table. */
public final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();

    /** A table with a header row. */
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

    @Override
    public String toString() {
        return text.toString();
    }
}
