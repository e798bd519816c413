package dev.kombo.lab.replay;

import java.util.BitSet;
import java.util.stream.Collectors;

/** A set of line numbers of one file: one bit a line. Not thread safe. */
public final class LineSet {
    private final BitSet lines;

    public LineSet() {
        this(new BitSet());
    }

    private LineSet(BitSet lines) {
        this.lines = lines;
    }

    public void add(int line) {
        lines.set(line);
    }

    public boolean contains(int line) {
        return lines.get(line);
    }

    public int size() {
        return lines.cardinality();
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    LineSet copy() {
        return new LineSet((BitSet) lines.clone());
    }

    void addAll(LineSet others) {
        lines.or(others.lines);
    }

    void removeAll(LineSet others) {
        lines.andNot(others.lines);
    }

    void retainAll(LineSet others) {
        lines.and(others.lines);
    }

    /** The number of lines and the first few of them, for a person. */
    @Override
    public String toString() {
        String first = lines.stream().limit(10).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return size() + (isEmpty() ? "" : " (lines " + first + (size() > 10 ? ", …" : "") + ")");
    }
}
