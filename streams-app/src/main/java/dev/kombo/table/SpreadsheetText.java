package dev.kombo.table;

/**
 * Marks texts that a spreadsheet would take for formulas with an apostrophe, so that it takes them for texts, and takes
 * the mark off again. Whoever edits a title in the catalogue could otherwise have a formula run on the machine of
 * whoever opens an export. A text that looks marked gets one more mark, so that each text is given back as it was.
 *
 * <p>Formulas begin with =, +, - or @, also in their wide forms, after any blanks. A spreadsheet may split cells at
 * semicolons, tabs and line ends as well, whatever separates them here, so what follows these is marked, too.
 */
final class SpreadsheetText {
    private static final char MARK = '\'';
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String SEPARATORS = ";\t\r\n";

    private SpreadsheetText() {}

    /** Returns a text that is no formula. */
    static String mark(String text) {
        return changed(text, false);
    }

    /** Returns the text of which a marked one was made; one without marks stays as it is. */
    static String unmark(String text) {
        return changed(text, true);
    }

    private static String changed(String text, boolean marked) {
        StringBuilder changed = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            boolean begins = i == 0 || SEPARATORS.indexOf(text.charAt(i - 1)) >= 0;
            if (!begins || (marked && text.charAt(i) != MARK)) {
                changed.append(text.charAt(i++));
                continue;
            }
            int end = i;
            while (end < text.length() && mayPrecede(text.charAt(end))) {
                end++;
            }
            if (end < text.length() && FORMULA.indexOf(text.charAt(end)) >= 0) {
                end++;
                changed.append(marked ? "" : MARK).append(text, marked ? i + 1 : i, end);
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
        return c == MARK || (Character.isWhitespace(c) && SEPARATORS.indexOf(c) < 0);
    }
}
