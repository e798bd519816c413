package dev.kombo.table;

/**
 * Escapes texts that a spreadsheet would take for formulas with an apostrophe, so that it takes them for texts, and
 * takes the apostrophe off again. Whoever edits a title in the catalogue could otherwise have a formula run on the
 * machine of whoever opens an export. A text that looks escaped gets one more apostrophe, so that each text is given
 * back as it was.
 *
 * <p>Formulas begin with =, +, - or @, also in their wide forms, after any blanks. A spreadsheet may split cells at
 * semicolons, tabs and line ends as well, whatever separates them here, so what follows these is escaped, too.
 */
final class SpreadsheetText {
    private static final char ESCAPE = '\'';
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String SEPARATORS = ";\t\r\n";

    private SpreadsheetText() {}

    /** Returns a text that is no formula. */
    static String escape(String text) {
        return changed(text, false);
    }

    /** Returns the text of which an escaped one was made; one that is not escaped stays as it is. */
    static String unescape(String text) {
        return changed(text, true);
    }

    private static String changed(String text, boolean escaped) {
        StringBuilder changed = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            boolean begins = i == 0 || SEPARATORS.indexOf(text.charAt(i - 1)) >= 0;
            if (!begins || (escaped && text.charAt(i) != ESCAPE)) {
                changed.append(text.charAt(i++));
                continue;
            }
            int end = i;
            while (end < text.length() && mayPrecede(text.charAt(end))) {
                end++;
            }
            if (end < text.length() && FORMULA.indexOf(text.charAt(end)) >= 0) {
                end++;
                changed.append(escaped ? "" : ESCAPE).append(text, escaped ? i + 1 : i, end);
            } else {
                end = Math.max(end, i + 1);
                changed.append(text, i, end);
            }
            i = end;
        }
        return changed.toString();
    }

    /** Whether a formula may begin after such a character, too. */
    private static boolean mayPrecede(char c) {
        return c == ESCAPE || (Character.isWhitespace(c) && SEPARATORS.indexOf(c) < 0);
    }
}
