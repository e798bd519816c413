package dev.kombo.lab.replay;

/** Ids of replayed rows: {@code <file name>:<line>}. */
final class EventIds {
    private EventIds() {}

    static String of(String fileName, int line) {
        return fileName + ':' + line;
    }

    /** Line of a row of the file, from its event id or source; -1 where the id is none of the file's. */
    static int lineOf(String id, String fileName) {
        int start = fileName.length() + 1;
        if (id == null || id.length() <= start || id.charAt(start - 1) != ':' || !id.startsWith(fileName)) {
            return -1;
        }
        long line = 0;
        for (int i = start; i < id.length(); i++) {
            int digit = id.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            line = line * 10 + digit;
            if (line > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return (int) line;
    }
}
