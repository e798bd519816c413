package dev.kombo.lab.replay;

/**
 * One row as it stands in the file.
 *
 * @param line physical line, from 1, on which it starts
 * @param text its text without the final line end; line ends within quotes are {@code \n}
 */
record RawRow(int line, String text) {}
