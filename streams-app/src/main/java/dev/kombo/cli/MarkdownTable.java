package dev.kombo.cli;

/** A table in Markdown. */
final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();

    MarkdownTable(String... head) {
        row((Object[]) head);
        text.append("| --- ".repeat(head.length)).append("|\n");
    }

    MarkdownTable row(Object... cells) {
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
