package dev.kombo.profile;

import dev.kombo.codec.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** A shopper's cart, limited to {@value #MAX_LINES} lines; the oldest is replaced. */
public final class Cart {
    static final int MAX_LINES = 100;

    /**
     * A line of the cart.
     *
     * @param itemId the item
     * @param quantity units, at least 1
     * @param addedAt when it was last added, epoch milliseconds
     */
    public record Line(String itemId, int quantity, long addedAt) {
        private static final Line BLANK = new Line("", 0, 0);

        private Line fields(Fields f) {
            return new Line(f.text(itemId), f.number(quantity), f.number(addedAt));
        }
    }

    /** Hundredths of a percent in the whole: the largest discount. */
    public static final int WHOLE = 10_000;

    private List<Line> lines = new ArrayList<>();
    private int discount;

    void fields(Fields f) {
        lines = f.each(lines, Line.BLANK, Line::fields);
        if (f.since(ShopperState.LAYOUT)) {
            discount = f.number(discount);
        }
    }

    /** The shop's own discount on the cart, such as by a code, in hundredths of a percent; 0 where none is known. */
    public int discountBasisPoints() {
        return discount;
    }

    void discount(int basisPoints) {
        discount = basisPoints;
    }

    /** The lines, oldest first. */
    public List<Line> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** Adds units of an item. */
    public void add(String itemId, int quantity, long time) {
        long units = quantity;
        int index = indexOf(itemId);
        if (index >= 0) {
            units += lines.remove(index).quantity();
        } else if (lines.size() == MAX_LINES) {
            lines.remove(0);
        }
        lines.add(new Line(itemId, (int) Math.min(units, Integer.MAX_VALUE), time));
    }

    /** Removes units of an item; a purchase does so too. */
    public void remove(String itemId, int quantity) {
        int index = indexOf(itemId);
        if (index < 0) {
            return;
        }
        Line line = lines.get(index);
        if (line.quantity() <= quantity) {
            lines.remove(index);
            endDiscountOfNothing();
        } else {
            lines.set(index, new Line(itemId, line.quantity() - quantity, line.addedAt()));
        }
    }

    /**
     * Adds the lines of another cart, in the order of their times; the oldest are dropped. The larger discount stays.
     */
    void absorb(Cart other) {
        discount = Math.max(discount, other.discount);
        for (Line line : other.lines) {
            int index = indexOf(line.itemId());
            Line own = index < 0 ? null : lines.remove(index);
            long units = line.quantity() + (own == null ? 0L : own.quantity());
            long addedAt = own == null ? line.addedAt() : Math.max(own.addedAt(), line.addedAt());
            lines.add(new Line(line.itemId(), (int) Math.min(units, Integer.MAX_VALUE), addedAt));
        }
        lines.sort(Comparator.comparingLong(Line::addedAt));
        while (lines.size() > MAX_LINES) {
            lines.remove(0);
        }
    }

    /** Drops lines added before the given time, as abandoned, and the discount of a cart in which nothing is. */
    public void dropOlderThan(long oldest) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).addedAt() < oldest) {
                lines.remove(i);
            }
        }
        endDiscountOfNothing();
    }

    private void endDiscountOfNothing() {
        discount = lines.isEmpty() ? 0 : discount;
    }

    private int indexOf(String itemId) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).itemId().equals(itemId)) {
                return i;
            }
        }
        return -1;
    }
}
