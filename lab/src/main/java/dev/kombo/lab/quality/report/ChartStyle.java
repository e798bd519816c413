package dev.kombo.lab.quality.report;

/**
 * Colours of charts: each chart has a background of its own, so that it can be read on any page, and is dark where the
 * reader prefers that. The lines' colours can be told apart with the common kinds of colour blindness (after Okabe, Ito
 * 2008); where there are more lines than colours, the next ones are dashed.
 */
final class ChartStyle {
    private static final String[] LIGHT = {
        "#0072b2", "#d55e00", "#00795a", "#b5558a", "#7a6200", "#3f8fc4", "#5b3fa0", "#4d4d4d"
    };
    private static final String[] DARK = {
        "#58b4f0", "#ff8f4a", "#2fd0a2", "#f0a0cc", "#e8d24a", "#9cd6ff", "#b9a3ff", "#c9c9c9"
    };
    private static final String[] DASHES = {"", "7 4", "2 3", "9 3 2 3"};

    private ChartStyle() {}

    /** The style sheet of a chart. */
    static String css() {
        return "text{font:12px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif}"
                + ".title{font-size:14px;font-weight:600}"
                + ".line{fill:none;stroke-width:2;stroke-linejoin:round}"
                + ".dot{stroke-width:1.5}"
                + colors("#ffffff", "#24292f", "#d0d7de", LIGHT)
                + "@media (prefers-color-scheme:dark){"
                + colors("#0d1117", "#e6edf3", "#3a424c", DARK)
                + "}";
    }

    private static String colors(String ground, String ink, String grid, String[] lines) {
        StringBuilder css = new StringBuilder()
                .append(".ground{fill:" + ground + "}")
                .append("text{fill:" + ink + "}")
                .append(".axis{stroke:" + ink + ";fill:none}")
                .append(".grid{stroke:" + grid + ";fill:none}")
                .append(".ideal{stroke:" + ink + ";stroke-dasharray:4 4;fill:none}")
                .append(".dot{stroke:" + ground + "}");
        for (int i = 0; i < lines.length; i++) {
            css.append(".line.c" + i + "{stroke:" + lines[i] + "}").append(".dot.c" + i + "{fill:" + lines[i] + "}");
        }
        return css.toString();
    }

    /** Class of the colour of a line. */
    static String color(int series) {
        return "c" + series % LIGHT.length;
    }

    /** Pattern of a line; empty: not dashed. */
    static String dashes(int series) {
        return DASHES[series / LIGHT.length % DASHES.length];
    }
}
