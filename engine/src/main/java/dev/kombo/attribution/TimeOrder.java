package dev.kombo.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Inserts elements into lists that are ordered by time, and removes elements from them. */
final class TimeOrder {
    private TimeOrder() {}

    /**
     * Inserts an element after those that are not later; where there are too many then, removes and returns the first.
     */
    static <T> @Nullable T insert(List<T> list, T element, ToLongFunction<T> time, int capacity) {
        int at = list.size();
        while (at > 0 && time.applyAsLong(list.get(at - 1)) > time.applyAsLong(element)) {
            at--;
        }
        list.add(at, element);
        return list.size() > capacity ? list.remove(0) : null;
    }

    /** Removes and returns the elements that are wanted. */
    static <T> List<T> take(List<T> list, Predicate<T> wanted) {
        List<T> taken = new ArrayList<>(0);
        for (int i = 0; i < list.size(); ) {
            if (wanted.test(list.get(i))) {
                taken.add(list.remove(i));
            } else {
                i++;
            }
        }
        return taken;
    }
}
